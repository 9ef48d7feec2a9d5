import IPv4Space
import Linting
import SourceText
import Testing

struct SettingsTests {
  /// The search for a near name is dear, and a file with so many mistakes is no settings file.
  @Test func `near names are looked for a hundred times`() {
    let names = (0..<300).map { "  subnet-without-sever-route\($0): off" }
    let report = Linter().report(on: Run.settings("rules:\n" + names.joined(separator: "\n")))
    #expect(report.findings.count == 300)
    let near = report.findings.prefix { $0.finding.primary.text == "did you mean `subnet-without-server-route`?" }
    #expect(near.count == 100)
  }

  @Test func `every key is read`() {
    let file = Run.settings(
      """
      fail_on: never
      rules: {VPN201: off, client-pool-too-small: error}
      exclude: [generated, "**/*.json"]
      quotas: {server_routes: 80, servers: 0}
      home_lans: [192.168.7.0/24]
      """)
    #expect(file.isSound)
    #expect(file.content.failOn == .never)
    #expect(file.content.levels == ["subnet-without-server-route": .off, "client-pool-too-small": .error])
    #expect(file.content.exclude == ["generated", "**/*.json"].compactMap { PathPattern($0) })
    #expect(file.content.quotas == ["server_routes": 80, "servers": 0])
    #expect(file.content.homeLANs == [IPv4Prefix(IPv4Address(192, 168, 7, 0), length: 24)])
  }

  @Test(arguments: ["", "# nothing\n", "{}", "fail_on:\nrules: ~\nexclude:\nquotas: null\nhome_lans:\n", "---\n"])
  func `what is left out is nothing`(_ text: String) {
    let file = Run.settings(text)
    #expect(file.isSound)
    #expect(file.content.failOn == nil && file.content.homeLANs == nil)
    #expect(file.content.levels.isEmpty && file.content.exclude.isEmpty && file.content.quotas.isEmpty)
  }

  @Test(arguments: [
    // The file as a whole.
    ("- fail_on", "invalid-setting:- fail_on"), ("error", "invalid-setting:error"),
    ("fail_on: error\n--- \n{}", "invalid-setting:{}"), ("rules: {VPN201: off", "yaml-syntax:{"),
    ("fail_on: [error", "yaml-syntax:["), ("a: \u{1}", "yaml-syntax:\u{1}"),
    // Keys.
    ("fial_on: error", "invalid-setting:fial_on"), ("nothing-like-it:", "invalid-setting:nothing-like-it"),
    ("{[a]: b}", "invalid-setting:[a]"), ("fail_on: error\nfail_on: info", "invalid-setting:fail_on"),
    // Values.
    ("fail_on: errors", "invalid-setting:errors"), ("fail_on: [error]", "invalid-setting:[error]"),
    ("rules: [VPN201]", "invalid-setting:[VPN201]"), ("rules: {VPN201: fatal}", "invalid-setting:fatal"),
    ("rules: {yaml-syntax: off}", "invalid-setting:off"), ("rules: {VPN012: info}", "invalid-setting:info"),
    ("rules: {VPN201: false}", "invalid-setting:false"), ("rules: {VPN999: off}", "unknown-rule:VPN999"),
    ("rules: {subnet-without-sever-route: off}", "unknown-rule:subnet-without-sever-route"),
    ("rules: {VPN201: off, subnet-without-server-route: off}", "invalid-setting:subnet-without-server-route"),
    ("exclude: generated", "invalid-setting:generated"), ("exclude: [/generated]", "invalid-setting:/generated"),
    ("exclude: [../other]", "invalid-setting:../other"), ("exclude: [\"\"]", "invalid-setting:\"\""),
    ("exclude: [{a: b}]", "invalid-setting:{a: b}"), ("quotas: 80", "invalid-setting:80"),
    ("quotas: {server_route: 80}", "invalid-setting:server_route"),
    ("quotas: {server_routes: \"80\"}", "invalid-setting:\"80\""),
    ("quotas: {server_routes: -1}", "invalid-setting:-1"), ("quotas: {server_routes: 080}", "invalid-setting:080"),
    ("quotas: {server_routes: 99999999999999999999}", "invalid-setting:99999999999999999999"),
    ("home_lans: 192.168.1.0/24", "invalid-setting:192.168.1.0/24"),
    ("home_lans: [192.168.1.1]", "invalid-setting:192.168.1.1"), ("home_lans: [fd00::/8]", "invalid-setting:fd00::/8"),
    ("home_lans: [192.168.1.1/24]", "invalid-setting:192.168.1.1/24"),
  ])
  func `what is wrong is a finding in the settings`(_ text: String, _ expected: String) {
    let report = Linter().report(on: Run.settings(text))
    #expect(Run.places(report) == [expected])
    #expect(report.isFailing && report.role == .configuration)
  }

