// The code of the article "The model", to be compiled. A test compares it with the article.
import ClientVPN
import Forwarding
import Linting
import SourceText

func readModel(_ bytes: [UInt8]) -> [ReportedFinding] {
  let network = ModelFile(SourceFile(name: "network.yaml", bytes: bytes))
  guard !network.report.isFailing else { return network.report.findings }
  let model = network.analyses[0].model
  for server in model.servers {
    print(server.name.value, server.mode, server.routes?.elements.count ?? 0)
  }
  return []
}

func showPlaces(_ network: ModelFile, _ model: Model) {
  let lines = LineIndex(network.file)
  for subnet in model.vpc.subnets.elements {
    let place = lines.position(subnet.block.span.start)
    print("\(place.line):\(place.column) \(subnet.name.value) \(subnet.block.value)")
  }
}

func showUsable(_ subnet: Subnet, _ model: Model) {
  let usable = model.provider.usableAddresses(of: subnet.block.value)
  print(usable?.first ?? "none")
}
