import Linting
import Reports
import SourceText
import Testing

/// The report for people fits the screen, points at the right columns and uses colour only when told.
@Suite struct TextReportTests {
  @Test(arguments: [40, 80, 200]) func `no source line is wider than the screen`(_ width: Int) throws {
    for sample in Sample.all {
      for line in text(try sample.report(), width: width).split(separator: "\n") where isSourceLine(line) {
        #expect(columns(line) <= width, "\(sample.path): \(line)")
      }
    }
  }

  @Test(arguments: [40, 80, 200]) func `words beside a place are wrapped`(_ width: Int) throws {
    let file = model("a-subnet-with-a-name-that-is-by-no-means-a-short-one")
    let report = text(Sample.report(file), width: width)
    let marks = report.split(separator: "\n").filter { $0.contains("no destination") || $0.contains("10.1.0.0/24") }
    #expect(!marks.isEmpty)
    for line in marks where line.prefix(8).contains("|") { #expect(columns(line) <= width, "\(line)") }
  }

  @Test func `marks stand below characters that are two columns wide`() throws {
    let report = text(Sample.report(model("東京の部屋")), width: 100)
    let lines = report.split(separator: "\n")
    let index = try #require(lines.firstIndex { $0.contains("name: 東京の部屋") })
    let source = lines[index]
    let start = try #require(source.firstRange(of: "東京の部屋")).lowerBound
    let mark = lines[index + 1]
    let dashes = try #require(mark.firstIndex(of: "-"))
    #expect(columns(source[..<start]) == columns(mark[..<dashes]))
    #expect(mark[dashes...].prefix { $0 == "-" }.count == 10)
  }

  @Test func `a line of 100 KB is cut around the place`() throws {
    let padding = String(repeating: "x", count: 50_000)
    let bytes = Array(
      """
      {"vpc": {"crn": "\(padding)", "subnets": [{"name": "app", "ipv4_cidr_block": "10.0.0.0/24"}]}, "vpn_servers": \
      [{"name": "client-vpn", "enable_split_tuneling": true, "client_ip_pool": "192.168.252.0/22", "crn": "\(padding)", \
      "routes": [{"destination": "10.0.0.0/24"}, {"destination": "0.0.0.0/0", "action": "translate"}]}]}
      """.utf8)
    let report = text(Sample.report(SourceFile(name: "one-line.json", bytes: bytes)), width: 80)
    let lines = report.split(separator: "\n")
    let index = try #require(lines.firstIndex { $0.hasPrefix("1 |") })
    #expect(columns(lines[index]) <= 80)
    #expect(lines[index].hasPrefix("1 | …") && lines[index].hasSuffix("…"))
    let key = try #require(lines[index].firstRange(of: "\"enable_split_tuneling\""))
    let mark = lines[index + 1]
    let carets = try #require(mark.firstIndex(of: "^"))
    #expect(columns(lines[index][..<key.lowerBound]) == columns(mark[..<carets]))
    #expect(report.utf8.count < 2000)
  }

  @Test func `places of one line too far apart for the screen get a row each`() throws {
    let padding = String(repeating: "x", count: 500)
    let bytes = Array(
      """
      {"vpc": {"subnets": [{"name": "app", "ipv4_cidr_block": "10.0.0.0/24", "crn": "\(padding)"}]}, "vpn_servers": \
      [{"name": "client-vpn", "client_ip_pool": "192.168.252.0/22", "enable_split_tunneling": true, \
      "routes": [{"destination": "10.7.0.0/24"}]}]}
      """.utf8)
    var options = LintOptions()
    options.only = ["subnet-without-server-route"]
    let report = Report(
      [Linter(options).lint(SourceFile(name: "one-line.json", bytes: bytes))], toolVersion: "0.0.0")
    let rows = text(report, width: 80).split(separator: "\n").filter { $0.hasPrefix("1 |") }
    #expect(rows.count == 2)
    #expect(rows.contains { $0.contains("\"app\"") } && rows.contains { $0.contains("\"routes\"") })
  }

  @Test func `colour paints the severity, the marks and where the packet stops`() throws {
    let report = Sample.report(model("db"))
    let plain = text(report, width: 100)
    var style = TextStyle()
    style.usesColour = true
    let painted = report.rendered(.text, style)
    #expect(!plain.contains("\u{1B}"))
    #expect(painted.contains("\u{1B}[1;31merror[VPN201]\u{1B}[0m"))
    #expect(painted.contains("\u{1B}[1;31mSTOP\u{1B}[0m"))
    #expect(painted.contains("\u{1B}[1;31m^^^^^^ no destination here contains 10.1.0.0/24\u{1B}[0m"))
    #expect(painted.contains("\u{1B}[34m-- subnet `db`, 10.1.0.0/24\u{1B}[0m"))
    #expect(painted.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
  }

  private func model(_ name: String) -> SourceFile {
    SourceFile(
      name: "net.yaml",
      bytes: Array(
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: \(name), ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {name: to-app, destination: 10.0.0.0/24, action: deliver}

        """.utf8))
  }

  private func text(_ report: Report, width: Int) -> String {
    var style = TextStyle()
    style.width = width
    return report.rendered(.text, style)
  }

  /// Whether a line of the report quotes the file: `12 | …`.
  private func isSourceLine(_ line: Substring) -> Bool {
    let rest = line.drop { $0 == " " }
    let number = rest.prefix { $0.isNumber }
    return !number.isEmpty && rest.dropFirst(number.count).hasPrefix(" |")
  }

  /// Columns on a terminal, counted apart from the reporter.
  private func columns(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ((0x2E80...0x9FFF).contains($1.value) ? 2 : 1) }
  }
}
