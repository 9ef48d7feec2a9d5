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

  /// The cause of a finding about security groups: the groups, or for want of any the server.
  func cause(_ groups: [SecurityGroup], _ server: VPNServer) -> Cause {
    if groups.isEmpty { return Cause("\(server.path)/tunnel", "security-groups") }
    return Cause(groups.map(\.path).joined(separator: "+"), "tunnel/\(server.name.value)")
  }
}
