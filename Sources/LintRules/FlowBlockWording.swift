import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A finding about something in the VPC that stops flows of clients.
struct FlowBlockFinding {
  let block: FlowBlock
  let server: ServerAnalysis
  let model: Model
  /// What the same stops for clients of other servers.
  var others: [FlowBlock.Victim] = []

  /// What is not reached: "tcp/443 and icmp of workload `web`, subnet `db` and the destination of route 10.0.0.0/8".
  var victims: String {
    var items: [(what: String, flows: [String])] = []
    var numbers: [String: Int] = [:]
    var told: [Set<String>] = []
    for victim in block.victims + others {
      guard let (what, flow) = words(victim) else { continue }
      let index = numbers[what] ?? items.count
      if index == items.count {
        numbers[what] = index
        items.append((what, []))
        told.append([])
      }
      if let flow, told[index].insert(flow).inserted { items[index].flows.append(flow) }
    }
    let sentences = items.map { item in
      if item.flows.isEmpty { return item.what }
      let flows = Words.list(item.flows, limit: 3)
      return item.what.hasPrefix("workload") ? "\(flows) of \(item.what)" : "\(item.what) on \(flows)"
    }
    return Words.list(sentences + destinations, limit: 3)
  }

  /// Destinations of routes to which nothing passes.
  private var destinations: [String] {
    let routes = block.routes.map { server.table.routes[$0].inWords }
    if routes.isEmpty { return [] }
    return ["the destination\(routes.count == 1 ? "" : "s") of \(Words.list(routes, limit: 3))"]
  }

  /// The client's end of the packets: "client pool 172.16.0.0/20", or the server's subnets.
  var clients: String {
    if block.action == .deliver {
      return server.server.clientPool.map { "the client pool \($0.value.canonical)" } ?? "the client pool"
    }
    let blocks = (server.server.subnets?.elements ?? []).compactMap(\.index).map {
      model.vpc.subnets.elements[$0].block.value.canonical.description
    }
    return "the server's subnet\(blocks.count == 1 ? "" : "s") \(Words.list(blocks))"
  }

  /// Names, paths and places of what holds the rules.
  var holders: [(name: String, path: String, span: Span)] {
    switch block.holder {
    case .acl(let index)?:
      guard let acl = model.vpc.networkACLs?.elements[index] else { return [] }
      return [(acl.name.value, acl.path, acl.name.span)]
    case .groups(let groups)?:
      return groups.compactMap { model.vpc.securityGroups?.elements[$0] }.map {
        ($0.name.value, $0.path, $0.name.span)
      }
    case .unknown?, nil: return []
    }
  }

  /// What holds the rules, in words: "security groups `web` and `admin`".
  var holder: String {
    if holders.count < 2 { return holders.first.map { "\(kind) `\($0.name)`" } ?? "no \(kind)" }
    return "\(kind)s \(Words.list(holders.map { "`\($0.name)`" }))"
  }

  private var kind: String { if case .acl? = block.holder { "network ACL" } else { "security group" } }

  /// A verb that tells what these do, for one of them and for several.
  func verb(_ one: String, _ several: String) -> String { holders.count > 1 ? several : one }

  /// Whether packets are stopped for want of any security group.
  var isWithoutGroup: Bool { block.holder == .groups([]) }

  /// What to say of a workload without a security group; nil if packets are stopped by a group.
  var withoutGroup: String? {
    guard isWithoutGroup else { return nil }
    let owner = workload.map { "workload `\($0.name.value)`" } ?? "the workload at \(block.witness)"
    return "\(owner) has no security group, so clients do not reach \(victims)"
  }

  /// The workload that the packet goes to; nil if it is none.
  var workload: Workload? { model.vpc.workloads?.elements.first { $0.address?.value == block.witness } }

  /// Path of what holds the rules.
  var path: String {
    if !holders.isEmpty { return holders.map(\.path).joined(separator: "+") }
    // The server's own want of a group stops the tunnel first.
    guard block.stage == .workloadSecurityGroup, let workload else { return "\(server.server.path)/tunnel" }
    return "vpc/workloads/\(workload.name.value)"
  }

  /// The place to edit: the rule that denies, else what holds the rules.
  var place: Span {
    if let span = block.span ?? holders.first?.span { return span }
    guard block.stage == .workloadSecurityGroup, let workload else {
      return server.server.securityGroups?.key ?? server.server.name.span
    }
    return workload.securityGroups?.key ?? workload.name.span
  }

