extension ServiceSet: CustomStringConvertible {
  /// In words for people: `tcp/443 and icmp`, `udp/1-1024`, `everything`, `nothing`.
  public var description: String {
    if self == .everything { return "everything" }
    let words = [UInt8(6), 17, 1].flatMap { parts(of: $0) } + otherParts
    guard let last = words.last else { return "nothing" }
    return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The slots of one protocol, as ranges.
  private func slots(of number: UInt8) -> [IPv4Range] {
    numbers.intersection(ServiceSet.protocolNumber(number).numbers).ranges
  }

  private func parts(of number: UInt8) -> [String] {
    let name = number == 6 ? "tcp" : number == 17 ? "udp" : "icmp"
    return slots(of: number).map { range in
      let (first, last) = (range.first.bits & 0xFFFF, range.last.bits & 0xFFFF)
      if number == 1 { return first == 0 && last == 0xFFFF || first == 8 << 8 ? name : "\(name) type \(first >> 8)" }
      if first <= 1, last == 0xFFFF { return name }
      return first == last ? "\(name)/\(first)" : "\(name)/\(first)-\(last)"
    }
  }

  /// Protocols without ports, by number.
  private var otherParts: [String] {
    numbers.subtracting(ServiceSet.icmpTCPUDP.numbers).ranges.map { range in
      let (first, last) = (range.first.bits >> 16, range.last.bits >> 16)
      return first == last ? "protocol \(first)" : "protocols \(first)-\(last)"
    }
  }
}
