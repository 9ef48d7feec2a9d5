import IPv4Space
import SourceText
import SourceTree

// Single values: text, flags, numbers, addresses. A null is as if the key were absent; after a wrong type the
// evident value is used, so that one slip gives one finding.
extension Decoder {
  /// The value of a key, unless it is absent or null. Inlined, since most keys of most objects are absent.
  @inline(__always)
  func value<Key>(_ object: ObjectReader<Key>, _ key: Key) -> NodeIndex? {
    object.keyNode(key).flatMap { value(ofKey: $0, isNotKnown: object.isNotKnown(key)) }
  }

  private func value(ofKey keyNode: NodeIndex, isNotKnown: Bool) -> NodeIndex? {
    let node = tree.value(ofKey: keyNode)
    // Of what is not known a list has a part; anything else says nothing.
    if isNotKnown, tree.kind(node) != .sequence { return nil }
    return isNull(node) ? nil : node
  }

  /// The value of a required key; null is reported as missing.
  func requiredValue<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> NodeIndex? {
    guard let keyNode = object.keyNode(key) else { return nil }
    if object.isNotKnown(key) { return value(object, key) }
    let node = tree.value(ofKey: keyNode)
    guard isNull(node) else { return node }
    report(.missingKey(name(key)), at: keyNode)
    return nil
  }

  func name<Key: ModelKey>(_ key: Key) -> String { Key.table.name(ofSlot: key.rawValue) }

  func isNull(_ node: NodeIndex) -> Bool {
    // Most values are longer than any null, and need no look at the text.
    guard let length = tree.textLength(node), length <= 4, tree.style(node) == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(tree.text(node))
  }

  // MARK: Text

  @inline(__always)
  func text<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key, or inner: InnerKeys = .none) -> Field<String>? {
    value(object, key).flatMap { text($0, key: name(key), inner: inner) }
  }

  func requiredText<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Field<String>? {
    guard let node = requiredValue(object, key) else { return nil }
    return text(node, key: name(key))
  }

  /// A text, or an API object that has it below one of the `inner` keys.
  func text(_ node: NodeIndex, key: @autoclosure () -> String, inner: InnerKeys = .none) -> Field<String>? {
    guard let scalar = scalar(node, key: key(), inner: inner, expected: "text") else { return nil }
    return Field(tree.text(scalar), tree.span(scalar))
  }

  /// The scalar itself, or the one below the first of the `inner` keys that an API object has. The name of the key, here
  /// and below, is only made for a problem.
  func scalar(
    _ node: NodeIndex, key: @autoclosure () -> String, inner: InnerKeys = .none, expected: String
  ) -> NodeIndex? {
    if tree.kind(node) == .scalar { return node }
    if tree.kind(node) == .mapping {
      for wanted in inner.names {
        for keyNode in tree.keys(node) where tree.text(keyNode) == wanted {
          let value = tree.value(ofKey: keyNode)
          if tree.kind(value) == .scalar { return value }
        }
      }
    }
    report(.wrongType(key: key(), expected: expected, found: describe(node), used: nil), at: node)
    return nil
  }

  // MARK: Flags and numbers

  func flag<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Field<Bool>? {
    guard let node = value(object, key),
      let scalar = scalar(node, key: name(key), expected: "true or false")
    else { return nil }
    let text = tree.text(scalar)
    let flag: Bool? =
      switch text {
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": true
      case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": false
      default: nil
      }
    if flag == nil || tree.style(scalar) == .quoted {
      let used = flag.map { $0 ? "true" : "false" }
      report(.wrongType(key: name(key), expected: "true or false", found: describe(scalar), used: used), at: scalar)
    }
    return flag.map { Field($0, tree.span(node)) }
  }

  func integer<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Field<Int>? {
    value(object, key).flatMap { integer($0, key: name(key)) }
  }

  func integer(_ node: NodeIndex, key: String) -> Field<Int>? {
    let expected = "a whole number"
    guard let scalar = scalar(node, key: key, expected: expected) else { return nil }
    let text = tree.text(scalar)
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    let isDecimal =
      !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && (digits.count == 1 || digits.first != UInt8(ascii: "0"))
    // A number too large for the machine is still a number: rules about ranges see the largest.
    let number = isDecimal ? Int(text) ?? (text.utf8.first == UInt8(ascii: "-") ? .min : .max) : nil
    if number == nil || tree.style(scalar) == .quoted {
      report(
        .wrongType(key: key, expected: expected, found: describe(scalar), used: number.map(String.init)), at: scalar)
    }
    return number.map { Field($0, tree.span(node)) }
  }

  // MARK: Words of a closed list

  func word<Key: ModelKey, Word: RawRepresentable<String> & CaseIterable>(
    _ object: ObjectReader<Key>, _ key: Key, _: Word.Type, isRequired: Bool = false
  ) -> Field<Word>? {
    guard let node = isRequired ? requiredValue(object, key) : value(object, key) else { return nil }
    if tree.kind(node) == .scalar {
      let text = tree.withText(node) { ShortText($0) }
      let word = Word.allCases.first { word in word.rawValue.withBytes { ShortText($0) } == text }
      if text != nil, let word { return Field(word, tree.span(node)) }
    }
    return word(node, key: name(key), Word.allCases.map { ($0.rawValue, $0) })
  }

  func word<Word>(_ node: NodeIndex, key: String, _ words: [(String, Word)]) -> Field<Word>? {
    let names = words.map(\.0)
    let expected = names.dropLast().map { "`\($0)`" }.joined(separator: ", ") + " or `\(names[names.count - 1])`"
    guard let scalar = scalar(node, key: key, expected: expected) else { return nil }
    let text = tree.text(scalar)
    if let match = words.first(where: { $0.0 == text }) { return Field(match.1, tree.span(node)) }
    report(
      .invalidValue(key: key, text: text, expected: expected, nearest: NearestName.of(text.lowercased(), among: names)),
      at: scalar)
    return nil
  }

  // MARK: Addresses

  func prefix<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key, isRequired: Bool = false) -> Field<IPv4Prefix>? {
    guard let node = isRequired ? requiredValue(object, key) : value(object, key) else { return nil }
    return prefix(node, key: name(key))
  }

  /// A network in CIDR notation; an address without a length is reported and not read.
  func prefix(_ node: NodeIndex, key: @autoclosure () -> String) -> Field<IPv4Prefix>? {
    let expected = "a CIDR such as 10.0.0.0/24"
    guard let scalar = scalar(node, key: key(), inner: .cidrBlock, expected: expected) else { return nil }
    do throws(IPv4Notation.Problem) {
      return Field(
        try tree.withText(scalar) { text throws(IPv4Notation.Problem) in try IPv4Notation.prefix(text) },
        tree.span(scalar))
    } catch {
      report(error, at: scalar) { .invalidCIDR(key: key(), text: $0, error) }
      return nil
    }
  }

  /// Whether the value of a key is an IPv6 network, which has no IPv4 address.
  func isIPv6<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Bool {
    guard let node = value(object, key), tree.kind(node) == .scalar else { return false }
    do throws(IPv4Notation.Problem) {
      _ = try tree.withText(node) { text throws(IPv4Notation.Problem) in try IPv4Notation.prefix(text) }
      return false
    } catch {
      return error == .ipv6
    }
  }

  /// A network or a single address, which counts as a /32.
  func prefixOrAddress(_ node: NodeIndex, key: @autoclosure () -> String) -> Field<IPv4Prefix>? {
    let expected = "an address or a CIDR"
    guard let scalar = scalar(node, key: key(), inner: .cidrBlockOrAddress, expected: expected) else { return nil }
    do throws(IPv4Notation.Problem) {
      return Field(
        try tree.withText(scalar) { text throws(IPv4Notation.Problem) in try IPv4Notation.prefixOrAddress(text) },
        tree.span(scalar))
    } catch {
      report(error, at: scalar) { .invalidCIDR(key: key(), text: $0, error) }
      return nil
    }
  }

  func address<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Field<IPv4Address>? {
    value(object, key).flatMap { address($0, key: name(key)) }
  }

  func address(_ node: NodeIndex, key: @autoclosure () -> String) -> Field<IPv4Address>? {
    guard let scalar = scalar(node, key: key(), inner: .address, expected: "an IPv4 address") else { return nil }
    do throws(IPv4Notation.Problem) {
      return Field(
        try tree.withText(scalar) { text throws(IPv4Notation.Problem) in try IPv4Notation.address(text) },
        tree.span(scalar))
    } catch {
      report(error, at: scalar) { .invalidAddress(key: key(), text: $0, error) }
      return nil
    }
  }

  /// Reports what is no IPv4 notation as `kind`, unless it is IPv6.
  private func report(
    _ problem: IPv4Notation.Problem, at scalar: NodeIndex, as kind: (String) -> ModelProblem.Kind
  ) {
    let text = tree.text(scalar)
    report(problem == .ipv6 ? .ipv6(text) : kind(text), at: scalar)
  }

  // MARK: Times

  func timestamp<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Field<Timestamp>? {
    guard let field = text(object, key) else { return nil }
    guard let time = Timestamp(rfc3339: field.value) else {
      let expected = "a time such as 2026-08-01T02:03:04Z"
      report(.invalidValue(key: name(key), text: field.value, expected: expected, nearest: nil), at: field.span)
      return nil
    }
    return Field(time, field.span)
  }
}

