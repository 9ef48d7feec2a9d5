import IPv4Space

/// Reads `netstat -nr` of macOS, columns aligned or with single blanks between them.
struct NetstatReader: LineReader {
  static let format = TableFormat.netstat
  private var isInIPv6 = false
  private var hasHeading = false

  mutating func meaning(of line: TableLine) -> LineMeaning {
    if Self.isHeading(line) {
      hasHeading = true
      if line.words.count == 1 { isInIPv6 = line.words[0].isWord("Internet6:") }
      return .furniture
    }
    if isInIPv6 { return Self.isIPv6Row(line) ? .furniture : .unknown }
    return Self.rowMeaning(line)
  }

  var missingAtStart: String? { hasHeading ? nil : "`Destination Gateway Flags Netif Expire`" }

  /// `Routing tables`, `Internet:`, `Internet6:`, and the names of the columns.
  static func isHeading(_ line: TableLine) -> Bool {
    let words = line.words
    switch words.count {
    case 1: return words[0].isWord("Internet:") || words[0].isWord("Internet6:")
    case 2: return words[0].isWord("Routing") && words[1].isWord("tables")
    default:
      return words[0].isWord("Destination") && words[1].isWord("Gateway") && !words.contains { $0.isWord("Genmask") }
    }
  }

  private static func isIPv6Row(_ line: TableLine) -> Bool {
    line.words[0].contains(UInt8(ascii: ":")) || line.words[0].isWord("default")
  }

  /// A row: destination, gateway, flags, interface, and perhaps the seconds until it goes.
  static func rowMeaning(_ line: TableLine) -> LineMeaning {
    let words = line.words
    guard let destination = Destination(words[0]) else { return .unknown }
    if case .ipv6 = destination { return words.count > 2 ? .furniture : .unknown }
    guard words.count > 1 else { return .unfinished(missing: "gateway, flags and interface") }
    guard let gateway = gateway(words[1]) else { return .unknown }
    guard let flags = flagsIndex(words) else {
      return words.count == 2 ? .unfinished(missing: "flags and interface") : .unknown
    }
    if destination.isShort, words[flags].contains(UInt8(ascii: "H")) { return .unknown }
    // Older systems, and `-l`, count uses before the interface.
    let rest = words[(flags + 1)...].drop { $0.isNumber }
    guard let interface = rest.first else { return .unfinished(missing: "interface") }
    guard rest.count <= 2, let expire = expire(rest.dropFirst().first) else { return .unknown }
    return .row(
      SystemRow(
        destination: destination.prefix, destinationText: words[0].text, gateway: gateway, gatewayText: words[1].text,
        interface: interface.text, flags: words[flags].text, expire: expire, line: line.number))
  }

  /// The flags follow the gateway; `-l` has the address of the interface between them.
  private static func flagsIndex(_ words: [Word]) -> Int? {
    for index in 2...3 where index < words.count {
      if words[index].first == UInt8(ascii: "U"), words[index].allSatisfy(AddressWord.isLetterOrDigit) { return index }
      if AddressWord.gateway(words[index]) == nil { return nil }
    }
    return nil
  }

  private static func expire(_ word: Word?) -> String? {
    guard let word else { return "" }
    return word.isNumber || word.isWord("!") ? word.text : nil
  }

  /// A router, or the link: `link#10`, a hardware address with octets such as `d` or `0`, the name of an interface.
  private static func gateway(_ word: Word) -> SystemRow.Gateway? {
    if isHardwareAddress(word) || isLink(word) { return .onLink }
    return AddressWord.gateway(word)
  }

  private static func isHardwareAddress(_ word: Word) -> Bool {
    let octets = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return octets.count >= 6
      && octets.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(AddressWord.isLetterOrDigit) }
  }

  private static func isLink(_ word: Word) -> Bool {
    if word.starts(with: "link#".utf8) { return word.dropFirst(5).isNumber }
    guard let first = word.first, let last = word.last else { return false }
    return AddressWord.isLetter(first) && last &- 48 < 10 && word.allSatisfy(AddressWord.isLetterOrDigit)
  }

  /// The first column.
  private enum Destination {
    case network(IPv4Prefix)
    case masked
    case ipv6

    init?(_ word: Word) {
      if let prefix = NetstatDestination.prefix(word) {
        self = .network(prefix)
        return
      }
      switch AddressWord(word) {
      case .masked: self = .masked
      case .ipv6: self = .ipv6
      case .prefix, nil: return nil
      }
    }

    /// Whether a host row cannot have it, which is never abbreviated.
    var isShort: Bool { (1...31).contains(prefix?.length ?? 0) }

    var prefix: IPv4Prefix? {
      if case .network(let prefix) = self { prefix } else { nil }
    }
  }
}
