/// The protocols that a client's flow can have.
public enum TransportProtocol: String, Sendable, CaseIterable {
  case icmp, tcp, udp
}