  /// The words at the place.
  var label: String {
    if isWithoutGroup { return "no security group" }
    if case .filterBlocks(_, _, _, byRule: true) = block.reason { return "this rule denies \(flow)" }
    return "no rule allows \(flow)"
  }

  /// The packet that shows it: "tcp/443 from 172.16.0.2 to 10.1.0.5".
  var flow: String {
    var client: IPv4Address?
    if case .filterBlocks(_, let address, _, _) = block.reason { client = address }
    let service = "\(block.transport.rawValue)\(block.port.map { "/\($0)" } ?? "")"
    return isReply
      ? "the answer to \(service)\(client.map { " of \($0)" } ?? "") from \(block.witness)"
      : "\(service)\(client.map { " from \($0)" } ?? "") to \(block.witness)"
  }

  /// Whether the answer is stopped.
  var isReply: Bool { block.stage.rawValue.hasPrefix("reply-") }

  /// The journey of the packet.
  var evidence: Evidence? {
    server.evidence(
      to: block.witness, in: model, transport: block.transport, port: block.port, workload: block.workload)
  }

  /// What is not reached, and the flow if a single one is meant. An expectation may say again what another victim says.
  private func words(_ victim: FlowBlock.Victim) -> (what: String, flow: String?)? {
    switch victim {
    case .subnet(let index): return (model.vpc.subnets.elements[index].inWords, nil)
    case .network(let index): return (model.networks?.elements[index]).map { ($0.inWords, nil) }
    case .service(let workload, let service):
      return (model.vpc.workloads?.elements[workload]).map { workload in
        ("workload `\(workload.name.value)`", workload.services?.elements[service].value.description)
      }
    case .expectation(let index):
      guard let expectation = model.expectations?.elements[index] else { return nil }
      switch expectation.target {
      case .subnet(let subnet)? where block.victims.contains(.subnet(subnet)): return nil
      case .network(let network)? where block.victims.contains(.network(network)): return nil
      case .workload(let workload)?:
        return (model.vpc.workloads?.elements[workload]).map { workload in
          ("workload `\(workload.name.value)`", expectation.flowInWords)
        }
      default: return ("`\(expectation.to.value)`", expectation.flowInWords)
      }
    }
  }

  /// Places of what is not reached.
  var labels: [(span: Span, text: String)] {
    (block.victims + others).prefix(4).compactMap { victim -> (span: Span, text: String)? in
      switch victim {
      case .subnet(let index):
        let subnet = model.vpc.subnets.elements[index]
        return (subnet.block.span, "\(subnet.inWords) is not reached")
      case .network(let index):
        return (model.networks?.elements[index]).map { ($0.name.span, "\($0.inWords) is not reached") }
      case .service(let workload, let service):
        return (model.vpc.workloads?.elements[workload].services?.elements[service]).map { ($0.span, "is not reached") }
      case .expectation(let index):
        return (model.expectations?.elements[index]).map { ($0.to.span, "is expected to be reached") }
      }
    }
      + block.routes.prefix(4).map { (server.table.routes[$0].destination.span, "nothing passes to this destination") }
  }
}

extension Analysis {
  /// What clients lose by a rule in which something is wrong at one of these places; nil if nothing.
  func lostInWords(by places: Span?...) -> String? {
    var lost: [String] = []
    for server in servers {
      for span in places.compactMap(\.self) {
        if server.tunnelFilters?.blocks.contains(where: { $0.slip == span }) ?? false {
          lost.append("no client connects to \(server.server.inWords)")
        }
        for block in server.flowBlocks(bySlipAt: span) {
          let found = FlowBlockFinding(block: block, server: server, model: model)
          lost.append("clients of \(server.server.inWords) do not reach \(found.victims)")
        }
      }
    }
    return lost.isEmpty ? nil : "as it is written, \(Words.list(lost, limit: 2))"
  }
}

extension Rule {
  /// A finding of this rule about something that stops flows.
  static func finding(_ message: String, _ found: FlowBlockFinding, help: String...) -> Finding {
    var result = finding(
      message,
      Cause(
        found.path,
        "\(found.server.server.name.value)/\(found.block.stage.rawValue)/\(found.block.action.rawValue)"),
      at: found.place, found.label)
    for label in found.labels { result = result.label(label.span, label.text) }
    for sentence in help { result = result.help(sentence) }
    result = result.note("for clients of \(found.server.server.inWords), whose packets come from \(found.clients)")
    return result.evidence(found.evidence)
  }
}
