import IPv4Space

/// The abbreviations of `netstat -nr` on macOS (Apple, network_cmds, netstat.tproj/route.c, `netname` and `domask`):
/// zero octets are cut off at the end down to the octets of the address's class, and the length is left out if it is
/// the class's own.
enum NetstatDestination {
  /// Reads `default`, `127`, `10.1/24`, `192.168.1.4`; nil if the word is no such thing.
  static func prefix(_ word: Word) -> IPv4Prefix? {
    if word.isWord("default") { return IPv4Prefix(IPv4Address(bits: 0), length: 0) }
    let parts = word.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    let octets = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard octets.count <= 4 else { return nil }
    var bits: UInt32 = 0
    for (index, octet) in octets.enumerated() {
      guard let value = number(octet, upTo: 255) else { return nil }
      bits |= value << UInt32(24 - 8 * index)
    }
    // Without a length the octets that are there are the network: those of the class, or a whole address.
    let length = parts.count == 2 ? number(parts[1], upTo: 32) : UInt32(octets.count * 8)
    guard let length else { return nil }
    return IPv4Prefix(IPv4Address(bits: bits), length: UInt8(length))
  }

  /// Writes the destination of a network row, or of a host row.
  static func text(_ prefix: IPv4Prefix, isHost: Bool) -> String {
    let address = prefix.first
    if prefix.length == 0 { return "default" }
    if isHost { return prefix.address.description }
    let classLength = classLength(address)
    let octets = max(classLength / 8, (32 - UInt8(min(31, address.bits.trailingZeroBitCount)) + 7) / 8)
    let kept = address.description.split(separator: ".").prefix(Int(octets)).joined(separator: ".")
    return prefix.length == classLength ? kept : "\(kept)/\(prefix.length)"
  }

  /// Network bits of the old classes; everything from 192 counts as class C.
  private static func classLength(_ address: IPv4Address) -> UInt8 {
    address.bits >> 31 == 0 ? 8 : address.bits >> 30 == 2 ? 16 : 24
  }

  private static func number(_ digits: Word, upTo limit: UInt32) -> UInt32? {
    guard digits.isNumber, digits.count <= 3, let value = UInt32(digits.text), value <= limit else { return nil }
    return value
  }
}
