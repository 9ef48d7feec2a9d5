import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A finding about something in the VPC that stops flows of clients.
struct FlowBlockFinding {
  let block: FlowBlock
  let server: ServerAnalysis
  let model: Model

  /// What is not reached: "tcp/443 and icmp of workload `web`, and subnet `db`".
  var victims: String {
    var services: [Int: [String]] = [:]
    var items: [(workload: Int?, text: String)] = []
    for victim in block.victims {
      if case .service(let workload, let service) = victim {
        let value = model.vpc.workloads?.elements[workload].services?.elements[service].value
        services[workload, default: []].append(value?.description ?? "")
        if !items.contains(where: { $0.workload == workload }) { items.append((workload, "")) }
      } else if let text = words(victim) {
        items.append((nil, text))
      }
    }
    return Words.list(
      items.map { item in
        guard let workload = item.workload, let owner = model.vpc.workloads?.elements[workload] else {
          return item.text
        }
        return "\(Words.list(services[workload] ?? [], limit: 3)) of workload `\(owner.name.value)`"
      }, limit: 2)
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

  /// Names and places of what holds the rules.
  var holders: [(name: String, path: String, span: Span)] {
    switch block.holder {
    case .acl(let index)?:
      guard let acl = model.vpc.networkACLs?.elements[index] else { return [] }
      return [("network ACL `\(acl.name.value)`", "vpc/network_acls/\(acl.name.value)", acl.name.span)]
    case .groups(let groups)?:
      return groups.compactMap { model.vpc.securityGroups?.elements[$0] }.map {
        ("security group `\($0.name.value)`", "vpc/security_groups/\($0.name.value)", $0.name.span)
      }
    case .unknown?, nil: return []
    }
  }

  /// What holds the rules, in words.
  var holder: String { holders.isEmpty ? "no security group" : Words.list(holders.map(\.name)) }

  /// Path of what holds the rules.
  var path: String { holders.map(\.path).joined(separator: "+") }

  /// The place to edit: the rule that denies, else what holds the rules.
  var place: Span { block.span ?? holders.first?.span ?? server.server.name.span }

  /// The words at the place.
  var label: String {
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

  private func words(_ victim: FlowBlock.Victim) -> String? {
    switch victim {
    case .subnet(let index): return model.vpc.subnets.elements[index].inWords
    case .network(let index): return model.networks?.elements[index].inWords
    case .service: return nil
    case .expectation(let index):
      return model.expectations?.elements[index].to.value.description
    }
  }

  /// Places of what is not reached.
  var labels: [(span: Span, text: String)] {
    block.victims.prefix(4).compactMap { victim in
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
  }
}

extension Rule {
  /// A finding of this rule about something that stops flows.
  static func finding(_ message: String, _ found: FlowBlockFinding, help: String...) -> Finding {
    var result = finding(
      message,
      Cause(
        found.path.isEmpty ? found.server.server.path : found.path,
        "\(found.server.server.name.value)/\(found.block.stage.rawValue)/\(found.block.action.rawValue)"),
      at: found.place, found.label)
    for label in found.labels { result = result.label(label.span, label.text) }
    for sentence in help { result = result.help(sentence) }
    result = result.note("for clients of \(found.server.server.inWords), whose packets come from \(found.clients)")
    return result.evidence(found.evidence)
  }
}
