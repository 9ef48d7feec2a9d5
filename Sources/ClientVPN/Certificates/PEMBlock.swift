/// The first block of a text in PEM, such as `-----BEGIN X509 CRL-----` (RFC 7468).
struct PEMBlock {
  /// What it is, such as `X509 CRL`.
  let label: String
  /// What the base64 stands for.
  let contents: [UInt8]

  /// Reads the text; line breaks may have become blanks, as they do in folded YAML.
  init(firstIn text: String) throws(RevocationList.Flaw) {
    let bytes = Array(text.utf8)
    let parts = Self.parts(of: bytes)
    guard let begin = parts.firstIndex(where: { bytes[$0].starts(with: Self.begin) }), begin + 1 < parts.count else {
      throw .notPEM
    }
    let label = bytes[parts[begin]].dropFirst(Self.begin.count)
    guard begin + 2 < parts.count, bytes[parts[begin + 2]].elementsEqual(Self.end + label) else { throw .unclosed }
    guard let contents = Self.base64(bytes[parts[begin + 1]]) else { throw .notBase64 }
    self.label = String(decoding: label, as: UTF8.self)
    self.contents = contents
  }

  private static let begin = Array("BEGIN ".utf8)
  private static let end = Array("END ".utf8)

  /// What stands between rows of five hyphens, which base64 does not have.
  private static func parts(of bytes: [UInt8]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var (start, hyphens) = (0, 0)
    for (index, byte) in bytes.enumerated() {
      hyphens = byte == UInt8(ascii: "-") ? hyphens + 1 : 0
      guard hyphens == 5 else { continue }
      parts.append(start..<index - 4)
      (start, hyphens) = (index + 1, 0)
    }
    return parts + [start..<bytes.count]
  }

  /// What base64 stands for, between any white space; nil if it is none.
  private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 4 * 3)
    var (bits, count, digits, isPadded) = (UInt32(0), 0, 0, false)
    for byte in text {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): continue
      case UInt8(ascii: "="): isPadded = true
      default:
        guard !isPadded, let digit = digit(byte) else { return nil }
        bits = bits << 6 | digit
        digits += 1
        count += 6
        if count >= 8 {
          count -= 8
          result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
      }
    }
    return digits % 4 == 1 ? nil : result
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
