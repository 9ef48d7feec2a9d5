/// A path as a reference of RFC 3986.
struct FileURI {
  /// The reference: relative to the folder of the run, or with a scheme of its own.
  let text: String
  /// Whether the path is one from the folder of the run.
  let isRelative: Bool

  init(_ path: String) {
    isRelative = !path.hasPrefix("/")
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    let encoded = Self.encoded(path.utf8)
    text = isRelative ? encoded : "file://\(encoded)"
  }

  /// Bytes outside the unreserved characters and `/` as `%` and two digits. A colon in the first segment of a relative
  /// reference would end a scheme.
  private static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    var result = ""
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
