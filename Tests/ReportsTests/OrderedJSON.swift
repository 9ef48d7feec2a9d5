/// A JSON value that keeps the order of its fields, which JSONSerialization does not.
struct OrderedJSON {
  private var fields: [(key: String, value: OrderedJSON)] = []
  private(set) var elements: [OrderedJSON] = []
  private(set) var isNull = false

  var keys: [String] { fields.map(\.key) }

  subscript(_ key: String) -> OrderedJSON? { fields.first { $0.key == key }?.value }

  struct Malformed: Error {
    let offset: Int
  }

  /// Reads a whole text.
  init(_ text: String) throws {
    var reader = Reader(bytes: Array(text.utf8))
    self = try reader.value()
    guard reader.next == nil else { throw Malformed(offset: reader.index) }
  }

  private init() {}

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    /// The next character that is not blank.
    var next: Character? {
      mutating get {
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\n") {
          index += 1
        }
        return index < bytes.count ? Character(Unicode.Scalar(bytes[index])) : nil
      }
    }

    mutating func skip(_ character: Character) throws {
      guard next == character else { throw Malformed(offset: index) }
      index += 1
    }

    mutating func value() throws -> OrderedJSON {
      var result = OrderedJSON()
      switch next {
      case "{":
        try items("{", "}") { reader in
          let key = try reader.string()
          try reader.skip(":")
          result.fields.append((key, try reader.value()))
        }
      case "[": try items("[", "]") { result.elements.append(try $0.value()) }
      case "\"": _ = try string()
      default:
        let word = bytes[index...].prefix { !",]} \n".utf8.contains($0) }
        guard !word.isEmpty else { throw Malformed(offset: index) }
        result.isNull = word.elementsEqual("null".utf8)
        index += word.count
      }
      return result
    }

    private mutating func items(_ open: Character, _ close: Character, _ item: (inout Reader) throws -> Void) throws {
      try skip(open)
      while next != close {
        try item(&self)
        if next == "," { try skip(",") }
      }
      try skip(close)
    }

    mutating func string() throws -> String {
      try skip("\"")
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard index < bytes.count else { throw Malformed(offset: start) }
      index += 1
      return String(decoding: bytes[start..<index - 1], as: UTF8.self)
    }
  }
}
