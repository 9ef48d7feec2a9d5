import ClientVPN
import Forwarding
import SourceText

/// A server in no subnet, in too many, or in one twice.
enum ServerSubnetsCount: ModelRule {
  static let info = RuleInfo(
    code: "VPN701", name: "server-subnets-count", severity: .error,
    summary: "the server has no subnet, more than two, or one of them twice",
    why: """
      The service refuses to create the server, so nobody can connect. A server in one subnet stands alone; a server \
      in two subnets of different zones goes on when one zone fails.
      """,
    repair: "Name one subnet, or two subnets in different zones.",
    source: "IBM VPC documentation, creating a VPN server",
    examples: [
      .bad(
        "the same subnet twice",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: edge, ipv4_cidr_block: 10.0.1.0/24, expect: any}
        vpn_servers:
          - name: client-vpn
            subnets: [edge, ⟦edge⟧]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "no subnet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            ⟦subnets⟧: []
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a server that stands alone",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: edge, ipv4_cidr_block: 10.0.1.0/24, expect: any}
        vpn_servers:
          - name: client-vpn
            subnets: [edge]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let limits = analysis.model.provider.serverSubnets
    let unread = pathsOfUnreadSubnets(analysis.model.problems)
    for server in analysis.model.servers {
      guard let subnets = server.subnets, !subnets.isIncomplete || !subnets.elements.isEmpty else { continue }
      let (count, again) = distinct(subnets.elements)
      if !limits.contains(count), count > 0 || !unread.contains(server.path) {
        report(wrongNumber(count, subnets.key, server, limits))
      } else if let again {
        report(doubled(again.first, again.second, server, limits))
      }
    }
  }

  /// Servers whose `subnets` are reported already because they could not be read.
  private static func pathsOfUnreadSubnets(_ problems: [ModelProblem]) -> Set<String> {
    var paths: Set<String> = []
    for problem in problems {
      if case .wrongType("subnets", _, _, _) = problem.kind { paths.insert(problem.path) }
    }
    return paths
  }

  /// How many different subnets there are, and the first that is named again.
  private static func distinct(_ subnets: [Reference]) -> (count: Int, again: (first: Reference, second: Reference)?) {
    var seen: [String: Reference] = [:]
    var again: (first: Reference, second: Reference)?
    for subnet in subnets {
      // An id and a name can mean the same subnet; both then have its position.
      let identity = subnet.index.map { "#\($0)" } ?? subnet.id ?? subnet.text
      if let first = seen[identity] { again = again ?? (first, subnet) } else { seen[identity] = subnet }
    }
    return (seen.count, again)
  }

  private static func wrongNumber(
    _ count: Int, _ key: Span, _ server: VPNServer, _ limits: ClosedRange<Int>
  ) -> Finding {
    finding(
      "\(server.inWords) is in \(count == 0 ? "no subnet" : Words.count(count, "subnet"))",
      Cause(server.path, "subnets"), at: key, "\(Words.count(count, "subnet")) here"
    )
    .note("the service takes from \(limits.lowerBound) to \(limits.upperBound) subnets")
    .help("name one subnet, or two subnets in different zones so that the server survives the loss of a zone")
  }

  private static func doubled(
    _ first: Reference, _ second: Reference, _ server: VPNServer, _ limits: ClosedRange<Int>
  ) -> Finding {
    finding(
      "\(server.inWords) is in subnet `\(second.text)` twice", Cause(server.path, "subnets"), at: second.span,
      "the same subnet again"
    )
    .label(first.span, "the first time")
    .note("the service takes from \(limits.lowerBound) to \(limits.upperBound) different subnets")
    .help("remove one of the two, or name a subnet in another zone")
  }
}
