import IPv4Space

/// Reads `ip route`, also with `-d`, `-o` and `show table all`.
struct IPRouteReader: LineReader {
  static let format = TableFormat.ipRoute

  mutating func meaning(of line: TableLine) -> LineMeaning {
    Self.meaning(line)
  }

  /// What a line is wherever it stands.
  static func meaning(_ line: TableLine) -> LineMeaning {
    line.words[0].isWord("nexthop") ? nextHopMeaning(line) : rowMeaning(line)
  }

  /// A row, with next hops if they stand in the same line (`-o`).
  private static func rowMeaning(_ line: TableLine) -> LineMeaning {
    var words = line.words[...]
    var kind = ""
    if let first = words.first?.text, IPRouteWord.kinds.contains(first) {
      kind = first
      words.removeFirst()
    }
    guard let word = words.popFirst() else { return .unfinished(missing: "a destination") }
    guard let destination = Destination(word) else { return .unknown }
    let parts = words.split(omittingEmptySubsequences: false) { $0.isWord("nexthop") }
    var phrase = IPRoutePhrase(parts.first ?? [])
    if let missing = missing(phrase, line) { return .unfinished(missing: missing) }
    let isRow = phrase.isRow
    guard !phrase.isWrong, let metric = phrase.takeMetric() else { return .unknown }
    if destination.isIPv6 { return isRow || !kind.isEmpty ? .furniture : .unknown }
    if phrase.isIPv6 { return .furniture }
    var row = SystemRow(
      destination: destination.prefix, destinationText: word.text, gateway: phrase.gateway, interface: phrase.interface,
      metric: metric, kind: kind, attributes: phrase.attributes, line: line.number)
    for part in parts.dropFirst() {
      let hop = IPRoutePhrase(part)
      guard hop.missing == nil, !hop.isWrong, hop.hasPath else { return .unknown }
      row.addNextHop(hop.nextHop)
    }
    let leadsNowhere = IPRouteWord.kindsWithoutPath.contains(kind)
    guard !leadsNowhere || row.nextHops.isEmpty else { return .unknown }
    let isWhole = phrase.hasPath || !row.nextHops.isEmpty || leadsNowhere
    return isWhole ? .row(row) : .opening(row)
  }

  private static func nextHopMeaning(_ line: TableLine) -> LineMeaning {
    let phrase = IPRoutePhrase(line.words.dropFirst())
    if let missing = missing(phrase, line) { return .unfinished(missing: missing) }
    if phrase.isWrong { return .unknown }
    return phrase.hasPath ? .nextHop(phrase.nextHop) : .unfinished(missing: "`via` or `dev`")
  }

  private static func missing(_ phrase: IPRoutePhrase, _ line: TableLine) -> String? {
    phrase.missing ?? (phrase.endsUnknown && !line.hasBreak ? "the rest of the row" : nil)
  }

  /// The word after the type.
  private struct Destination {
    var prefix: IPv4Prefix?
    var isIPv6 = false

    init?(_ word: Word) {
      if word.isWord("default") {
        prefix = IPv4Prefix(IPv4Address(bits: 0), length: 0)
        return
      }
      switch AddressWord(word) {
      case .prefix(let found): prefix = found
      case .ipv6: isIPv6 = true
      case .masked: break
      case nil: return nil
      }
    }
  }
}
