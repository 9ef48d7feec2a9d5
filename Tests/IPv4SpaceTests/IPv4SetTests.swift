import IPv4Space
import TestSupport
import Testing

/// The algebra of sets, against a set of 64 blocks that is a list of flags.
struct IPv4SetTests {
  /// A set both ways. A block is 2^26 addresses, so that 64 of them are the whole space and both of its ends count.
  private struct Pair {
    static let blocks = 64
    let flags: [Bool]
    let set: IPv4Set

    /// The union of a few stretches of blocks, in any order, touching and overlapping.
    init(_ generator: inout SplitMix64) {
      var flags = Array(repeating: false, count: Self.blocks)
      var ranges: [IPv4Range] = []
      for _ in 0..<generator.below(7) {
        let first = generator.below(Self.blocks)
        let last = min(Self.blocks - 1, first + generator.below(generator.oneIn(3) ? 40 : 6))
        for block in first...last { flags[block] = true }
        ranges.append(IPv4Range(Self.first(of: first), Self.last(of: last)))
      }
      self.flags = flags
      set = IPv4Set(ranges)
    }

    static func first(of block: Int) -> IPv4Address { IPv4Address(bits: UInt32(block) << 26) }
    static func last(of block: Int) -> IPv4Address { IPv4Address(bits: UInt32(block) << 26 | 0x03FF_FFFF) }
  }

  private static let seeds = Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))]

  @Test(arguments: seeds)
  func operationsAgreeWithFlags(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<60 {
      let (left, right) = (Pair(&generator), Pair(&generator))
      Self.expect(left.set, left.flags, seed)
      Self.expect(left.set.union(right.set), zip(left.flags, right.flags).map { $0 || $1 }, seed)
      Self.expect(left.set.intersection(right.set), zip(left.flags, right.flags).map { $0 && $1 }, seed)
      Self.expect(left.set.subtracting(right.set), zip(left.flags, right.flags).map { $0 && !$1 }, seed)
      Self.expect(left.set.complement, left.flags.map { !$0 }, seed)
      #expect(
        left.set.isSuperset(of: right.set) == zip(left.flags, right.flags).allSatisfy { $0 || !$1 }, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func lawsHold(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let (a, b, c) = (Self.set(&generator), Self.set(&generator), Self.set(&generator))
      #expect(a.complement.complement == a, "seed \(seed)")
      #expect(a.union(b).complement == a.complement.intersection(b.complement), "seed \(seed)")
      #expect(a.intersection(b).complement == a.complement.union(b.complement), "seed \(seed)")
      #expect(a.union(b) == b.union(a) && a.intersection(b) == b.intersection(a), "seed \(seed)")
      #expect(a.union(b).union(c) == a.union(b.union(c)), "seed \(seed)")
      #expect(a.intersection(b.union(c)) == a.intersection(b).union(a.intersection(c)), "seed \(seed)")
      #expect(a.union(a.intersection(b)) == a && a.intersection(a.union(b)) == a, "seed \(seed)")
      #expect(a.subtracting(b).union(a.intersection(b)) == a, "seed \(seed)")
      #expect(a.intersection(a.complement) == .empty && a.union(a.complement) == .everything, "seed \(seed)")
      #expect(a.count + b.count == a.union(b).count + a.intersection(b).count, "seed \(seed)")
      #expect(a.count + a.complement.count == 1 << 32, "seed \(seed)")
      #expect(a.union(b).isSuperset(of: a) && a.isSuperset(of: a.intersection(b)), "seed \(seed)")
    }
  }

  /// Sets of prefixes with edges at single addresses, where blocks never come.
  @Test(arguments: seeds)
  func membershipOfPrefixes(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<60 {
      let prefixes = RandomPrefixes.any(&generator)
      let set = IPv4Set(prefixes)
      Self.expectCanonical(set, seed)
      let wrong = RandomPrefixes.probes(prefixes, &generator).filter { address in
        set.contains(address) != prefixes.contains { $0.contains(address) }
      }
      #expect(wrong.isEmpty, "seed \(seed)")
      let wrongRanges = RandomPrefixes.any(&generator).map(\.range).filter { range in
        set.overlaps(range) != prefixes.contains { $0.range.overlaps(range) }
          || set.contains(range) != IPv4Set(range).subtracting(set).isEmpty
      }
      #expect(wrongRanges.isEmpty, "seed \(seed)")
    }
  }

  @Test func bounds() {
    #expect(IPv4Set.empty.isEmpty && IPv4Set.empty.count == 0)
    #expect(IPv4Set.everything.count == 1 << 32)
    #expect(IPv4Set.everything.complement == .empty && IPv4Set.empty.complement == .everything)
    #expect(IPv4Set([IPv4Range]()) == .empty)
    #expect(IPv4Set(IPv4Prefix(IPv4Address(10, 0, 0, 7), length: 24)).count == 256)
    // Two halves are the whole, however they are given.
    let low = IPv4Prefix(IPv4Address(bits: 0), length: 1)
    let high = IPv4Prefix(IPv4Address(bits: .max), length: 1)
    #expect(IPv4Set([high, low]) == .everything)
    #expect(IPv4Set(low).complement == IPv4Set(high))
    // Nothing comes after the last address.
    let last = IPv4Range(IPv4Address(bits: .max), IPv4Address(bits: .max))
    #expect(IPv4Set([last, last, .everything]) == .everything)
    #expect(IPv4Set(last).complement.count == (1 << 32) - 1)
  }

  private static func set(_ generator: inout SplitMix64) -> IPv4Set {
    generator.oneIn(2) ? Pair(&generator).set : IPv4Set(RandomPrefixes.any(&generator))
  }

  private static func expect(_ set: IPv4Set, _ flags: [Bool], _ seed: UInt64) {
    expectCanonical(set, seed)
    #expect(set.count == UInt64(flags.count { $0 }) << 26, "seed \(seed)")
    let wrong = flags.indices.filter { block in
      let range = IPv4Range(Pair.first(of: block), Pair.last(of: block))
      let answers = [set.contains(range.first), set.contains(range.last), set.contains(range), set.overlaps(range)]
      return answers != Array(repeating: flags[block], count: 4)
    }
    #expect(wrong.isEmpty, "seed \(seed)")
  }

  /// Ascending, and with a gap between any two.
  private static func expectCanonical(_ set: IPv4Set, _ seed: UInt64) {
    let isCanonical = zip(set.ranges, set.ranges.dropFirst()).allSatisfy { left, right in
      UInt64(left.last.bits) + 1 < UInt64(right.first.bits)
    }
    #expect(isCanonical, "seed \(seed): \(set.ranges)")
  }
}
