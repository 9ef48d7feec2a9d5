import Linting
import Reports
import SourceText

/// Linting in memory, for the tests.
enum Run {
  /// A model with one error, VPN201.
  static let faulty = """
    vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
    vpn_servers:
      - name: client-vpn
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
        routes: [{destination: 10.0.0.0/24}]
    """

  static func file(_ name: String, _ text: String) -> SourceFile { SourceFile(name: name, bytes: Array(text.utf8)) }

  static func settings(_ text: String, name: String = ".vpnlint.yaml") -> ConfigurationFile<Settings> {
    Settings.read(file(name, text))
  }

  static func lint(_ text: String, settings: String, _ options: LintOptions = LintOptions()) -> FileReport {
    Linter(options.applying(self.settings(settings).content)).lint(file("net.yaml", text))
  }

  /// `rule:text at its place` of each finding.
  static func places(_ report: FileReport) -> [String] {
    report.findings.map { "\($0.finding.rule):\(report.file.text($0.finding.primary.span))" }
  }
}
