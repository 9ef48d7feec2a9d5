import ClientVPN
import Forwarding
import IPv4Space
import SourceText

extension TunnelBlock {
  /// What the filter opens in place of what the server listens on: the usual slip is a port or protocol that differs
  /// (rule 119 of the service's documentation, told as a note).
  var openedInWords: String? {
    opened.isEmpty ? nil : "it opens \(opened), and the server listens on \(service)"
  }

  /// The filters that let nobody through together, each with what it lets through alone; those that let everybody through
  /// are left out, unless all do.
  private func parts(_ analysis: Analysis) -> [(name: String, span: Span?, text: String)] {
    let restricted = together.filter { !$0.sources.isSuperset(of: analysis.plan.internet) }
    return (restricted.isEmpty ? together : restricted).map { filter, sources in
      let vpc = analysis.model.vpc
      let from = restricted.isEmpty ? "at other addresses of the server" : "\(Words.ranges(sources.ranges)) alone"
      switch filter {
      case .groups(let groups, _):
        let found = groups.compactMap { vpc.securityGroups?.elements[$0] }
        let names = Words.list(found.map { "`\($0.name.value)`" })
        return (
          "security group\(found.count == 1 ? "" : "s") \(names)", found.first?.name.span,
          "lets clients in \(restricted.isEmpty ? from : "from \(from)")"
        )
      case .inboundACL(let index, _), .outboundACL(let index, _):
        let acl = vpc.networkACLs?.elements[index]
        let isInbound = if case .inboundACL = filter { true } else { false }
        return (
          acl?.inWords ?? "the network ACL", acl?.name.span,
          (isInbound ? "lets clients in " : "lets answers out ")
            + (restricted.isEmpty ? from : "\(isInbound ? "from" : "to") \(from)")
        )
      }
    }
  }

  /// A finding of a rule about filters that each let some clients connect, and together none.
  func contradiction(
    _ rule: any Rule.Type, _ cause: Cause, at acl: NetworkACL, _ server: VPNServer, _ analysis: Analysis
  ) -> Finding {
    let parts = parts(analysis)
    let names = parts.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    func text(at span: Span) -> String { parts.filter { $0.span == span }.map(\.text).joined(separator: "; ") }
    var result = rule.finding(
      "filters contradict each other: no client connects to \(server.inWords) on \(service)", cause, at: acl.name.span,
      text(at: acl.name.span))
    for span in parts.compactMap(\.span).filter({ $0 != acl.name.span }) { result = result.label(span, text(at: span)) }
    return
      result
      .note("packets of clients and the answers pass \(Words.list(names)), which have no client in common")
      .help("open \(service) to the same networks everywhere: for answers as source port, outbound")
  }

  /// The cause of a finding about security groups: the groups, or for want of any the server.
  func cause(_ groups: [SecurityGroup], _ server: VPNServer) -> Cause {
    if groups.isEmpty { return Cause("\(server.path)/tunnel", "security-groups") }
    return Cause(groups.map(\.path).joined(separator: "+"), "tunnel/\(server.name.value)")
  }
}
