import IPv4Space
import Linting
import SourceText

let text = """
  vpc:
    subnets:
      - {name: app, ipv4_cidr_block: 10.0.0.0/24}
      - {name: db, ipv4_cidr_block: 10.1.0.0/24}
  vpn_servers:
    - name: client-vpn
      client_ip_pool: 192.168.252.0/22
      enable_split_tunneling: true
      routes: [{destination: 10.0.0.0/24}]
  """
let file = SourceFile(name: "network.yaml", bytes: Array(text.utf8))

// What is wrong, and what clients reach.
let report = Linter().lint(file)
let lines = LineIndex(file)
for found in report.findings {
  let line = lines.position(found.finding.primary.span.start).line
  print("line \(line), \(found.finding.severity): \(found.finding.message)")
}
for server in report.servers {
  server.reach.forEachSubnet { print("\(server.name) -> \($0.name): \($0.verdict)") }
}

// Where one packet goes.
let https = JourneyReport.Destination(IPv4Address(10, 1, 0, 4), port: 443, transport: .tcp)
for journey in try JourneyReport.all(ModelFile(file), to: [https]) {
  let stages = journey.evidence.steps.map { "\($0.stage) \($0.result)" }
  print("\(journey.destination.address): \(journey.outcome) (\(stages.joined(separator: ", ")))")
}