extension Timestamp {
  /// Reads `2026-08-01T02:03:04Z`, with fractions of a second (ignored) and offsets such as +09:00; a date alone is
  /// its midnight in UTC.
  init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
      return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 48) }
    }
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(0..<4),
      let month = number(5..<7), let day = number(8..<10), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    // Days since 1970-01-01 in the proleptic Gregorian calendar, years beginning in March.
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    guard bytes.count > 10 else {
      self.init(seconds: days * 86_400)
      return
    }
    guard bytes.count >= 20, [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), hour < 24, minute < 60, second <= 60
    else { return nil }
    var index = 19
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard number(index..<index + 1) != nil else { return nil }
      while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
    }
    guard index < bytes.count else { return nil }
    var offset: Int64 = 0
    switch bytes[index] {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): guard index + 1 == bytes.count else { return nil }
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard bytes.count == index + 6, bytes[index + 3] == UInt8(ascii: ":"), let hours = number(index + 1..<index + 3),
        let minutes = number(index + 4..<index + 6), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (bytes[index] == UInt8(ascii: "+") ? 60 : -60)
    default: return nil
    }
    self.init(seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset)
  }

  private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
    let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    return switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Keys under which an API object keeps the value that a model file may give directly: `{"name": "jp-tok-1"}`. An
/// enumeration and no list, since it is named for every value of every object.
enum InnerKeys {
  case none, name, nameOrID, creator, crn, code, providerType, resourceType, address, cidrBlock, cidrBlockOrAddress

  var names: [String] {
    switch self {
    case .none: []
    case .name: ["name"]
    case .nameOrID: ["name", "id"]
    case .creator: ["name", "id", "resource_type"]
    case .crn: ["crn"]
    case .code: ["code"]
    case .providerType: ["provider_type"]
    case .resourceType: ["resource_type"]
    case .address: ["address"]
    case .cidrBlock: ["cidr_block"]
    case .cidrBlockOrAddress: ["cidr_block", "address"]
    }
  }
}
