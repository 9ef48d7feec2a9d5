/// Services divided into classes that none of some sets tells apart, so that a set of services is a row of bits: its
/// algebra costs a few instructions, however many ports it names.
public struct ServiceClasses: Sendable {
  private let firsts: [UInt32]
  private let lasts: [UInt32]

  /// How many words of 64 bits a set takes; at least one.
  public var wordCount: Int { max(1, (firsts.count + 63) / 64) }

  /// Divides a set as finely as the others need it.
  public init(of whole: ServiceSet, dividedBy sets: [ServiceSet]) {
    var boundaries: [UInt32] = []
    boundaries.reserveCapacity(2 * sets.count + 8)
    for range in whole.numbers.ranges { boundaries += [range.first.bits, range.last.bits + 1] }
    for set in sets {
      for range in set.numbers.ranges { boundaries += [range.first.bits, range.last.bits + 1] }
    }
    boundaries.sort()
    var firsts: [UInt32] = []
    var lasts: [UInt32] = []
    for (index, boundary) in boundaries.dropLast().enumerated() where boundary != boundaries[index + 1] {
      guard whole.numbers.contains(IPv4Address(bits: boundary)) else { continue }
      firsts.append(boundary)
      lasts.append(boundaries[index + 1] - 1)
    }
    self.firsts = firsts
    self.lasts = lasts
  }

  /// A set as bits: of the sets that divide, and of unions and differences of them. What is not in the whole is left out.
  public func bits(of set: ServiceSet) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: wordCount)
    for range in set.numbers.ranges {
      var index = position(of: range.first.bits)
      while index < lasts.count, lasts[index] <= range.last.bits {
        bits[index >> 6] |= 1 << UInt64(index & 63)
        index += 1
      }
    }
    return bits
  }

  /// The set that bits stand for.
  public func services(of bits: [UInt64]) -> ServiceSet {
    var ranges: [IPv4Range] = []
    for index in firsts.indices where bits[index >> 6] & 1 << UInt64(index & 63) != 0 {
      if let open = ranges.last, open.last.bits + 1 == firsts[index] {
        ranges[ranges.count - 1] = IPv4Range(open.first, IPv4Address(bits: lasts[index]))
      } else {
        ranges.append(IPv4Range(IPv4Address(bits: firsts[index]), IPv4Address(bits: lasts[index])))
      }
    }
    return ServiceSet(IPv4Set(ranges))
  }

  /// The first class that begins at a number or after it.
  private func position(of number: UInt32) -> Int {
    var low = 0
    var high = firsts.count
    while low < high {
      let middle = (low + high) / 2
      if firsts[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
