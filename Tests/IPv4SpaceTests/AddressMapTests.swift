import IPv4Space
import TestSupport
import Testing

/// The longest prefix, against looking through the whole list.
struct AddressMapTests {
  private typealias Entry = (prefix: IPv4Prefix, value: Int)
  private static let seeds = Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))]

  /// Few values, so that neighbours are often equal.
  private static func entries(_ generator: inout SplitMix64) -> [Entry] {
    RandomPrefixes.any(&generator).map { ($0, generator.below(4)) }
  }

  /// The value of the longest prefix with the address, of equal ones the last.
  private static func naive(_ entries: [Entry], _ address: IPv4Address) -> Int {
    var best: Entry?
    for entry in entries where entry.prefix.contains(address) {
      if best.map({ $0.prefix.length <= entry.prefix.length }) ?? true { best = entry }
    }
    return best?.value ?? -1
  }

  @Test(arguments: seeds)
  func longestPrefixWins(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let entries = Self.entries(&generator)
      let map = AddressMap(longestPrefix: entries, otherwise: -1)
      Self.expectCanonical(map, seed)
      let wrong = RandomPrefixes.probes(entries.map(\.prefix), &generator).filter { map[$0] != Self.naive(entries, $0) }
      #expect(wrong.isEmpty, "seed \(seed): \(entries)")
    }
  }

  @Test func examples() {
    let map = AddressMap(
      longestPrefix: [
        (IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8), "wide"),
        (IPv4Prefix(IPv4Address(10, 1, 0, 0), length: 16), "first"),
        (IPv4Prefix(IPv4Address(10, 1, 0, 9), length: 16), "last"),
        (IPv4Prefix(IPv4Address(10, 1, 2, 3), length: 32), "host"),
      ], otherwise: "none")
    #expect(map[IPv4Address(9, 255, 255, 255)] == "none")
    #expect(map[IPv4Address(10, 0, 255, 255)] == "wide")
    #expect(map[IPv4Address(10, 1, 2, 2)] == "last")
    #expect(map[IPv4Address(10, 1, 2, 3)] == "host")
    #expect(map[IPv4Address(10, 1, 2, 4)] == "last")
    #expect(map[IPv4Address(10, 2, 0, 0)] == "wide")
    #expect(map[IPv4Address(11, 0, 0, 0)] == "none")
    #expect(map.values == ["none", "wide", "last", "host", "last", "wide", "none"])
  }

  @Test func wholeSpaceAndItsEnds() {
    let everything = IPv4Prefix(IPv4Address(bits: 0), length: 0)
    #expect(AddressMap(longestPrefix: [(everything, 1)], otherwise: 0).values == [1])
    #expect(AddressMap(longestPrefix: [(everything, 1), (everything, 2)], otherwise: 0).values == [2])
    #expect(AddressMap(longestPrefix: [(prefix: IPv4Prefix, value: Int)](), otherwise: 7).values == [7])
    let ends = AddressMap(
      longestPrefix: [
        (IPv4Prefix(IPv4Address(bits: 0), length: 32), 1), (IPv4Prefix(IPv4Address(bits: .max), length: 32), 2),
      ],
      otherwise: 0)
    #expect(ends.starts.map(\.bits) == [0, 1, .max] && ends.values == [1, 0, 2])
    // A prefix with the value around it changes nothing.
    #expect(
      AddressMap(longestPrefix: [(IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8), 0)], otherwise: 0).values == [0])
  }

  @Test(arguments: seeds)
  func stretchesCoverTheRange(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let entries = Self.entries(&generator)
      let map = AddressMap(longestPrefix: entries, otherwise: -1)
      let wrong = ([IPv4Range.everything] + RandomPrefixes.any(&generator).map(\.range)).filter { range in
        !Self.isCovered(range, by: map)
      }
      #expect(wrong.isEmpty, "seed \(seed): \(entries)")
    }
  }

  /// Whether the stretches of a range lie side by side from its beginning to its end, each with its own value.
  private static func isCovered(_ range: IPv4Range, by map: AddressMap<Int>) -> Bool {
    var stretches: [(range: IPv4Range, value: Int)] = []
    map.forEach(in: range) { stretch, value in
      stretches.append((stretch, value))
      return true
    }
    let meet = zip(stretches, stretches.dropFirst()).allSatisfy { left, right in
      left.range.last.bits + 1 == right.range.first.bits && left.value != right.value
    }
    let agree = stretches.allSatisfy { map[$0.range.first] == $0.value && map[$0.range.last] == $0.value }
    let allAgree = (-1...3).allSatisfy { wanted in
      map.allSatisfy(in: range) { $0 == wanted } == stretches.allSatisfy { $0.value == wanted }
    }
    return stretches.first?.range.first == range.first && stretches.last?.range.last == range.last && meet && agree
      && allAgree
  }

  @Test func forEachEndsWhenTold() {
    let map = AddressMap(longestPrefix: [(IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8), 1)], otherwise: 0)
    var calls = 0
    map.forEach(in: .everything) { _, _ in
      calls += 1
      return calls < 2
    }
    #expect(calls == 2)
  }

  @Test(arguments: seeds)
  func zippedIsBothAtOnce(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let (left, right) = (Self.entries(&generator), Self.entries(&generator))
      let map = AddressMap(longestPrefix: left, otherwise: -1)
      let other = AddressMap(longestPrefix: right, otherwise: -1)
      let sums = map.zipped(with: other, +)
      Self.expectCanonical(sums, seed)
      let wrong = RandomPrefixes.probes((left + right).map(\.prefix), &generator).filter { address in
        sums[address] != map[address] + other[address]
      }
      #expect(wrong.isEmpty, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func mappedJoinsEqualNeighbours(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let entries = Self.entries(&generator)
      let map = AddressMap(longestPrefix: entries, otherwise: -1)
      let parity = map.mapped { $0.isMultiple(of: 2) }
      Self.expectCanonical(parity, seed)
      let wrong = RandomPrefixes.probes(entries.map(\.prefix), &generator).filter { address in
        parity[address] != map[address].isMultiple(of: 2)
      }
      #expect(wrong.isEmpty, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func setsAndMapsAreTheSame(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<60 {
      let set = IPv4Set(RandomPrefixes.any(&generator))
      let map = AddressMap(set)
      Self.expectCanonical(map, seed)
      #expect(map.addresses { $0 } == set, "seed \(seed)")
      #expect(map.addresses { !$0 } == set.complement, "seed \(seed)")
    }
    #expect(AddressMap(IPv4Set.everything).values == [true])
    #expect(AddressMap(IPv4Set.empty).values == [false])
  }

  private static func expectCanonical<Value>(_ map: AddressMap<Value>, _ seed: UInt64) {
    #expect(map.starts.first?.bits == 0 && map.starts.count == map.values.count, "seed \(seed)")
    #expect(zip(map.starts, map.starts.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
    #expect(zip(map.values, map.values.dropFirst()).allSatisfy { $0 != $1 }, "seed \(seed)")
  }
}
