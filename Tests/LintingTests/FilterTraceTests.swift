import Foundation
import TestSupport
import Testing

/// `vpnlint trace` by the program itself: who answers, in which words it ends, and which line decides.
struct FilterTraceTests {
  private struct Journey {
    let outcome, answeredBy, text: String
    let lines: [String: Int?]
  }

  private func trace(_ model: String, _ destination: String) throws -> Journey {
    let file = try TemporaryFile(model)
    let (json, status) = try Program.run(["trace", file.path, destination, "--format", "json"], in: Repository.root)
    #expect(status == 0, "\(json)")
    let (text, _) = try Program.run(["trace", file.path, destination], in: Repository.root)
    let report = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let trace = try #require((report["traces"] as? [[String: Any]])?.first)
    let stages = try #require(trace["stages"] as? [[String: Any]])
    var lines: [String: Int?] = [:]
    for stage in stages { lines[stage["stage"] as? String ?? ""] = .some(stage["line"] as? Int) }
    return Journey(
      outcome: trace["outcome"] as? String ?? "", answeredBy: trace["answered_by"] as? String ?? "", text: text,
      lines: lines)
  }

  private static let model = """
    vpc:
      subnets:
        - {name: vpn, ipv4_cidr_block: 10.0.9.0/28, zone: z-1, expect: any, routing_table: t}
        - {name: a, ipv4_cidr_block: 10.0.0.0/24, zone: z-1}
        - {name: c, ipv4_cidr_block: 10.0.2.0/24, zone: z-1, expect: any}
      routing_tables:
        - {name: def, is_default: true, accept_routes_from: [vpn_server]}
        - name: t
          accept_routes_from: []
          routes:
            - {destination: 10.0.0.0/16, zone: z-1, action: drop}
            - {destination: 10.0.0.0/24, zone: z-1, action: delegate}
      security_groups:
        - {name: g, targets: [s], rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]}
        - {name: w, rules: [{direction: inbound, protocol: tcp, ports: 443}]}
      workloads:
        - {name: web, subnet: a, address: 10.0.0.10, security_groups: [w]}
    vpn_servers:
      - {name: s, client_ip_pool: 172.16.0.0/20, enable_split_tunneling: true, subnets: [vpn], routes: [{destination: 10.0.0.0/22}]}

    """

  @Test func nobodyAnswersWhatAFilterStops() throws {
    let open = try trace(Self.model, "10.0.0.10:443")
    #expect(open.outcome == "reachable" && open.answeredBy == "vpc")
    let closed = try trace(Self.model, "10.0.0.10:22")
    #expect(closed.outcome == "request-blocked" && closed.answeredBy == "none")
    #expect(closed.text.contains("request-blocked: a filter blocks the packets; nobody answers"))
  }

  @Test func aRouteIsNoFilter() throws {
    let dropped = try trace(Self.model, "10.0.2.5")
    #expect(dropped.outcome == "request-blocked" && dropped.answeredBy == "none")
    #expect(dropped.text.contains("request-blocked: a route of the VPC drops the packets; nobody answers"))
    #expect(dropped.lines["vpc-route"] == .some(11))
  }

  @Test func theRouteThatDelegatesDecides() throws {
    let delegated = try trace(Self.model, "10.0.0.10:443")
    #expect(delegated.lines["vpc-route"] == .some(12))
    #expect(delegated.text.contains("route 10.0.0.0/24 of routing table `t` delegates"))
  }

  private static func translated(_ routes: String) -> String {
    """
    vpc:
      subnets:
        - {name: vpn, ipv4_cidr_block: 10.0.9.0/28, zone: z-1, expect: any}
        - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z-1, routing_table: fw}
      routing_tables:
        - {name: def, is_default: true, accept_routes_from: [vpn_server]}
        - name: fw
          accept_routes_from: [vpn_server]
          routes: [
            \(routes)
          ]
    vpn_servers:
      - {name: s, client_ip_pool: 172.16.0.0/20, enable_split_tunneling: true, subnets: [vpn], routes: [{destination: 10.0.0.0/24, action: translate}]}

    """
  }

  /// Whether a table accepts the server's routes plays no part for answers to the server's own address.
  @Test func answersToTheServerItself() throws {
    let plain = try trace(Self.translated(""), "10.0.0.5")
    #expect(plain.outcome == "reachable" && plain.lines["reply-route"] == .some(nil))
    let delegated = try trace(
      Self.translated(
        "{destination: 10.0.9.0/28, zone: z-1, action: delegate}, {destination: 0.0.0.0/0, zone: z-1, action: drop}"),
      "10.0.0.5")
    #expect(delegated.outcome == "reachable" && delegated.lines["reply-route"] == .some(10))
    let delivered = try trace(
      Self.translated("").replacing(", action: translate", with: ""), "10.0.0.5")
    #expect(delivered.lines["reply-route"] == .some(8))
  }
}
