import LintRules
import TestSupport
import Testing

/// The catalogue, the folders and the pages agree.
struct CatalogTests {
  /// Folders of Sources/LintRules and the groups of the specification.
  private static let groups: [String: RuleGroup] = [
    "Shape": .shape, "Addressing": .addressing, "Routes": .routes, "Client": .client, "VPCRouting": .vpcRouting,
    "Filters": .filters, "DNSAndServices": .dnsAndServices, "Server": .server, "ObservedState": .observedState,
    "Change": .change,
  ]

  /// Rules about settings and baselines, which a model cannot show.
  private static let withoutExamples: Set = ["invalid-setting", "stale-baseline-entry"]

  private static let ruleFiles = Repository.files(below: "Sources/LintRules", withSuffix: ".swift")
    .filter { $0.split(separator: "/").count == 4 }

  @Test(arguments: ruleFiles)
  func fileIsOneRule(_ path: String) throws {
    let parts = path.split(separator: "/").map(String.init)
    let type = String(parts[3].dropLast(".swift".count))
    let entries = RuleCatalog.all.filter { "\($0)" == type }
    try #require(entries.count == 1, "\(type) stands in the catalogue \(entries.count) times")
    #expect(entries[0].info.group == Self.groups[parts[2]], "\(entries[0].info.code) lies in \(parts[2])")
    let lines = try Repository.lines(path)
    #expect(lines.count <= 150, "\(path) has \(lines.count) lines")
    let declarations = lines.filter { $0.hasPrefix("enum \(type): ") }
    #expect(declarations.count == 1, "\(path) declares no \(type)")
    let pages = lines.filter { $0.contains("static let info = RuleInfo(") }
    #expect(pages.count == 1)
  }

  @Test func everyRuleHasAFile() {
    let names = Set(
      Self.ruleFiles.compactMap { $0.split(separator: "/").last?.dropLast(".swift".count) }.map(String.init))
    #expect(Set(RuleCatalog.all.map { "\($0)" }) == names)
  }

  @Test func codesAndNamesAreUnique() {
    let codes = RuleCatalog.pages.map(\.code)
    #expect(codes == codes.sorted(), "codes ascend")
    #expect(Set(RuleCatalog.pages.map(\.name)).count == RuleCatalog.pages.count)
  }

  @Test(arguments: RuleCatalog.pages)
  func pageIsComplete(_ page: RuleInfo) {
    let number = Int(page.code.dropFirst(3))
    #expect(page.code.count == 6 && page.code.hasPrefix("VPN") && number != nil)
    let strange = page.name.filter { !$0.isLowercase && !$0.isNumber && $0 != "-" }
    #expect(strange.isEmpty, "\(page.name) is kebab case")
    for text in [page.summary, page.why, page.repair, page.source] {
      #expect(!text.isEmpty)
      #expect(text.first?.isWhitespace == false && text.last?.isWhitespace == false)
    }
    #expect(!page.summary.contains("\n") && !page.summary.hasSuffix("."))
    #expect(Self.beginsLow(page.summary), "\(page.summary)")
    #expect(page.why.hasSuffix(".") && page.repair.hasSuffix("."), "why and repair are sentences")
    guard !Self.withoutExamples.contains(page.name) else { return }
    let bad = page.examples.filter(\.isBad)
    #expect(!bad.isEmpty && bad.count < page.examples.count, "a bad and a good example")
  }

  /// Lower case, but for names that are written in capitals: IPv6, YAML, ACL.
  private static func beginsLow(_ text: String) -> Bool {
    let word = text.prefix { $0 != " " }
    return text.first?.isLowercase ?? false || word.dropFirst().contains(where: \.isUppercase)
      || !(text.first?.isLetter ?? true)
  }

  @Test func pagesAreFoundByNameAndCode() {
    for page in RuleCatalog.pages {
      #expect(RuleCatalog.page(named: page.name)?.code == page.code)
      #expect(RuleCatalog.page(named: page.code.lowercased())?.code == page.code)
    }
    #expect(RuleCatalog.page(named: "no-such-rule") == nil)
  }
}
