import ClientVPN
import SourceText

/// The gaps of one document, each told once.
struct GapList {
  private(set) var gaps: [ImportGap] = []
  private var known: Set<ImportGap> = []

  mutating func add(_ resource: String, _ field: String, _ fact: String, _ consequence: String, at place: Span) {
    add(ImportGap(resource, field, fact, consequence, at: place))
  }

  /// Networks of one VPC at most: each VPC of a gateway has all others, so that their number grows with its square.
  static let mostNetworks = 250

  mutating func addManyNetworks(at place: Span) {
    guard !gaps.contains(where: { $0.resource == "networks" && $0.field == "transit" }) else { return }
    add(
      "networks", "transit", "a transit gateway joins more than \(Self.mostNetworks) VPCs with this one",
      "those after the first \(Self.mostNetworks) take no part in any verdict", at: place)
  }

  mutating func add(_ gap: ImportGap) {
    if known.insert(gap).inserted { gaps.append(gap) }
  }
}
