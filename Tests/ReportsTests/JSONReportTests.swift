import Foundation
import Reports
import SourceText
import Testing

/// The JSON report is JSON, with the fields that the README promises in their order.
@Suite struct JSONReportTests {
  @Test(arguments: Sample.all) func `the report is JSON with fields in a fixed order`(_ sample: Sample) throws {
    let text = try sample.rendered(.json)
    _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let report = try OrderedJSON(text)
    #expect(report.keys == ["version", "tool", "findings", "servers", "not_modelled", "summary"])
    #expect(report["tool"]?.keys == ["name", "version"])
    #expect(report["summary"]?.keys == ["files", "passed_over", "error", "warning", "info", "suppressed"])
    for finding in report["findings"]?.elements ?? [] { expectFinding(finding) }
    for server in report["servers"]?.elements ?? [] { expectServer(server) }
  }

  /// A subnet open on every other port: the list is cut, and the report says so.
  @Test func `flows of a subnet are listed up to a limit`() throws {
    func subnet(ports: Int) throws -> OrderedJSON? {
      let rules = (1...ports).map {
        "{direction: inbound, action: allow, protocol: tcp, destination_ports: \($0 * 2)-\($0 * 2)}"
      }
      let text = """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              is_default: true
              rules: [\(rules.joined(separator: ", ")), {direction: outbound, action: allow, protocol: any}]
        vpn_servers: [{name: vpn, client_ip_pool: 192.168.252.0/22, routes: [{destination: 10.0.0.0/24}]}]

        """
      let report = Sample.report(SourceFile(name: "model.yaml", bytes: Array(text.utf8)))
      return try OrderedJSON(report.rendered(.json))["servers"]?.elements.first?["subnets"]?.elements.first
    }
    let few = try #require(try subnet(ports: 64))
    #expect(few["flows"]?.elements.count == 64 && few["flows_truncated"] == nil)
    let many = try #require(try subnet(ports: 65))
    #expect(many["flows"]?.elements.count == 64 && many.keys.suffix(2) == ["flows", "flows_truncated"])
  }

  private func expectFinding(_ finding: OrderedJSON) {
    #expect(
      finding.keys == [
        "code", "rule", "severity", "message", "file", "document", "start", "end", "subject", "labels", "notes", "help",
        "fix", "evidence", "fingerprint", "suppression",
      ])
    #expect(finding["start"]?.keys == ["line", "column", "offset"])
    #expect(finding["end"]?.keys == ["line", "column", "offset"])
    for label in finding["labels"]?.elements ?? [] { #expect(label.keys == ["file", "start", "end", "text"]) }
    guard let evidence = finding["evidence"], !evidence.isNull else { return }
    #expect(evidence.keys == ["packet", "stages"])
    #expect(evidence["packet"]?.keys == ["source", "destination", "protocol", "port"])
    for stage in evidence["stages"]?.elements ?? [] {
      #expect(stage.keys == ["stage", "result", "because", "file", "line"])
    }
  }

  private func expectServer(_ server: OrderedJSON) {
    #expect(
      server.keys == ["file", "document", "name", "mode", "subnets", "networks", "services", "expectations", "sites"])
    for subnet in server["subnets"]?.elements ?? [] {
      let extra = subnet.keys.dropFirst(6)
      #expect(subnet.keys.prefix(6) == ["name", "cidr", "expect", "verdict", "outcome", "uncovered"])
      #expect(Array(extra) == ["flows", "members"].filter(extra.contains))
      for member in subnet["members"]?.elements ?? [] { #expect(member.keys == ["subnet", "verdict", "outcome"]) }
      for range in subnet["uncovered"]?.elements ?? [] { #expect(range.keys == ["first", "last", "count", "outcome"]) }
    }
    for row in server["expectations"]?.elements ?? [] {
      #expect(row.keys == ["to", "expect", "verdict", "outcome", "holds", "protocol", "port", "from"])
    }
  }
}
