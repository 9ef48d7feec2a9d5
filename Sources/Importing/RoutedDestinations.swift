import IPv4Space
import SourceText
import SourceTree

/// Where the routes of VPN servers lead. A route to a network says that clients are meant to reach it; that a gateway
/// connects it with the VPC says nothing about clients.
struct RoutedDestinations {
  private let ranges: IPv4Set

  /// `destinations` as they are written; a route to everything is meant for no network.
  init(_ json: JSONText, _ destinations: [NodeIndex]) {
    let prefixes = destinations.compactMap { try? IPv4Notation.prefix(json.tree.text($0)) }
    ranges = IPv4Set(prefixes.filter { $0.length > 0 })
  }

  /// Says of a network with these ranges what is expected, unless a route leads there.
  func setIntent(of draft: inout Draft, _ json: JSONText, _ cidrs: [NodeIndex], at place: Span) {
    let prefixes = cidrs.compactMap { try? IPv4Notation.prefix(json.tree.text($0)) }
    if !prefixes.contains(where: { ranges.overlaps($0.range) }) { draft.set("expect", .text("any", at: place)) }
  }
}
