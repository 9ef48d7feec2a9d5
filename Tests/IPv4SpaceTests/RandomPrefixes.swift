import IPv4Space
import TestSupport

/// Lists of prefixes that meet each other in every way.
enum RandomPrefixes {
  /// Many in few addresses: deep nests, equal ones, neighbours, host bits.
  static func dense(_ count: Int, _ generator: inout SplitMix64) -> [IPv4Prefix] {
    (0..<count).map { _ in
      IPv4Prefix(
        IPv4Address(bits: 0x0A00_0000 | UInt32(generator.below(1024))), length: UInt8(20 + generator.below(13)))
    }
  }

  /// All lengths, all over the space.
  static func sparse(_ count: Int, _ generator: inout SplitMix64) -> [IPv4Prefix] {
    (0..<count).map { _ in
      IPv4Prefix(
        IPv4Address(bits: UInt32.random(in: 0...(.max), using: &generator)), length: UInt8(generator.below(33)))
    }
  }

  /// At both ends of the space, where sums overflow.
  static func edges(_ count: Int, _ generator: inout SplitMix64) -> [IPv4Prefix] {
    (0..<count).map { _ in
      let near = UInt32(generator.below(9))
      return IPv4Prefix(
        IPv4Address(bits: generator.oneIn(2) ? near : .max - near),
        length: UInt8(generator.oneIn(4) ? generator.below(33) : 27 + generator.below(6)))
    }
  }

  /// A list of one of these kinds, or a bit of each.
  static func any(_ generator: inout SplitMix64) -> [IPv4Prefix] {
    let count = generator.below(40)
    switch generator.below(4) {
    case 0: return dense(count, &generator)
    case 1: return sparse(count, &generator)
    case 2: return edges(count, &generator)
    default:
      let all = dense(count, &generator) + sparse(count / 2, &generator) + edges(count / 2, &generator)
      return all.shuffled(using: &generator)
    }
  }

  /// The addresses where something can change: both ends of each prefix and their neighbours, and a few others.
  static func probes(_ prefixes: [IPv4Prefix], _ generator: inout SplitMix64) -> [IPv4Address] {
    var bits: Set<UInt32> = [0, .max, UInt32.random(in: 0...(.max), using: &generator)]
    for prefix in prefixes {
      bits.formUnion([
        prefix.first.bits, prefix.first.bits &- 1, prefix.last.bits, prefix.last.bits &+ 1, prefix.address.bits,
      ])
    }
    return bits.sorted().map(IPv4Address.init(bits:))
  }
}
