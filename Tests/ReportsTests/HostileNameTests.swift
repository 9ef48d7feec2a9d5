import Foundation
import Linting
import Reports
import SourceText
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Names that would act in a terminal, a page or the log of a CI server come out harmless in every format.
struct HostileNameTests {
  static let names = [
    "\u{1B}[2J\u{1B}]0;x\u{7}", "a\r\nb", "a\u{9B}31m", "<script>alert(1)</script>", "a|b|c", "`a` ``b``", "``` ~~~",
    "::error file=a::b", "%0A::error::x", "]]>", "<!--", "\u{202E}gnp", "\u{2066}x\u{2069}", "@octocat #1 !2",
    "[a](javascript:alert(1))", "![a](http://example.com/a.png)", "' onload='x", "\" onload=\"x", "&amp;&lt;",
    String(repeating: "w", count: 5_000), "\u{FFFE}", "-->", "$(reboot)", "**a** _b_",
  ]

  static func report(_ name: String) -> Report { Report([Linter().lint(file(name))], toolVersion: "0") }

  /// A model whose things have the name.
  static func file(_ name: String) -> SourceFile {
    var escaped = ""
    for scalar in name.unicodeScalars {
      escaped +=
        scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || scalar.value >= 0x7F
        ? "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16)
        : String(scalar)
    }
    let text = """
      vpc: {subnets: [{name: "\(escaped)", ipv4_cidr_block: 10.0.0.0/24}]}
      vpn_servers:
        - name: "\(escaped)"
          client_ip_pool: 192.168.252.0/22
          enable_split_tunneling: true
          routes: [{name: "\(escaped)", destination: 10.1.0.0/24, action: drop}]
      client_sites: [{name: "\(escaped)", os: linux, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}]
      """
    return SourceFile(name: "net.yaml", bytes: Array(text.utf8))
  }

  private func report(_ name: String) -> Report { Self.report(name) }

  static func acts(_ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    return scalar != "\n"
      && (category == .control || category == .format || category == .lineSeparator || category == .paragraphSeparator
        || scalar.properties.isBidiControl)
  }

  @Test(arguments: names, ReportFormat.allCases)
  func `nothing acts on a terminal`(_ name: String, _ format: ReportFormat) {
    let text = report(name).rendered(format)
    #expect(!text.unicodeScalars.contains(where: Self.acts), "\(name.debugDescription)")
  }

  @Test(arguments: names) func `XML keeps its shape`(_ name: String) {
    let text = report(name).rendered(.junit)
    #expect(XMLParser(data: Data(text.utf8)).parse(), "\(text.prefix(500))")
    #expect(!text.contains("<script"))
  }

  @Test(arguments: names) func `JSON keeps its shape`(_ name: String) throws {
    for format in [ReportFormat.json, .sarif, .gitlab] {
      _ = try JSONSerialization.jsonObject(with: Data(report(name).rendered(format).utf8))
    }
  }

  @Test(arguments: names) func `a workflow gets no command but ours`(_ name: String) {
    let report = report(name)
    let lines = report.rendered(.github).split(separator: "\n")
    #expect(lines.count == report.files.flatMap(\.findings).count)
    for line in lines {
      #expect(
        line.wholeMatch(
          of: /::(error|warning|notice) file=net\.yaml,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[^:,]*::.*/)
          != nil, "\(line.prefix(300))")
    }
  }

  /// Outside code nothing is left that Markdown, or HTML within it, would take for a mark.
  @Test(arguments: names) func `Markdown is text and our own marks`(_ name: String) {
    let text = report(name).rendered(.markdown)
    var plain = ""
    var fence: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if line == open { fence = nil }
      } else if ticks.count >= 3, line.dropFirst(ticks.count) == "text" {
        fence = ticks
      } else {
        plain += Self.withoutCode(line) + "\n"
      }
    }
    #expect(fence == nil, "every block is closed")
    // A summary is a block of HTML, in which nothing is Markdown.
    let rest = ["<details>", "</details>", "<summary>", "</summary>"].reduce(
      plain.replacing(/<code>[^<]*<\/code>/, with: "")
    ) {
      $0.replacing($1, with: "")
    }
    #expect(!rest.contains("<"), "\(rest)")
    #expect(rest.matches(of: /!\[|\]\(/).isEmpty)
    #expect(!rest.contains("@"))
    let tables = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    for row in tables { #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 4, "\(row)") }
  }

  /// A line without what is escaped, and without its code spans, each ended by as many backticks as began it.
  private static func withoutCode(_ line: Substring) -> String {
    var rest = line
    var result = ""
    while let start = rest.firstIndex(where: { $0 == "`" || $0 == "\\" }) {
      result += rest[..<start]
      rest = rest[start...]
      if rest.first == "\\" {
        rest = rest.dropFirst(2)
        continue
      }
      let ticks = rest.prefix { $0 == "`" }
      let inside = rest.dropFirst(ticks.count)
      guard let end = closing(ticks.count, in: inside) else {
        result += ticks
        rest = inside
        continue
      }
      rest = inside[end...].dropFirst(ticks.count)
    }
    return result + rest
  }

  private static func closing(_ count: Int, in text: Substring) -> Substring.Index? {
    var index = text.startIndex
    while let start = text[index...].firstIndex(of: "`") {
      let run = text[start...].prefix { $0 == "`" }
      if run.count == count { return start }
      index = run.endIndex
    }
    return nil
  }
}
