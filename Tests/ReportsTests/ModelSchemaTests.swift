import ClientVPN
import Foundation
import Importing
import LintRules
import Linting
import Reports
import SourceText
import SourceTree
import TestSupport
import Testing

/// The schema of the model file takes what the decoder takes.
@Suite struct ModelSchemaTests {
  /// Read once: there are many tests.
  private static let root = JSONValue(ModelSchema.text(toolVersion: "0.0.0"))
  private let schema: JSONSchema

  init() throws { schema = try JSONSchema(Self.root) }

  @Test func `two texts are the same`() {
    #expect(ModelSchema.text(toolVersion: "0.0.0") == ModelSchema.text(toolVersion: "0.0.0"))
    #expect(ModelSchema.text(toolVersion: "0.0.0").hasSuffix("}\n"))
  }

  // MARK: Every key and no other

  @Test(arguments: ModelObject.allCases) func `the decoder takes every key of the schema and no other`(
    _ kind: ModelObject
  ) throws {
    let place = try #require(try ModelPlace.all(schema)[kind.rawValue])
    let names = try allNames()
    #expect(names.count > 150)
    for name in names {
      let isInSchema = try schema.hasKey(name, place.schema)
      let problems = place.problems(adding: name, .null)
      let isUnknown = problems.contains { if case .unknownKey(name, _, _) = $0 { true } else { false } }
      #expect(isInSchema == !isUnknown, "\(kind.rawValue): \(name)")
    }
  }

  /// Names of keys of any object, of the API's other keys, and such that are none.
  private func allNames() throws -> Set<String> {
    var names: Set<String> = [
      "nmae", "Name", "names", "x", "subnet", "cidrs_", "href2", "split_tunnelling", "ipv4_cidr",
    ]
    for (_, schema) in try schema.everySchema() { names.formUnion(schema["properties"]?.keys ?? []) }
    return names.union(ModelObject.passiveKeys)
  }

  @Test func `every key is described`() throws {
    for (path, schema) in try schema.everySchema() {
      for key in schema["properties"]?.keys ?? [] where schema["additionalProperties"] == .flag(false) {
        let text = schema["properties"]?[key]?["description"]?.string ?? ""
        #expect(text.count > 10 && text.hasSuffix("."), "\(path): \(key): \(text)")
        #expect(text.first?.isUppercase ?? false || text.hasPrefix("true") || text.first?.isNumber ?? false, "\(text)")
      }
    }
  }

  @Test func `defaults and examples are valid`() throws {
    for (path, inner) in try schema.everySchema() {
      for value in (inner["examples"]?.items ?? []) + (inner["default"].map { [$0] } ?? []) {
        #expect(try schema.problems(of: value, by: inner) == [], "\(path)")
      }
    }
  }

  // MARK: Values

  /// Values of every kind, as JSON, which YAML is as well.
  private static let values = [
    "[]", "{}", "true", "\"true\"", "0", "1", "-1", "443", "70000", "1.5", "\"\"", "\"443\"", "\"a\"",
    "\"1-2\"",
    "\"a-b\"", "\"-1\"", "\"10.0.0.0/24\"", "\"10.0.0.1\"", "\"10.0.0.1/32\"", "\"10.0.0/24\"", "\"10.0.0.256\"",
    "\"10.0.0.0/33\"", "\"10.00.0.0/24\"", "\"fd00::1\"", "\"app\"", "\"a.b\"", "\"a:b\"", "\"tcp\"", "\"any\"",
    "\"tcp/443\"",
    "\"tcp/0\"", "\"udp/65536\"", "\"icmp\"", "\"icmp/1\"", "\"number_50\"", "\"number_256\"", "\"deliver\"",
    "\"Deliver\"",
    "\"delegate\"", "\"allow\"", "\"inbound\"", "\"reachable\"", "\"direct\"", "\"macos\"", "\"instance\"",
    "\"certificate\"", "\"classic\"", "\"user\"", "\"ibm\"", "\"aws\"", "\"2026-08-01T02:03:04Z\"",
    "\"2026-08-01 02:03:04.5+09:00\"", "\"2026-08-01\"", "\"2026-13-01\"", "\"2026-08-01T02:03\"", "\"vpn_server\"",
    "\"transit_gateway\"", "[\"app\"]", "[\"10.0.0.0/24\"]", "[\"10.0.0.1\"]", "[\"tcp/443\"]", "[\"vpn_server\"]",
    "[\"transit_gateway\"]", "[{}]", "[[]]", "[1]", "{\"name\": \"app\"}", "{\"id\": \"a\", \"href\": \"b\"}",
    "{\"crn\": \"a\"}", "{\"href\": \"a\"}", "{\"address\": \"10.0.0.1\"}", "{\"address\": \"x\"}", "{\"address\": []}",
    "{\"cidr_block\": \"10.0.0.0/24\"}", "{\"cidr_block\": \"x\"}", "{\"code\": \"a\"}", "{\"provider_type\": \"iam\"}",
    "{\"resource_type\": \"vpn_server\"}", "{\"name\": {}}", "[{\"name\": \"app\"}]", "[{\"code\": \"a\"}]",
    "[{\"resource_type\": \"vpn_server\"}]", "[{\"resource_type\": \"x\"}]", "[{\"address\": \"10.0.0.1\"}]",
    "[{\"cidr_block\": \"10.0.0.0/24\"}]", "[{\"href\": \"a\"}]",
    "[{\"href\": \"a\", \"destination\": \"10.0.0.0/24\"}]",
    "[{\"href\": \"a\", \"destination\": 1}]", "[{\"destination\": \"10.0.0.0/24\"}]",
  ]

