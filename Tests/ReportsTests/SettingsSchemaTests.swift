import LintRules
import Linting
import Reports
import SourceText
import Testing

/// The schema of the settings file takes what the reader takes.
@Suite struct SettingsSchemaTests {
  /// Read once: there are many tests.
  private static let root = JSONValue(SettingsSchema.text(RuleCatalog.pages, toolVersion: "0.0.0"))
  private let schema: JSONSchema

  init() throws { schema = try JSONSchema(Self.root) }

  @Test func `it has every key and every rule`() {
    #expect(schema.root["properties"]?.keys == SettingsKey.allCases.map(\.rawValue).sorted())
    let rules = schema.root[path: "properties", "rules"]
    #expect(rules?["properties"]?.keys == RuleCatalog.pages.map(\.name).sorted())
    #expect(rules?["patternProperties"]?.keys.count == RuleCatalog.pages.count)
    for page in RuleCatalog.pages {
      #expect(rules?[path: "properties", page.name, "description"]?.string?.contains(page.summary) ?? false)
    }
  }

  @Test func `defaults and examples are valid`() throws {
    for (path, inner) in try schema.everySchema() {
      for value in (inner["examples"]?.items ?? []) + (inner["default"].map { [$0] } ?? []) {
        #expect(try schema.problems(of: value, by: inner) == [], "\(path)")
      }
    }
  }

  @Test(arguments: [
    "{}", "fail_on: never", "fail_on:", "fail_on: errors", "fail_on: [error]", "fial_on: error", "rules:",
    "rules: {VPN201: off}", "rules: {vpn201: 'off'}", "rules: {VPN201: fatal}", "rules: {VPN201: false}",
    "rules: {VPN201: }", "rules: {VPN999: off}", "rules: [VPN201]", "rules: {subnet-without-server-route: info}",
    "rules: {subnet-without-sever-route: info}", "exclude: [generated, '**/*.json', a/..b]", "exclude: generated",
    "exclude: [/generated]", "exclude: [../other]", "exclude: [a/../b]", "exclude: [a/..]", "exclude: ['']",
    "exclude: [{a: b}]", "quotas: 80", "quotas: {server_routes: 0}", "quotas: {server_routes: -1}",
    "quotas: {server_routes: '80'}", "quotas: {server_route: 80}", "quotas: {server_routes: }",
    "home_lans: [192.168.7.0/24]", "home_lans: [192.168.7.1]", "home_lans: [fd00::/8]", "home_lans: 192.168.7.0/24",
    "home_lans: []",
  ]) func `schema and reader take the same settings`(_ text: String) throws {
    let file = SourceFile(name: ".vpnlint.yaml", bytes: Array(text.utf8))
    let value = try #require(JSONValue.documents(of: file).first)
    let problems = try schema.problems(of: value)
    #expect(problems.isEmpty == Settings.read(file).isSound, "\(problems)")
  }

  @Test func `the settings of the starter are valid`() throws {
    let file = SourceFile(name: ".vpnlint.yaml", bytes: Array(StarterSettings.text.utf8))
    let value = try #require(JSONValue.documents(of: file).first)
    #expect(try schema.problems(of: value) == [])
    #expect(value.keys == SettingsKey.allCases.map(\.rawValue).sorted())
  }
}
