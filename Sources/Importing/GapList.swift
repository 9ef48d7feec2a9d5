import ClientVPN
import SourceText

/// The gaps of one document, each told once.
struct GapList {
  private(set) var gaps: [ImportGap] = []
  private var known: Set<ImportGap> = []

  mutating func add(_ resource: String, _ field: String, _ fact: String, _ consequence: String, at place: Span) {
    add(ImportGap(resource, field, fact, consequence, at: place))
  }

  mutating func add(_ gap: ImportGap) {
    if known.insert(gap).inserted { gaps.append(gap) }
  }
}
