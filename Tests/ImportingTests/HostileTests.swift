import ClientVPN
import Importing
import IPv4Space
import Linting
import SourceText
import SourceTree
import Testing
import TestSupport

/// Texts that are cut off, of another kind, or made to be misread.
struct HostileTests {
  private static let inputs = [
    "samples/import/terraform-modules.json", "samples/import/dump-two-vpcs.json", "samples/import/api/vpn_server.json",
  ]

  @Test(arguments: inputs) func `a text that is cut off gives one finding`(_ path: String) throws {
    let bytes = try Repository.file(path).bytes
    let text = Array(bytes.prefix(bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0))
    for length in stride(from: 1, to: text.count, by: 97) {
      let report = Imported.report(SourceFile(name: "cut.json", bytes: Array(text.prefix(length))))
      #expect(report.findings.map(\.finding.rule) == ["yaml-syntax"], "\(length) bytes")
    }
  }

  /// Any value in any place: nothing crashes, and every place lies in the text.
  @Test(arguments: inputs, [1, 2, UInt64.random(in: 3...UInt64(UInt32.max))])
  func `values in the wrong places are survived`(_ path: String, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let bytes = try Repository.file(path).bytes
    let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") && bytes[$0 + 1] == UInt8(ascii: " ") }
    let values = ["null", "[]", "{}", "\"\"", "0", "true", "[[1]]", "{\"id\": {}}", "[null]", "\"x\""]
    for _ in 0..<150 {
      guard let colon = colons.randomElement(using: &random) else { return }
      let end = bytes[colon...].firstIndex { [UInt8(ascii: ","), UInt8(ascii: "\n")].contains($0) } ?? bytes.count
      guard !bytes[colon..<end].contains(where: { [UInt8(ascii: "{"), UInt8(ascii: "[")].contains($0) }) else {
        continue
      }
      let text = bytes[..<(colon + 2)] + Array((values.randomElement(using: &random) ?? "0").utf8) + bytes[end...]
      let file = SourceFile(name: "changed.json", bytes: Array(text))
      let report = Imported.report(file)
      for finding in report.findings {
        for label in [finding.finding.primary] + finding.finding.labels {
          #expect(label.span.start <= label.span.end && Int(label.span.end) <= file.bytes.count, "seed \(seed)")
        }
      }
      if let yaml = ModelWriter.model(of: file)?.text {
        let tree = SourceTree.read(SourceFile(name: "model.yaml", bytes: Array(yaml.utf8)))
        #expect(tree.problems.isEmpty, "seed \(seed):\n\(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  @Test(arguments: [
    #"{"name": "package", "version": "1.0.0", "dependencies": {"vpc": "^1.0.0"}}"#,
    #"{"format_version": "1.0", "provider_schemas": {}}"#, "[]", "{}", "[1, 2]", #"[{"a": 1}]"#, #""vpc""#, "17",
    #"{"Subnets": [{"SubnetId": "subnet-1", "CidrBlock": "10.0.0.0/24"}]}"#,
    #"{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"type": "aws_vpc", "name": "x", "values": {}}]}}}"#,
  ])
  func `a text of another kind gives one finding`(_ text: String) {
    #expect(Imported.rules(text).count == 1)
    #expect(ModelWriter.model(of: Imported.file(text)) == nil)
  }

  @Test func `escapes, marks and line ends are read right`() throws {
    let text = #"""
      {"vpn_servers": [{"id": "s", "name": "team-\ud83e\udd8a", "href": "https:\/\/x\/v1\/vpn_servers\/s",
        "resource_type": "vpn_server", "client_ip_pool": "192.168.252.0\/22", "enable_split_tunneling": true,
        "port": 99999999999999999999999, "routes": []}], "subnets": [{"name": "app", "ipv4_cidr_block": "10.0.0.0/24"}]}
      """#
    let windows = "\u{FEFF}" + text.replacing("\n", with: "\r\n")
    let report = Imported.report(Imported.file(windows))
    #expect(report.servers.first?.name == "team-🦊")
    let port = try #require(report.findings.first { $0.finding.rule == "port-range" })
    let position = LineIndex(report.file).position(port.finding.primary.span.start)
    #expect(position.line == 3)
    #expect(position.column == 11)
  }

  @Test func `half a surrogate pair is refused with its place`() throws {
    let report = Imported.report(Imported.file(#"{"vpn_servers": [{"name": "\ud83e"}]}"#))
    #expect(report.findings.map(\.finding.rule) == ["yaml-syntax"])
    #expect(report.file.text(try #require(report.findings.first).finding.primary.span) == #"\ud83e"#)
  }

  @Test func `names act in no comment and no value`() throws {
    let name = #"evil\u001b[31m\u2028\n# x: y: [\"&*"#
    let text = """
      {"vpn_servers": [{"id": "s", "name": "\(name)", "resource_type": "vpn_server",
        "client_ip_pool": "192.168.252.0/22"}], "subnets": [{"name": "- \(name)", "ipv4_cidr_block": "10.0.0.0/24"}]}
      """
    let yaml = try #require(ModelWriter.model(of: Imported.file(text))?.text)
    #expect(!yaml.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{2028}" })
    let tree = SourceTree.read(SourceFile(name: "model.yaml", bytes: Array(yaml.utf8)))
    #expect(tree.problems.isEmpty)
    let models = Imported.models(text)
    let report = Imported.report(SourceFile(name: "model.yaml", bytes: Array(yaml.utf8)))
    #expect(report.servers.map(\.name) == models[0].servers.map(\.name.value))
  }

  /// What YAML reads as something else without quotes.
  @Test(arguments: [
    "yes", "No", "null", "~", "", "1", "017", "1.5", "1e3", "0x1F", "0b1", "12:30:45", "1_000", ".5", "-1", "- x",
    "a: b",
    "a #b", "#a", "@x", "%x", "[a]", "{a}", "!t", "&a", "*a", "?", "a:", "'a'", "\"a\"", " a", "a ", "=", "<<",
    "2026-08-01",
    "2026-08-01T02:03:04Z", "10.0.0.5", "10.0.0.0/24", "crn:v1:a::b", "id:3", "02e7-s1", "1e5-a", "a\nb", "a\nb\n",
    "a\n\nb",
    "\na", "a\n ", "é", "x\u{7F}", ".inf", "0o7", "9e", "e9", "0192", "1-2", "tcp/443",
  ])
  func `text is read back as text`(_ value: String) throws {
    let escaped = value.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()
    let json = value.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
    let tree = SourceTree.readJSON(Imported.file(#"{"key": "\#(json)", "list": ["\#(json)"]}"#))
    let yaml = YAMLWriter.text(tree)
    let read = SourceTree.read(SourceFile(name: "model.yaml", bytes: Array(yaml.utf8)))
    try #require(read.problems.isEmpty && read.documents.count == 1, "\(escaped):\n\(yaml)")
    let values = read.keys(read.documents[0]).map { read.value(ofKey: $0) }
    #expect(read.text(values[0]) == value, "\(yaml)")
    #expect(read.items(values[1]).map { read.text($0) } == [value], "\(yaml)")
    #expect(YAMLWriter.text(read) == yaml)
  }
}
