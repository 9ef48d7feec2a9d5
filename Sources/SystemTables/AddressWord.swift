import IPv4Space

/// What a word says where an address may stand.
enum AddressWord {
  case prefix(IPv4Prefix)
  /// An IPv6 address or network.
  case ipv6
  /// An address that was made illegible: `162.133.xxx.xx/32`, `203.0.113.x`, `***`, `<server>`.
  case masked

  /// An address, a network in CIDR notation, or what is left of one; nil if the word is something else.
  init?(_ word: Word) {
    do {
      self = .prefix(try IPv4Notation.prefixOrAddress(word.span))
    } catch .ipv6 {
      self = .ipv6
    } catch {
      guard Self.isMasked(word) else { return nil }
      self = .masked
    }
  }

  /// The same for a single address.
  static func gateway(_ word: Word) -> SystemRow.Gateway? {
    switch AddressWord(word) {
    case .prefix(let prefix): prefix.length == 32 ? .address(prefix.address) : nil
    case .ipv6: .ipv6(word.text)
    case .masked: .masked(word.text)
    case nil: nil
    }
  }

  /// Whether somebody wrote other characters over an address.
  static func isMasked(_ word: Word) -> Bool {
    guard let first = word.first, let last = word.last else { return false }
    if isBracketed(first, last) { return word.count > 2 }
    let parts = word.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, !parts[1].isNumber { return false }
    return isPainted(parts[0]) || isLetterQuad(parts[0])
  }

  private static func isBracketed(_ first: UInt8, _ last: UInt8) -> Bool {
    first == UInt8(ascii: "<") && last == UInt8(ascii: ">") || first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
  }

  /// Digits and dots, with at least two characters, some of them painted over.
  private static func isPainted(_ word: Word) -> Bool {
    guard word.count > 1 else { return false }
    var isPainted = false
    for scalar in word.text.unicodeScalars {
      switch scalar {
      case "0"..."9", ".": continue
      case "x", "X", "*", "#", "?", "█", "▒", "■", "●", "•": isPainted = true
      default: return false
      }
    }
    return isPainted
  }

  /// Four short groups with letters in them, such as `203.0.113.abc`.
  private static func isLetterQuad(_ word: Word) -> Bool {
    let groups = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isShort = groups.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(isLetterOrDigit) }
    return groups.count == 4 && isShort && !groups.allSatisfy(\.isNumber)
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 || isLetter(byte) }

  static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 97 && byte | 0x20 <= 122 }
}
