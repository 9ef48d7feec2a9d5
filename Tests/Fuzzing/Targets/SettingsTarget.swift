import Linting
import Reports
import SourceText

/// Settings, a baseline, and comments that allow findings: the text is read as each of them.
enum SettingsTarget {
  static func run(_ bytes: [UInt8]) {
    let settings = Settings.read(SourceFile(name: ".vpnlint.yaml", bytes: bytes))
    let baseline = Baseline.read(SourceFile(name: "baseline.json", bytes: bytes))
    var options = LintTarget.options.applying(settings.content)
    options.baseline = baseline.content
    let linter = Linter(options)
    let report = linter.lint(SourceFile(name: "net.yaml", bytes: comments(bytes) + model))
    let reports = [
      report, linter.report(on: settings), linter.report(on: baseline, stale: report.staleEntries),
    ]
    for report in reports { LintTarget.check(report) }
    var text = ""
    ReportFormat.json.reporter().write(Report(reports, toolVersion: "0"), to: &text)
    expectJSON(text)
    expect(
      (reports[1].findings.count { $0.suppression == nil } == 0) == settings.isSound || !options.runsEveryRule,
      "settings are sound or have findings")
    for exclude in settings.content.exclude { _ = exclude.matches(["networks", "tokyo", "net.yaml"]) }
  }

  /// Each line of the text as a comment.
  private static func comments(_ bytes: [UInt8]) -> [UInt8] {
    bytes.split(separator: UInt8(ascii: "\n")).flatMap { Array("# ".utf8) + $0 + [UInt8(ascii: "\n")] }
  }

  private static let model = Array(
    """
    vpc:
      name: tokyo # vpnlint: allow(pool-overlaps-subnet): on purpose
      subnets:
        - {name: app, ipv4_cidr_block: 10.0.0.0/24}
        - {name: db, ipv4_cidr_block: 10.1.0.0/24}
    vpn_servers:
      - {name: a, client_ip_pool: 192.168.0.0/22, enable_split_tunneling: true, routes: []}

    """.utf8)
}

extension LintOptions {
  /// Whether no setting silences a rule, so that what is wrong is heard.
  fileprivate var runsEveryRule: Bool { !levels.values.contains(.off) && baseline == nil }
}
