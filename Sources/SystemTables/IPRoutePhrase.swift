/// The words of `ip route` after a destination or after `nexthop`.
struct IPRoutePhrase {
  private(set) var gateway = SystemRow.Gateway.onLink
  private(set) var interface = ""
  private(set) var attributes: [SystemRow.Attribute] = []
  /// What the last word lacks, if the words end too early.
  private(set) var missing: String?
  /// Whether the last word is not known: a flag, or the beginning of a word that was cut off.
  private(set) var endsUnknown = false
  /// Whether only a row of IPv6 says this: in a row of IPv4 such a gateway is marked `inet6`, and there is no `pref`.
  private(set) var isIPv6 = false
  /// Whether a word says what no such row says.
  private(set) var isWrong = false

  /// Whether the words tell a way for packets.
  var hasPath: Bool { gateway != .onLink || !interface.isEmpty }

  /// Whether the words can only be those of a row: a time such as `12:30:00` looks like an address of IPv6.
  var isRow: Bool { hasPath || attributes.contains { $0.name == "metric" || $0.name == "proto" } }

  var nextHop: SystemRow.NextHop {
    SystemRow.NextHop(gateway: gateway, interface: interface, attributes: attributes)
  }

  init(_ words: ArraySlice<Word>) {
    var rest = words
    while let word = rest.popFirst(), missing == nil, !isWrong { read(word, &rest) }
  }

  /// Takes the metric out of the attributes: 0 if there is none, nil if it is no number or there are two.
  mutating func takeMetric() -> Int? {
    guard let index = attributes.firstIndex(where: { $0.name == "metric" }) else { return 0 }
    let metric = Int(attributes.remove(at: index).value)
    return attributes.contains { $0.name == "metric" } ? nil : metric
  }

  private mutating func read(_ word: Word, _ rest: inout ArraySlice<Word>) {
    let name = word.text
    switch name {
    // What `-o` writes for a line break.
    case "\\": return
    case "via": readGateway(&rest)
    case "dev":
      interface = rest.popFirst()?.text ?? ""
      if interface.isEmpty { missing = "a value of `dev`" }
    case "encap":
      attributes.append(SystemRow.Attribute(name, Self.tunnel(&rest)))
      if rest.isEmpty { missing = "`via` or `dev`" }
    case "pref":
      isIPv6 = true
      readValue(name, &rest)
    case _ where IPRouteWord.flags.contains(name): attributes.append(SystemRow.Attribute(name))
    default: readValue(name, &rest)
    }
  }

  private mutating func readGateway(_ rest: inout ArraySlice<Word>) {
    let isMarked = rest.first.map { $0.isWord("inet6") || $0.isWord("inet") } ?? false
    if isMarked { rest.removeFirst() }
    guard let word = rest.popFirst() else {
      missing = "a value of `via`"
      return
    }
    guard let gateway = AddressWord.gateway(word) else {
      isWrong = true
      return
    }
    self.gateway = gateway
    if case .ipv6 = gateway, !isMarked { isIPv6 = true }
  }

  /// An unknown word is a flag where a known one follows, or nothing; otherwise it has a value too.
  private mutating func readValue(_ name: String, _ rest: inout ArraySlice<Word>) {
    guard let next = rest.first?.text else {
      if IPRouteWord.takesValue(name) { missing = "a value of `\(name)`" }
      attributes.append(SystemRow.Attribute(name))
      endsUnknown = true
      return
    }
    guard IPRouteWord.takesValue(name) || !IPRouteWord.takesValue(next) && !IPRouteWord.flags.contains(next) else {
      attributes.append(SystemRow.Attribute(name))
      return
    }
    rest.removeFirst()
    guard next == "lock", let value = rest.popFirst()?.text else {
      attributes.append(SystemRow.Attribute(name, next))
      return
    }
    attributes.append(SystemRow.Attribute(name, "lock \(value)"))
  }

  /// The description of a tunnel ends where the gateway or the interface begins.
  private static func tunnel(_ rest: inout ArraySlice<Word>) -> String {
    var words: [String] = []
    while let word = rest.first, !word.isWord("via"), !word.isWord("dev") {
      words.append(word.text)
      rest.removeFirst()
    }
    return words.joined(separator: " ")
  }
}
