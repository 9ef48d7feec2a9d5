import LintRules
import SourceText

/// Finds what misspelt names of rules probably meant. Comparing one with all rules takes as long as reading a page of text,
/// so the search ends after some.
struct NearestRule {
  private static let most = 100

  private static let names = RuleCatalog.pages.map(\.name)
  private var count = 0

  /// The rule that a name is nearest to; nil if none is near, or if too many were asked for.
  mutating func nearest(to name: String) -> String? {
    count += 1
    return count <= Self.most ? NearestName.of(name, among: Self.names) : nil
  }
}
