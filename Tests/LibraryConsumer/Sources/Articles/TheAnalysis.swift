// The code of the article "The analysis", to be compiled. A test compares it with the article.
import ClientVPN
import Forwarding
import IPv4Space
import Linting

func analyse(_ model: Model) {
  let analysis = Analysis(model)
  for server in analysis.servers {
    print(server.fates[IPv4Address(10, 1, 0, 4)].outcome)
  }
}

func showVerdicts(_ server: ServerAnalysis, _ model: Model) {
  for verdict in server.subnets where verdict.verdict != .reachable {
    print(model.vpc.subnets.elements[verdict.subnet].name.value, verdict.verdict, verdict.outcome)
  }
}

func showRanges(_ server: ServerAnalysis) {
  let lost = server.fates.addresses { $0.outcome == .noServerRoute }
  print(lost.ranges.count)

  let subnet = IPv4Range(IPv4Address(10, 1, 0, 0), IPv4Address(10, 1, 0, 255))
  server.fates.forEach(in: subnet) { range, fate in
    print(range.first, range.last, fate.outcome)
    return true
  }
}

func follow(_ network: ModelFile) throws {
  let https = JourneyReport.Destination(IPv4Address(10, 1, 0, 4), port: 443, transport: .tcp)
  for journey in try JourneyReport.all(network, to: [https], server: "client-vpn") {
    for step in journey.evidence.steps { print(step.stage, step.result, step.because) }
  }
}
