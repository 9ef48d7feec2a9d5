import Forwarding
import IPv4Space
import SourceText
import TestSupport
import Testing

/// Verdicts come from sets, traces from one rule after the other: both must say the same.
struct FlowConsistencyTests {
  private static let flows: [(TransportProtocol, UInt16?)] = [
    (.icmp, nil), (.tcp, 443), (.tcp, 22), (.udp, 53), (.tcp, 33000), (.udp, 65535),
  ]

  @Test(arguments: Effort.part(of: [1, 2, 3, 4, UInt64.random(in: 5...1_000_000)]))
  func tracesEndAsTheSetsSay(seed: UInt64) throws {
    var random = RandomFilters(seed: seed)
    var seen: [Outcome: Int] = [:]
    for number in 0..<120 {
      let text = random.model().text
      let analysis = try analysis(text)
      let server = analysis.servers[0]
      for address in Self.addresses {
        for (transport, port) in Self.flows {
          let trace = server.trace(to: address, in: analysis.model, transport: transport, port: port)
          seen[trace.outcome, default: 0] += 1
          let fault = fault(of: trace)
          #expect(
            fault == nil,
            "seed \(seed), model \(number): \(address) \(transport) \(port ?? 0) \(fault ?? "")\n\(trace.steps.map { "\($0.stage) \($0.result)" })\n\(text)"
          )
          if fault != nil { return }
        }
      }
    }
    for outcome in [Outcome.reachable, .requestBlocked, .replyBlocked, .noReturnPath, .undetermined] {
      #expect(seen[outcome, default: 0] > 3, "\(outcome) hardly ever occurs")
    }
  }

  private static let addresses: [IPv4Address] =
    (0..<4).flatMap { subnet in
      stride(from: UInt8(4), to: 15, by: 2).map { IPv4Address(10, 0, UInt8(subnet), $0) }
    } + [IPv4Address(10, 9, 0, 4), IPv4Address(10, 9, 0, 200)]

  /// How the stages of a trace contradict its outcome.
  private func fault(of trace: Trace) -> String? {
    let stop = trace.steps.first { $0.result == .stop }
    let isUnknown = trace.steps.contains { $0.result == .unknown }
    switch trace.outcome {
    case .reachable: return stop == nil && !isUnknown ? nil : "is reachable and stops"
    case .undetermined:
      return stop == nil && isUnknown ? nil : "is undetermined and \(stop == nil ? "all is known" : "stops")"
    case .requestBlocked:
      let stages: [Stage] = [.serverSecurityGroup, .serverACL, .vpcRoute, .workloadACL, .workloadSecurityGroup]
      return stop.map { stages.contains($0.stage) } ?? false ? nil : "the request is blocked nowhere"
    case .replyBlocked:
      return stop?.stage == .replyWorkloadACL || stop?.stage == .replyServerACL ? nil : "the reply is blocked nowhere"
    case .noReturnPath: return stop?.stage == .replyRoute ? nil : "no route leads the reply away"
    default: return nil
    }
  }
}
