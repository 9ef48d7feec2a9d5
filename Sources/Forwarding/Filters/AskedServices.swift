import ClientVPN
import IPv4Space

extension ServiceSet {
  /// A service of a workload.
  init(_ service: Service) { self.init(service.transport, port: service.port) }

  /// Flows by a protocol to a port; to any port if none is given.
  init(_ transport: TransportProtocol, port: UInt16?) {
    let ports = port.map { $0...$0 } ?? 1...0xFFFF
    self =
      switch transport {
      case .icmp: .icmpEcho
      case .tcp: .tcp(ports)
      case .udp: .udp(ports)
      }
  }
}
