import ClientVPN
import SourceText
import SourceTree

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

  /// Says of a draft that a text in it is not known unless it is one of some words, and tells it. `object` is what the
  /// draft belongs to, in words.
  mutating func add(
    unknown key: String, besides words: Set<String>, _ resource: String, _ object: String, _ json: JSONText,
    _ draft: inout Draft
  ) {
    for case .node(let node, let place) in draft.fields.filter({ $0.key == key }).map(\.value)
    where json.tree.kind(node) == .scalar && !words.contains(json.tree.text(node)) {
      let place = place ?? json.tree.span(node)
      draft.setNotKnown(key, at: place)
      add(.unknownWord(json.tree.text(node), resource, key, object, at: place))
    }
  }

  /// The protocols that a VPN server speaks.
  static let serverProtocols: Set = ["udp", "tcp"]
  /// Those that say who a user is.
  static let identityProviders: Set = ["iam"]
}

extension ImportGap {
  /// A word of the API that is none of those known here.
  static func unknownWord(
    _ text: String, _ resource: String, _ key: String, _ object: String, at place: Span
  ) -> ImportGap {
    ImportGap(
      resource, key, "`\(key)` of \(object) is `\(text)`, which is not known here",
      "the API may have new words; what depends on it is undetermined", at: place)
  }
}
