import LintRules
import Reports
import SourceText
import Testing

/// The pages of the rules in every format.
@Suite struct RulePagesTests {
  private static let leftOut = [
    LeftOutRule("certificate-expired", "no model holds the *certificate* itself.")
  ]

  @Test func `every format is the same twice`() {
    for format in RuleFormat.allCases {
      let text = format.text(RuleCatalog.pages, leftOut: Self.leftOut, toolVersion: "0.0.0")
      #expect(text == format.text(RuleCatalog.pages, leftOut: Self.leftOut, toolVersion: "0.0.0"))
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"), "\(format)")
      #expect(!text.contains("⟦") && !text.contains("⟧"), "\(format)")
    }
  }

  // MARK: A page in a terminal

  @Test(arguments: RuleCatalog.pages) func `a page fits a terminal of 80 columns`(_ rule: RuleInfo) {
    var style = TextStyle()
    style.width = 80
    let page = RulePages.page(rule, style)
    let examples = Set(rule.examples.flatMap { Self.unmarked($0).split(separator: "\n").map { "  \($0)" } })
    for line in page.split(separator: "\n") where !examples.contains(String(line)) {
      #expect(line.count <= 80, "\(line)")
    }
    for example in rule.examples {
      let lines = Self.unmarked(example).split(separator: "\n").map { "  \($0)" }
      #expect(page.contains(lines.joined(separator: "\n")) || example.text.contains("\n\n"), "\(example.title)")
      #expect(example.before.map { page.contains("  \($0.split(separator: "\n").last ?? "")\n  becomes\n") } ?? true)
    }
  }

  @Test func `colours show what a rule points at`() throws {
    var style = TextStyle()
    style.usesColour = true
    let rule = try #require(RuleCatalog.page(named: "VPN201"))
    let page = RulePages.page(rule, style)
    let bad = try #require(rule.examples.first { $0.isBad })
    let marked = try #require(bad.text.split(separator: "⟦").last?.split(separator: "⟧").first)
    #expect(page.contains("\u{1B}[1;31m\(marked)\u{1B}[0m"))
    #expect(page.replacing(/\u{1B}\[[0-9;]*m/, with: "") == RulePages.page(rule))
  }

  private static func unmarked(_ example: Example) -> String { example.text.filter { $0 != "⟦" && $0 != "⟧" } }

  // MARK: The manual

  @Test func `the manual has every page, and its links lead somewhere`() {
    let manual = RuleFormat.markdown.text(RuleCatalog.pages, leftOut: Self.leftOut, toolVersion: "0.0.0")
    let anchors = manual.matches(of: /<a id="([^"]+)"><\/a>/).map { String($0.output.1) }
    #expect(Set(anchors).count == anchors.count)
    #expect(Set(RuleCatalog.pages.map(\.name)).isSubset(of: anchors))
    for link in manual.matches(of: /\]\(#([^)]+)\)/) {
      #expect(anchors.contains(String(link.output.1)) || link.output.1 == "left-out", "\(link.output.1)")
    }
    for page in RuleCatalog.pages { #expect(manual.contains("\n### \(page.code) `\(page.name)`\n")) }
    #expect(manual.contains("\n## Left out\n"))
    #expect(manual.contains("* `certificate-expired`: no model holds the \\*certificate\\* itself.\n"))
    let complete = RuleFormat.markdown.text(RuleCatalog.pages, toolVersion: "0.0.0")
    #expect(!complete.contains("# Left out") && !complete.contains("(#left-out)"))
  }

  @Test func `the manual's examples stand as they are`() {
    let manual = RuleFormat.markdown.text(RuleCatalog.pages, toolVersion: "0.0.0")
    let fences = manual.split(separator: "\n").filter { $0.hasPrefix("```") }
    let examples = RuleCatalog.pages.flatMap(\.examples)
    #expect(fences.count == 2 * (examples.count + examples.count { $0.before != nil }))
    for example in RuleCatalog.pages.flatMap(\.examples) {
      #expect(!example.text.contains("```"), "a fence would end in it")
      #expect(manual.contains("```\(example.isJSON ? "json" : "yaml")\n\(Self.unmarked(example))"))
      #expect(example.before.map { manual.contains("```yaml\n\($0)\n```\n\nbecomes\n\n```yaml\n") } ?? true)
    }
  }

  // MARK: For programs

  @Test func `the list for programs has every page`() throws {
    let text = RuleFormat.json.text(RuleCatalog.pages, leftOut: Self.leftOut, toolVersion: "1.2.3")
    let order = try OrderedJSON(text)
    #expect(order.keys == ["version", "tool", "rules", "left_out"])
    let fields = [
      "code", "name", "group", "severity", "default", "summary", "why", "repair", "source", "examples",
    ]
    #expect(order["rules"]?.elements.allSatisfy { $0.keys == fields } ?? false)
    let list = try #require(JSONValue(text))
    #expect(list["version"] == .integer(1) && list["tool"]?["version"] == .text("1.2.3"))
    let rules = list["rules"]?.items ?? []
    #expect(rules.count == RuleCatalog.pages.count)
    for (page, rule) in zip(RuleCatalog.pages, rules) {
      #expect(rule["code"] == .text(page.code) && rule["name"] == .text(page.name))
      #expect(rule["group"]?["number"] == .integer(page.group.rawValue))
      #expect(rule["severity"] == .text(page.severity.rawValue) && rule["default"] == .text(page.severityInWords))
      #expect(rule["why"] == .text(page.why) && rule["source"] == .text(page.source))
      let examples = rule["examples"]?.items ?? []
      #expect(examples.map { $0["text"]?.string } == page.examples.map(Self.unmarked))
      #expect(examples.map { $0["bad"] } == page.examples.map { .flag($0.isBad) })
    }
    #expect(list["left_out"]?.items.count == 1)
  }
}
