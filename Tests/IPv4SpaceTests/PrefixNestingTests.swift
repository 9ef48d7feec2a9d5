import IPv4Space
import TestSupport
import Testing

/// Which prefix lies in which, against comparing each with each.
struct PrefixNestingTests {
  @Test func examples() {
    let prefixes = [
      IPv4Prefix(IPv4Address(10, 1, 2, 0), length: 24), IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8),
      IPv4Prefix(IPv4Address(10, 1, 0, 0), length: 16), IPv4Prefix(IPv4Address(10, 1, 2, 9), length: 24),
      IPv4Prefix(IPv4Address(11, 0, 0, 0), length: 8),
    ]
    #expect(PrefixNesting(prefixes).parents == [2, nil, 1, 0, nil])
    #expect(PrefixNesting([]).parents == [])
  }

  @Test(arguments: Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func agreesWithComparingAll(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let prefixes = RandomPrefixes.any(&generator)
      #expect(PrefixNesting(prefixes).parents == Self.naive(prefixes), "seed \(seed): \(prefixes)")
    }
  }

  /// The narrowest that contains the prefix, of equal ones the last; for a prefix that is there several times the one
  /// before it.
  private static func naive(_ prefixes: [IPv4Prefix]) -> [Int32?] {
    prefixes.indices.map { index in
      let around = prefixes.indices.filter { other in
        let isEqual = prefixes[other].canonical == prefixes[index].canonical
        return isEqual ? other < index : prefixes[other].contains(prefixes[index])
      }
      return around.max { (prefixes[$0].length, $0) < (prefixes[$1].length, $1) }.map { Int32($0) }
    }
  }
}
