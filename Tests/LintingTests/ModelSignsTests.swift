import SourceText
import TestSupport
import Testing

@testable import Linting

/// Files below a folder that cannot be read: those that are meant as models are told, all others passed over.
struct ModelSignsTests {
  private static func codes(_ name: String, _ bytes: [UInt8]) -> [String]? {
    let report = Linter().lint(SourceFile(name: name, bytes: bytes), isNamed: false)
    return report.role == .passedOver ? nil : report.findings.map(\.finding.code)
  }

  private static let tabbed = Run.faulty.split(separator: "\n").map { "\t\($0)\n" }.joined()
  private static let broken = Run.faulty + "- ]\n"

  @Test(arguments: [
    ("a.yaml", tabbed), ("a.yaml", broken), ("a.yaml", broken.replacing("\n", with: "\r")),
    ("a.yml", "vpc:\n\tsubnets: []\n"), ("a.json", "{\"vpc\": {\"subnets\": ["), ("a.json", "{\"vpn_servers\": [{"),
    ("a.json", "{\"vpc_id\": 1, \"x\": [{\"type\": \"ibm_is_vpn_server\", "),
  ])
  func told(_ name: String, _ text: String) { #expect(Self.codes(name, Array(text.utf8)) == ["VPN001"]) }

  @Test func `text of two bytes a character is told`() {
    let little = Run.faulty.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = Run.faulty.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
      #expect(Self.codes("a.yaml", bytes) == ["VPN001"])
    }
  }

  @Test(arguments: [
    ("a.yaml", "services:\n  vpc: {{ .Values }}\n  - ]\n"), ("a.json", "{\"name\": 'my-vpc'}"),
    ("a.yaml", "# vpn_servers\na: ]\n"), ("a.yaml", "\0\0\0vpx: ]"), ("a.yaml", "my_vpc: ]\n"),
  ])
  func passedOver(_ name: String, _ text: String) { #expect(Self.codes(name, Array(text.utf8)) == nil) }
}