  @Test(arguments: ModelObject.allCases) func `schema and decoder take the same values`(_ kind: ModelObject) throws {
    let place = try #require(try ModelPlace.all(schema)[kind.rawValue])
    for key in place.schema["properties"]?.keys ?? [] {
      let inner = try #require(place.schema["properties"]?[key])
      var values = try Self.values.map { try #require(JSONValue($0)) } + [.null]
      if let page = inner["properties"], let name = page.keys.first, page[name]?["type"] == .text("array") {
        values += [
          .object([name: .list([])]), .object([name: .list([.integer(1)]), "first": .null]), .object([name: .null]),
        ]
      }
      for word in inner["enum"]?.items ?? [] { values.append(word) }
      for value in values where !Self.isNameToTheDecoderAlone(value, inner) {
        let isValid = try schema.problems(of: value, by: inner).isEmpty
        let problems = place.problems(adding: key, value)
        #expect(isValid == problems.isEmpty, "\(kind.rawValue).\(key): \(value.json): \(problems)")
      }
    }
  }

  /// The decoder takes what YAML reads as a flag for a name, and for the other end of a filter's rule a number too.
  /// Editors would offer true and false for every text.
  private static func isNameToTheDecoderAlone(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    let types = schema["type"]?.items.compactMap(\.string) ?? schema["type"]?.string.map { [$0] } ?? []
    let isPeer = schema["properties"]?.keys == ["address", "cidr_block", "crn", "id", "name"]
    switch value {
    case .flag: return isPeer || types.contains("number") || types.starts(with: ["string", "integer"])
    case .integer: return isPeer
    default: return false
    }
  }

  @Test(arguments: ["yes", "No", "on", "OFF", "True"]) func `flags are the words of YAML 1.1`(_ word: String) throws {
    let text = smallestModel().replacing("enable_split_tunneling: true", with: "enable_split_tunneling: \(word)")
    let value = try #require(JSONValue(text, name: "model.yaml"))
    #expect(try schema.problems(of: value) == [])
  }

  // MARK: Files

  @Test(arguments: Sample.all) func `what lints without a mistake in its shape is valid`(_ sample: Sample) throws {
    try expectValid(try Repository.file(sample.path))
  }

  @Test(arguments: RuleCatalog.pages) func `examples without a mistake in their shape are valid`(_ page: RuleInfo)
    throws
  {
    for example in page.examples {
      let text = example.text.filter { $0 != "⟦" && $0 != "⟧" }
      let file = SourceFile(name: example.isJSON ? "model.json" : "model.yaml", bytes: Array(text.utf8))
      // What is imported has the shape of its own program.
      guard Importer.model(from: SourceTree.read(file)) == nil else { continue }
      try expectValid(file, mustBeSound: !example.isBad && page.group != .shape)
    }
  }

  private func expectValid(_ file: SourceFile, mustBeSound: Bool = false) throws {
    let findings = Sample.report(file).files.flatMap(\.findings).map(\.finding)
    // Suppressions are no part of the schema.
    let mistakes = findings.filter { $0.code.hasPrefix("VPN0") && $0.code < "VPN013" }
    if mustBeSound { #expect(mistakes.isEmpty, "\(file.name)") }
    guard mistakes.isEmpty else { return }
    for document in JSONValue.documents(of: file) { #expect(try schema.problems(of: document) == [], "\(file.name)") }
  }

  @Test(arguments: [
    ("name: tokyo", "nam: tokyo"), ("subnets:", "subnet:"), ("10.1.0.0/24", "10.1.0/24"),
    ("ipv4_cidr_block: 10.1.0.0/24", "zone: a"),
    ("enable_split_tunneling: true", "enable_split_tunneling: \"true\""),
    ("enable_split_tunneling: true", "{enable_split_tunneling: true, split_tunnel: true}"),
    ("action: deliver", "action: deliver_"), ("client_ip_pool: 192.168.252.0/22", "client_pool: 192.168.252.0/22"),
    ("destination: 10.1.0.0/24", "destination: [10.1.0.0/24]"),
    ("name: to-db, destination: 10.1.0.0/24", "name: to-db"),
    ("{name: db, ", "{name: db, cidr: 10.1.0.0/24, "), ("routes:", "routs:"), ("vpn_servers:", "vpn_server:"),
  ]) func `a broken model is not valid`(_ sound: String, _ broken: String) throws {
    let text = smallestModel()
    #expect(text.contains(sound))
    let value = try #require(JSONValue(text.replacing(sound, with: Self.inner(broken)), name: "model.yaml"))
    #expect(try schema.problems(of: value) != [], "\(broken)")
  }

  /// Several keys in place of one.
  private static func inner(_ text: String) -> String {
    text.hasPrefix("{enable") ? String(text.dropFirst().dropLast()).replacing(", ", with: "\n    ") : text
  }

  @Test func `the smallest model is valid`() throws {
    let value = try #require(JSONValue(smallestModel(), name: "model.yaml"))
    #expect(try schema.problems(of: value) == [])
  }

  private func smallestModel() -> String {
    """
    vpc:
      name: tokyo
      subnets:
        - {name: app, ipv4_cidr_block: 10.0.0.0/24}
        - {name: db, ipv4_cidr_block: 10.1.0.0/24}
    vpn_servers:
      - name: client-vpn
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
        routes:
          - {name: to-app, destination: 10.0.0.0/24, action: deliver}
          - {name: to-db, destination: 10.1.0.0/24, action: deliver}
    """
  }
}
