// The engine alone, on a network made in memory: as many /28 subnets as asked, a route to each.
//
//   EngineBench SUBNETS [model]
//
// With `model` it ends when the network is made: what the analysis costs is the difference between the two.

import ClientVPN
import Forwarding
import IPv4Space
import SourceText
import SourceTree

let smallest = """
  vpc: {subnets: [{name: s, ipv4_cidr_block: 10.0.0.0/28}]}
  vpn_servers:
    - name: v
      client_ip_pool: 192.168.252.0/22
      enable_split_tunneling: true
      routes: [{destination: 10.0.0.0/28}]
  """

/// The smallest network, with its subnet and its route written `count` times side by side from 10.0.0.0 on.
func network(of count: Int) -> Model? {
  let tree = SourceTree.read(SourceFile(name: "smallest.yaml", bytes: Array(smallest.utf8)))
  guard let document = tree.documents.first else { return nil }
  var model = Decoder.model(of: document, in: tree)
  guard let subnet = model.vpc.subnets.elements.first, let route = model.servers.first?.routes?.elements.first
  else { return nil }
  let blocks = (0..<UInt32(count)).map {
    Field(IPv4Prefix(IPv4Address(bits: 10 << 24 | $0 << 4), length: 28), subnet.block.span)
  }
  model.vpc.subnets.elements = blocks.map { block in
    var subnet = subnet
    subnet.block = block
    return subnet
  }
  model.servers[0].routes?.elements = blocks.map { block in
    var route = route
    route.destination = block
    return route
  }
  return model
}

let arguments = CommandLine.arguments.dropFirst()
let count = arguments.first.flatMap { Int($0) } ?? 0
if (1...1 << 20).contains(count), let model = network(of: count) {
  // The number printed tells that all of it was done.
  print(
    arguments.last == "model"
      ? model.vpc.subnets.elements.count : Analysis(model).servers[0].subnets.count { $0.verdict == .reachable })
} else {
  print("usage: EngineBench SUBNETS [model], 1 to \(1 << 20) subnets")
}
