import IPv4Space

/// Reads `route print` of Windows in any language: rows are known by their addresses, headings by standing between
/// rulers.
struct RoutePrintReader: LineReader {
  static let format = TableFormat.routePrint
  private var rulers = 0
  private var hasRows = false
  /// Whether the ruler after the active rows is past.
  private var isPastRows = false
  /// Lines with words since the last ruler.
  private var linesSinceRuler = 0
  /// Whether rows of IPv6 have come since the last ruler.
  private var isInIPv6 = false

  mutating func meaning(of line: TableLine) -> LineMeaning {
    if Self.isRuler(line) {
      rulers += 1
      linesSinceRuler = 0
      isInIPv6 = false
      isPastRows = hasRows
      return .furniture
    }
    linesSinceRuler += 1
    isInIPv6 = isInIPv6 || line.words.contains(where: Self.isIPv6)
    if let row = Self.row(line) {
      hasRows = true
      return .row(row)
    }
    if isPastRows && Self.isPersistentRow(line) { return .persistent }
    if isFurniture(line) { return .furniture }
    return Self.missing(line).map { .unfinished(missing: $0) } ?? .unknown
  }

  var missingAtStart: String? { rulers == 0 ? "`Active Routes:` and the names of the columns" : nil }

  /// The active rows stand between rulers.
  var missingAtEnd: String? { rulers > 0 && hasRows && !isPastRows ? "a line of `=`" : nil }

  /// A line of nothing but `=`.
  static func isRuler(_ line: TableLine) -> Bool {
    line.words.count == 1 && line.words[0].count >= 20 && line.words[0].allSatisfy { $0 == UInt8(ascii: "=") }
  }

  /// A row of the active routes: address, mask, gateway or words for "on the link", address of the interface, metric.
  static func row(_ line: TableLine) -> SystemRow? {
    let words = line.words
    guard words.count >= 5, let destination = Destination(words[0], mask: words[1]), let last = words.last,
      last.isNumber, let metric = Int(last.text), let interface = interface(words[words.count - 2]),
      let gateway = gateway(words[2..<words.count - 2])
    else { return nil }
    return SystemRow(
      destination: destination.prefix, destinationText: destination.text, gateway: gateway,
      gatewayText: words[2..<words.count - 2].map(\.text).joined(separator: " "), interface: interface,
      metric: metric, line: line.number)
  }

  private static func interface(_ word: Word) -> String? {
    switch AddressWord.gateway(word) {
    case .address, .masked: word.text
    case .onLink, .ipv6, nil: nil
    }
  }

  /// Whatever words Windows has for it in the user's language, what is no address means the link.
  private static func gateway(_ words: ArraySlice<Word>) -> SystemRow.Gateway? {
    guard words.count == 1, let word = words.first else {
      return words.contains { AddressWord.gateway($0) != nil } ? nil : .onLink
    }
    switch AddressWord.gateway(word) {
    case .ipv6: return nil
    case let gateway?: return gateway
    case nil: return word.first.map { $0 &- 48 < 10 } ?? true ? nil : .onLink
    }
  }

  /// A row of the persistent routes has no interface, and may have a word for a metric.
  private static func isPersistentRow(_ line: TableLine) -> Bool {
    line.words.count >= 4 && Destination(line.words[0], mask: line.words[1]) != nil
  }

  /// Headings, the list of interfaces, `None`, and rows of IPv6.
  private func isFurniture(_ line: TableLine) -> Bool {
    if Self.isKnownHeading(line) { return true }
    // The list of the persistent routes has no ruler at its end.
    guard rulers > 0, isInIPv6 || !isPastRows || linesSinceRuler <= 2 else { return false }
    if isInIPv6 && line.words.contains(where: Self.isIPv6) || Self.isInterface(line) { return true }
    return !line.words.contains { $0.first.map { $0 &- 48 < 10 } ?? false }
  }

  private static func isKnownHeading(_ line: TableLine) -> Bool {
    line.text == "Active Routes:" || line.words[0].starts(with: "IPv4".utf8) || line.words[0].starts(with: "IPv6".utf8)
      || line.words.count == 6 && line.words[0].isWord("Network") && line.words[1].isWord("Destination")
  }

  /// `14...54 ee 75 67 6b 39 ......Name of the interface`.
  private static func isInterface(_ line: TableLine) -> Bool {
    let rest = line.words[0].drop { $0 &- 48 < 10 }
    return rest.count < line.words[0].count && rest.starts(with: "..".utf8)
  }

  private static func isIPv6(_ word: Word) -> Bool {
    if case .ipv6 = AddressWord(word) { true } else { false }
  }

  /// What a row that has just begun lacks.
  private static func missing(_ line: TableLine) -> String? {
    let words = line.words
    guard case .prefix = AddressWord(words[0]), words.count < 5 else { return nil }
    if words.count > 1, Destination(words[0], mask: words[1]) == nil, !words[1].allSatisfy(isMaskByte) { return nil }
    let columns = ["mask", "gateway", "interface", "metric"]
    return columns[min(words.count - 1, 3)...].joined(separator: ", ")
  }

  private static func isMaskByte(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte &- 48 < 10 }

  /// The first two columns.
  private struct Destination {
    let prefix: IPv4Prefix?
    let text: String

    init?(_ address: Word, mask: Word) {
      // The length stands in the mask, and never behind the address.
      guard !address.contains(UInt8(ascii: "/")), !mask.contains(UInt8(ascii: "/")) else { return nil }
      guard let length = Self.length(mask) else {
        guard AddressWord.isMasked(mask), AddressWord(address) != nil else { return nil }
        prefix = nil
        text = "\(address.text)/\(mask.text)"
        return
      }
      switch AddressWord.gateway(address) {
      case .address(let found): prefix = IPv4Prefix(found, length: length)
      case .masked: prefix = nil
      case .onLink, .ipv6, nil: return nil
      }
      text = "\(address.text)/\(length)"
    }

    /// The length of a mask whose ones all stand in front.
    private static func length(_ mask: Word) -> UInt8? {
      guard case .address(let address) = AddressWord.gateway(mask) else { return nil }
      let length = (~address.bits).leadingZeroBitCount
      return length == 32 - address.bits.trailingZeroBitCount ? UInt8(length) : nil
    }
  }
}
