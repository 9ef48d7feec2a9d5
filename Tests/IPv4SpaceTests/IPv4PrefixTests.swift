import IPv4Space
import TestSupport
import Testing

/// Networks and ranges: bounds, counts, and which lies in which.
struct IPv4PrefixTests {
  @Test func boundsAndCounts() {
    let prefix = IPv4Prefix(IPv4Address(10, 1, 2, 3), length: 20)
    #expect(prefix.first == IPv4Address(10, 1, 0, 0))
    #expect(prefix.last == IPv4Address(10, 1, 15, 255))
    #expect(prefix.mask == 0xFFFF_F000)
    #expect(prefix.count == 4096 && prefix.range.count == 4096)
    #expect(prefix.hasHostBits && !prefix.canonical.hasHostBits)
    #expect(prefix.canonical.description == "10.1.0.0/20")
  }

  @Test func wholeSpaceAndSingleAddress() {
    let all = IPv4Prefix(IPv4Address(10, 1, 2, 3), length: 0)
    #expect(all.first.bits == 0 && all.last.bits == .max && all.mask == 0 && all.count == 1 << 32)
    #expect(all.range == .everything && all.range.count == 1 << 32)
    let one = IPv4Prefix(IPv4Address(bits: .max), length: 32)
    #expect(one.first == one.last && one.count == 1 && !one.hasHostBits)
    #expect(IPv4Prefix(IPv4Address(bits: 0), length: 40).length == 32)
  }

  @Test func descriptions() {
    #expect(IPv4Address(192, 168, 0, 1).description == "192.168.0.1")
    #expect(IPv4Range(IPv4Address(10, 0, 0, 1), IPv4Address(10, 0, 0, 9)).description == "10.0.0.1–10.0.0.9")
    #expect(IPv4Range(IPv4Address(10, 0, 0, 1), IPv4Address(10, 0, 0, 1)).description == "10.0.0.1")
  }

  /// Containment of networks is containment of their ranges, and two that overlap nest.
  @Test(arguments: 1...4)
  func nestingAgreesWithRanges(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let prefixes = RandomPrefixes.dense(100, &generator)
    for left in prefixes {
      let wrong = prefixes.filter { right in
        left.contains(right) != left.range.contains(right.range)
          || left.overlaps(right) != left.range.overlaps(right.range)
          || left.contains(right.address) != left.range.contains(right.address)
          || (left.range.intersection(right.range) != nil) != left.overlaps(right)
      }
      #expect(wrong.isEmpty, "seed \(seed): \(left)")
    }
  }

  @Test func intersectionOfRanges() {
    let low = IPv4Range(IPv4Address(bits: 0), IPv4Address(bits: 9))
    let high = IPv4Range(IPv4Address(bits: 9), IPv4Address(bits: .max))
    #expect(low.intersection(high) == IPv4Range(IPv4Address(bits: 9), IPv4Address(bits: 9)))
    #expect(low.intersection(IPv4Range(IPv4Address(bits: 10), IPv4Address(bits: 11))) == nil)
    #expect(low.extent == 0...9)
  }
}
