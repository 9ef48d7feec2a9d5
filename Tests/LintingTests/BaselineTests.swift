import Linting
import Reports
import SourceText
import Testing

struct BaselineTests {
  /// The baseline of a run over files, as text.
  private func written(_ files: SourceFile..., baseline: Baseline? = nil) -> String {
    var options = LintOptions()
    options.baseline = baseline
    var text = ""
    BaselineFile().write(Report(files.map { Linter(options).lint($0) }, toolVersion: "0"), to: &text)
    return text
  }

  private func read(_ text: String) -> ConfigurationFile<Baseline> { Baseline.read(Run.file("base.json", text)) }

  /// The reports on a file and on the baseline that governs it.
  private func lint(
    _ file: SourceFile, _ baseline: String, _ options: LintOptions = LintOptions()
  ) -> (file: FileReport, baseline: FileReport) {
    let baseline = read(baseline)
    var options = options
    options.baseline = baseline.content
    let linter = Linter(options)
    let report = linter.lint(file)
    return (report, linter.report(on: baseline, stale: report.staleEntries))
  }

  private let faulty = Run.file("net.yaml", Run.faulty)

  @Test func `what was written is known`() {
    let text = written(faulty)
    #expect(read(text).isSound)
    let (report, baseline) = lint(faulty, text)
    #expect(report.findings.map(\.suppression?.kind) == [.baseline])
    #expect(report.findings.map(\.suppression?.reason) == ["in the baseline"])
    #expect(!report.isFailing && baseline.findings.isEmpty)
  }

  @Test func `the text is stable`() {
    #expect(
      written(Run.file("b.yaml", Run.faulty), Run.file("a.yaml", Run.faulty)) == """
        {
          "version": 1,
          "findings": [
            {"fingerprint": "0b49185750a6716f", "code": "VPN201", "rule": "subnet-without-server-route", "subject": "vpn_servers/client-vpn/routes/10.1.0.0/24", "file": "a.yaml"},
            {"fingerprint": "0b49185750a6716f", "code": "VPN201", "rule": "subnet-without-server-route", "subject": "vpn_servers/client-vpn/routes/10.1.0.0/24", "file": "b.yaml"}
          ]
        }

        """)
    #expect(read(written()).isSound)
  }

  @Test func `known findings are written again, allowed ones are not`() {
    let text = written(faulty)
    #expect(written(faulty, baseline: read(text).content) == text)
    let allowed = "# vpnlint: allow-file(VPN201): the lab\n" + Run.faulty
    #expect(written(Run.file("net.yaml", allowed)) == written())
  }

  @Test func `a finding of another file is new`() {
    let (report, baseline) = lint(Run.file("other.yaml", Run.faulty), written(faulty))
    #expect(report.isFailing && report.findings.map(\.suppression) == [nil])
    // The file of the entry was not linted.
    #expect(baseline.findings.isEmpty)
  }

  @Test(arguments: ["./net.yaml", ".//./net.yaml"])
  func `spellings of one path are one file`(_ name: String) {
    #expect(!lint(Run.file(name, Run.faulty), written(faulty)).file.isFailing)
  }

  @Test func `an entry without its finding is stale`() throws {
    let mended = Run.faulty.replacing("routes: [", with: "routes: [{destination: 10.1.0.0/24}, ")
    let (report, baseline) = lint(Run.file("net.yaml", mended), written(faulty))
    #expect(report.findings.isEmpty)
    let finding = try #require(baseline.findings.first)
    #expect(finding.finding.rule == "stale-baseline-entry" && finding.finding.severity == .warning)
    #expect(baseline.file.text(finding.finding.primary.span).hasPrefix("{\"fingerprint\""))
    #expect(baseline.findings.count == 1 && !baseline.isFailing)
  }

  @Test func `an entry of a rule that does not run is not stale`() {
    var options = LintOptions()
    options.skip = ["subnet-without-server-route"]
    #expect(lint(faulty, written(faulty), options).baseline.findings.isEmpty)
  }

  @Test(arguments: [
    ("", "invalid-setting"), ("version: 1", "yaml-syntax"), ("{\"version\": 1, \"findings\": [}", "yaml-syntax"),
    ("[]", "invalid-setting"), ("null", "invalid-setting"), ("{}", "invalid-setting"),
    ("{\"findings\": []}", "invalid-setting"), ("{\"version\": 2, \"findings\": []}", "invalid-setting"),
    ("{\"version\": \"1\", \"findings\": []}", "invalid-setting"), ("{\"version\": 1}", "invalid-setting"),
    ("{\"version\": 1, \"findings\": {}}", "invalid-setting"),
    ("{\"version\": 1, \"findings\": [5]}", "invalid-setting"),
    ("{\"version\": 1, \"findings\": [{\"rule\": \"a\", \"subject\": \"b\", \"file\": \"c\"}]}", "invalid-setting"),
    (
      "{\"version\": 1, \"findings\": [{\"fingerprint\": 1, \"rule\": \"a\", \"subject\": \"b\", \"file\": \"c\"}]}",
      "invalid-setting"
    ),
    ("{\"version\": 1, \"version\": 1, \"findings\": []}", "invalid-setting"),
    (Run.faulty, "yaml-syntax"),
  ])
  func `a broken baseline is a finding in it`(_ text: String, _ rule: String) {
    #expect(!read(text).isSound)
    let (report, baseline) = lint(faulty, text)
    #expect(report.isFailing)
    #expect(baseline.findings.map(\.finding.rule) == [rule])
    #expect(baseline.isFailing)
  }

  /// A baseline is no setting: its mistakes have words of their own.
  @Test(arguments: [
    ("", "the baseline is not understood, so every finding counts: nothing, where a baseline is expected"),
    ("[]", "the baseline is not understood, so every finding counts: a list, where a mapping is expected"),
    ("{\"version\": 1}", "the baseline has no `findings`, so every finding counts: no `findings` here"),
    (
      "{\"version\": 2, \"findings\": []}",
      "`version` of the baseline is not understood, so every finding counts: `2`, where 1 is expected"
    ),
    (
      "{\"version\": 1, \"version\": 1, \"findings\": []}",
      "the baseline has the key `version` twice: the same key again, not read"
    ),
    (
      "{\"version\": 1, \"findings\": [5]}",
      "`findings[0]` of the baseline is not understood, so its finding counts: `5`, where a mapping is expected"
    ),
    (
      "{\"version\": 1, \"findings\": [{\"fingerprint\": \"0\", \"subject\": \"b\", \"file\": \"c\"}]}",
      "an entry of the baseline has no `rule`, so its finding counts: no `rule` here"
    ),
  ])
  func `a broken baseline has words of its own`(_ text: String, _ words: String) throws {
    let finding = try #require(lint(faulty, text).baseline.findings.first).finding
    #expect("\(finding.message): \(finding.primary.text)" == words)
    #expect(!finding.help.joined().contains("setting"))
  }

  @Test func `entries that can be read hold beside one that cannot`() {
    let text = written(faulty).replacing("\"findings\": [", with: "\"findings\": [7, ")
    let (report, baseline) = lint(faulty, text)
    #expect(!report.isFailing && baseline.findings.count == 1)
  }

  @Test func `configuration files are not counted as models`() {
    let (file, baseline) = lint(faulty, "{}")
    #expect(Report([file, baseline], toolVersion: "0").models == 1)
  }
}
