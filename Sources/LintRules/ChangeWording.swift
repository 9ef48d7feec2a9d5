public import Forwarding
import IPv4Space
import SourceText

// How edits and what they do are called, for `diff` and the rules of its group.

extension Change {
  /// What was edited: "route `to-batch` added to VPN server `client-vpn`: 10.2.0.0/24 deliver".
  public var title: String {
    switch event {
    case .added: "\(whole) added\(owner.map { " to \($0.inWords)" } ?? "")\(after?.behindColon ?? "")"
    case .removed: "\(whole) removed\(owner.map { " from \($0.inWords)" } ?? "")\(before?.behindColon ?? "")"
    case .renamed: "\(thing.noun) \((before?.text ?? "").quoted)\(ofOwner) renamed to \((after?.text ?? "").quoted)"
    case .replaced: "\(whole)\(ofOwner) replaced by another one"
    case .changed: "\(whole)\(ofOwner) changed\(values)"
    }
  }

  /// Why sessions go the way they do, in a sentence.
  public var because: String {
    switch reason {
    case .pushedOnConnect:
      "in split tunnel routes are pushed when a client connects: until connected clients reconnect, they send these "
        + "packets by their own network"
    case .rowIsKept:
      "in split tunnel connected clients keep the row until they reconnect: they send these packets into the tunnel, and "
        + "the server has no route for them"
    case .inTunnelAnyway:
      "connected clients send these packets into the tunnel by another row: what the server does with them is in force at "
        + "once"
    case .nothingPushed: "in full tunnel no route is pushed: it is in force at once"
    case .sameDestination:
      "the destination stays, so connected clients have the row: it is in force as soon as the service has deleted the "
        + "route and created it anew"
    case .nameAlone: "a name changes nothing for packets and sessions"
    case .serverUpdated: "the server disconnects all clients when one of its settings but the name changes"
    case .profileOutdated:
      thing == .authentication
        ? "the server disconnects all clients, and their profile does not let them in any more: they need a new one"
        : "the server disconnects all clients, and the \(thing.noun) stands in their profile: they need a new one"
    case .serverAdded: "no client is connected to it yet"
    case .serverRemoved: "its clients are disconnected, and there is nothing to reconnect to"
    case .routeRemade:
      "the destination stays, so that nobody has to reconnect; between the deletion and the creation the server has no "
        + "such route"
    case .subnetRemade: "the subnet is destroyed and made anew, with all that stands in it"
    case .serverReplaced: "its clients are disconnected, and their profile leads to a server that is gone"
    case .newConnectionsAlone: "security groups keep state: connections that stand go on, new ones are judged anew"
    case .everyPacket: "network ACLs keep no state: every packet is judged anew at once"
    case .attachedBesides:
      "a security group is attached or detached without an update of the server: clients stay connected"
    case .tunnelCutOff:
      "network ACLs keep no state: the packets of the tunnel itself are stopped at once, and nobody can connect any more"
    case .tunnelClosed:
      "tunnels that stand go on, as security groups keep state, but nobody can connect any more"
    case .nextPacket: "the VPC routes by it at once, which disconnects nobody"
    case .routesToBeWritten(let minutes):
      "clients stay connected, and answers come once the service has written the server's routes into the table, which "
        + "takes about \(Words.count(minutes, "minute")); the documentation asks clients to reconnect then"
    case .routesDeleted(let minutes):
      "clients stay connected, but the service deletes the server's routes from the table: answers are lost until it may "
        + "write them again, and then for about \(Words.count(minutes, "minute"))"
    case .surroundings: "it is no setting of a VPN server: by itself it disconnects nobody"
    }
  }

  /// The thing with its name: "route `to-batch`", "action of route `to-batch`".
  private var whole: String {
    switch thing {
    case .routeAction, .routeDestination: "\(thing.noun) of route\(name.map { " \($0.quoted)" } ?? destination)"
    default: thing.noun + (name.map { " \($0.quoted)" } ?? "")
    }
  }

  /// What tells a route without a name apart: its path ends with the network.
  private var destination: String {
    " to " + subject.split(separator: "/", omittingEmptySubsequences: false).suffix(2).joined(separator: "/")
  }

  private var ofOwner: String { owner.map { " of \($0.inWords)" } ?? "" }

  private var values: String {
    guard let before, let after, before.text != after.text else { return "" }
    return " from \(before.shortText) to \(after.shortText)"
  }
}

extension Change.Value {
  fileprivate var behindColon: String { text.isEmpty ? "" : ": \(shortText)" }
  /// The value, which may be a list of names; of a long one the beginning.
  fileprivate var shortText: String { Quotation.beginning(of: text, limit: 400) }
}

extension Change.Owner {
  /// "VPN server `client-vpn`".
  var inWords: String { "\(thing.noun) \(name.quoted)" }
}

extension Change.Thing {
  /// The thing in words.
  var noun: String {
    switch self {
    case .server: "VPN server"
    case .mode: "tunnel mode"
    case .clientPool: "client pool"
    case .tunnelNetwork: "tunnel network"
    case .publicAddresses: "public addresses"
    case .privateAddresses: "private addresses"
    case .dnsServers: "DNS servers"
    case .idleTimeout: "idle timeout"
    case .port: "port"
    case .transport: "protocol"
    case .certificate: "certificate"
    case .authentication: "client authentication"
    case .revocationList: "revocation list"
    case .serverSubnets: "subnets"
    case .securityGroups: "security groups"
    case .route, .vpcRoute: "route"
    case .routeAction: "action"
    case .routeDestination: "destination"
    case .vpc: "VPC"
    case .classicAccess: "classic access"
    case .addressPrefix: "address prefix"
    case .subnet: "subnet"
    case .subnetBlock: "addresses"
    case .publicGateway: "public gateway"
    case .subnetNetworkACL, .networkACL: "network ACL"
    case .subnetRoutingTable, .routingTable: "routing table"
    case .acceptedRoutes: "accepted routes"
    case .advertisedRoutes: "advertised routes"
    case .ingress: "ingress"
    case .networkACLRule, .securityGroupRule: "rule"
    case .networkACLOrder: "order of the rules"
    case .securityGroup: "security group"
    case .workload: "workload"
    case .network: "network"
    case .clientSite: "client site"
    }
  }
}
