import IPv4Space
import TestSupport
import Testing

/// Sets of protocols and ports.
struct ServiceSetTests {
  @Test func portsOfProtocols() {
    let set = ServiceSet.tcp(80...443).union(.tcp(8080...8080)).union(.udp(53...53)).union(.icmpEcho)
    #expect(set.ports(of: .tcp) == [80...443, 8080...8080] && set.ports(of: .udp) == [53...53])
    #expect(set.ports(of: .icmp).isEmpty)
  }

  @Test(arguments: [
    (ServiceSet.tcp(443...443), "tcp/443"), (.udp(1...1024), "udp/1-1024"), (.icmpEcho, "icmp"),
    (.tcp(443...443).union(.icmpEcho), "tcp/443 and icmp"), (.everything, "everything"), (.empty, "nothing"),
    (.tcp(1...65535).union(.udp(53...53)), "tcp and udp/53"), (.protocolNumber(47), "protocol 47"),
    (.icmp(type: 3, code: 1), "icmp type 3"),
  ])
  func words(set: ServiceSet, words: String) { #expect(set.description == words) }

  @Test func membership() {
    let set = ServiceSet.tcp(80...443).union(.udp(53...53)).union(.icmp(type: 8, code: nil)).union(.protocolNumber(255))
    #expect(set.contains(protocol: 6, slot: 80) && set.contains(protocol: 6, slot: 443))
    #expect(!set.contains(protocol: 6, slot: 444) && !set.contains(protocol: 17, slot: 80))
    #expect(set.contains(protocol: 17, slot: 53) && set.contains(protocol: 1, slot: 8 << 8 | 255))
    #expect(!set.contains(protocol: 1, slot: 9 << 8) && set.contains(protocol: 255, slot: 65535))
    #expect(ServiceSet.icmpTCPUDP.isSuperset(of: .tcp(0...65535)) && !ServiceSet.icmpTCPUDP.isSuperset(of: set))
  }

  private static func random(_ generator: inout SplitMix64) -> ServiceSet {
    var set = ServiceSet.empty
    for _ in 0..<generator.below(5) {
      let first = UInt16(generator.below(40))
      let ports = first...(first + UInt16(generator.below(20)))
      switch generator.below(4) {
      case 0: set = set.union(.tcp(ports))
      case 1: set = set.union(.udp(ports))
      case 2: set = set.union(.icmp(type: UInt8(generator.below(4)), code: generator.oneIn(2) ? nil : 1))
      default: set = set.union(.protocolNumber(UInt8(generator.below(256))))
      }
    }
    return generator.oneIn(6) ? set.complement : set
  }

  /// The laws of set algebra, and membership of single services.
  @Test(arguments: [UInt64(1), 2, 3])
  func laws(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<700 {
      let (a, b, c) = (Self.random(&generator), Self.random(&generator), Self.random(&generator))
      #expect(a.union(b) == b.union(a) && a.intersection(b) == b.intersection(a), "seed \(seed)")
      #expect(a.union(b).union(c) == a.union(b.union(c)), "seed \(seed)")
      #expect(a.intersection(b.union(c)) == a.intersection(b).union(a.intersection(c)), "seed \(seed)")
      #expect(a.union(b).complement == a.complement.intersection(b.complement), "seed \(seed)")
      #expect(a.complement.complement == a && a.subtracting(b) == a.intersection(b.complement), "seed \(seed)")
      #expect(a.union(a.intersection(b)) == a && a.union(b).isSuperset(of: a), "seed \(seed)")
      let number = [UInt8(1), 6, 17, 47][generator.below(4)]
      let slot = UInt16(generator.below(70))
      let (inA, inB) = (a.contains(protocol: number, slot: slot), b.contains(protocol: number, slot: slot))
      #expect(a.union(b).contains(protocol: number, slot: slot) == (inA || inB), "seed \(seed)")
      #expect(a.intersection(b).contains(protocol: number, slot: slot) == (inA && inB), "seed \(seed)")
      #expect(a.subtracting(b).contains(protocol: number, slot: slot) == (inA && !inB), "seed \(seed)")
    }
  }
}

/// Sets of services as bits.
struct ServiceClassesTests {
  private static func random(_ generator: inout SplitMix64) -> ServiceSet {
    (0..<generator.below(4)).reduce(.empty) { set, _ in
      let first = UInt16(generator.below(60))
      let ports = first...(first + UInt16(generator.below(20)))
      return set.union(generator.oneIn(4) ? .icmpEcho : generator.oneIn(2) ? .tcp(ports) : .udp(ports))
    }
  }

  /// Bits stand for the sets they are made of, and bit by bit they do what the sets do.
  @Test(arguments: [UInt64(1), 2, 3])
  func bitsStandForSets(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let whole = generator.oneIn(2) ? .icmpTCPUDP : Self.random(&generator)
      let sets = (0..<3).map { _ in Self.random(&generator) }
      let classes = ServiceClasses(of: whole, dividedBy: sets)
      let bits = sets.map(classes.bits)
      for (set, bits) in zip(sets, bits) {
        #expect(classes.services(of: bits) == set.intersection(whole), "seed \(seed)")
      }
      let (both, without) = (zip(bits[0], bits[1]).map { $0 & $1 }, zip(bits[0], bits[1]).map { $0 & ~$1 })
      #expect(classes.services(of: both) == sets[0].intersection(sets[1]).intersection(whole), "seed \(seed)")
      #expect(classes.services(of: without) == sets[0].subtracting(sets[1]).intersection(whole), "seed \(seed)")
      #expect(both.count == classes.wordCount)
    }
  }

  @Test func portsOfProtocols() {
    let set = ServiceSet.tcp(80...90).union(.tcp(443...443)).union(.udp(1...65535)).union(.icmpEcho)
    #expect(set.ports(of: .tcp) == [80...90, 443...443] && set.ports(of: .udp) == [1...65535])
    #expect(set.ports(of: .icmp).isEmpty)
  }
}