  @Test func `several problems have causes of their own`() {
    let file = Run.settings("rules: {VPN201: a, VPN202: b}\nhome_lans: [a, b]\nexclude: [/a, /b]\nx: 1\ny: 2\n")
    let findings = Linter().report(on: file).findings
    #expect(findings.count == 8)
    #expect(Set(findings.map(\.fingerprint)).count == 8)
  }

  @Test func `a misspelt key names the nearest`() throws {
    let finding = try #require(Linter().report(on: Run.settings("home_lan: []")).findings.first?.finding)
    #expect(finding.primary.text == "did you mean `home_lans`?")
  }

  @Test func `the readable rest holds`() {
    let file = Run.settings("fial_on: info\nrules: {VPN201: off, VPN999: off}\nquotas: {x: 1, servers: 5}\n")
    #expect(file.content.levels == ["subnet-without-server-route": .off])
    #expect(file.content.quotas == ["servers": 5])
  }

  @Test func `JSON settings`() {
    #expect(Run.settings(#"{"fail_on": "info"}"#, name: "lint.json").content.failOn == .info)
    #expect(Run.places(Linter().report(on: Run.settings("fail_on: info", name: "lint.json"))).count == 1)
  }

  @Test func `levels and thresholds apply`() {
    #expect(Run.lint(Run.faulty, settings: "").isFailing)
    #expect(!Run.lint(Run.faulty, settings: "fail_on: never").isFailing)
    #expect(!Run.lint(Run.faulty, settings: "rules: {VPN201: info}").isFailing)
    #expect(Run.lint(Run.faulty, settings: "{rules: {VPN201: info}, fail_on: info}").isFailing)
    #expect(Run.lint(Run.faulty, settings: "rules: {VPN201: off}").findings.isEmpty)
  }

  @Test func `the command line wins`() {
    var options = LintOptions()
    options.failOn = .error
    #expect(Run.lint(Run.faulty, settings: "fail_on: never", options).isFailing)
    options.levels = ["subnet-without-server-route": .warning]
    let report = Run.lint(Run.faulty, settings: "rules: {VPN201: info}", options)
    #expect(report.findings.map(\.finding.severity) == [.warning])
    options = LintOptions()
    options.only = ["subnet-without-server-route"]
    #expect(Run.lint(Run.faulty, settings: "rules: {VPN201: off}", options).findings.count == 1)
  }

  @Test func `quotas apply where the model has none`() {
    let rule = "quota-server-routes"
    func hasFinding(_ model: String, _ settings: String) -> Bool {
      Run.lint(model, settings: settings).findings.contains { $0.finding.rule == rule }
    }
    let model = Run.faulty.replacing(
      "[{destination: 10.0.0.0/24}]", with: "[{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}]")
    #expect(!hasFinding(model, ""))
    #expect(hasFinding(model, "quotas: {server_routes: 1}"))
    #expect(!hasFinding(model + "\nquotas: {server_routes: 50}\n", "quotas: {server_routes: 1}"))
  }

  @Test func `home LANs replace the common ones`() {
    func hasFinding(_ settings: String) -> Bool {
      Run.lint(Run.faulty.replacing("192.168.252.0/22", with: "192.168.0.0/22"), settings: settings).findings
        .contains { $0.finding.rule == "client-pool-common-home-lan" }
    }
    #expect(hasFinding(""))
    #expect(!hasFinding("home_lans: [10.77.0.0/24]"))
    #expect(!hasFinding("home_lans: []"))
    #expect(hasFinding("home_lans: [192.168.3.0/24]"))
  }
}
