/// Reads DER, the encoding of certificates and revocation lists, element by element and never past the end (ITU-T
/// X.690). It keeps no tree and calls itself nowhere, so that nesting costs nothing.
struct DERReader {
  /// Kinds of elements that a revocation list is made of.
  enum Tag: UInt8 {
    case integer = 0x02
    case bitString = 0x03
    case utcTime = 0x17
    case generalizedTime = 0x18
    case sequence = 0x30
  }

  /// Why reading ends: an element of another kind than asked for, or one that is longer than what there is.
  struct Malformed: Error {}

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Whether nothing is left.
  var isAtEnd: Bool { rest.isEmpty }

  /// The kind of the next element; nil at the end, or if it is none of those above.
  var next: Tag? { rest.first.flatMap(Tag.init) }

  /// The content of the next element, which must be of a kind.
  mutating func read(_ tag: Tag) throws(Malformed) -> ArraySlice<UInt8> {
    guard next == tag else { throw Malformed() }
    rest.removeFirst()
    let length = try readLength()
    guard length <= rest.count else { throw Malformed() }
    let content = rest.prefix(length)
    rest = rest.dropFirst(length)
    return content
  }

  /// A length: one byte below 128, else the number of bytes that follow with it. Without an end is not DER.
  private mutating func readLength() throws(Malformed) -> Int {
    guard let first = rest.popFirst() else { throw Malformed() }
    guard first >= 0x80 else { return Int(first) }
    let count = Int(first & 0x7F)
    guard (1...4).contains(count), count <= rest.count else { throw Malformed() }
    let length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(count)
    return length
  }
}
