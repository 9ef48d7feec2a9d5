/// Packs the beginning of a text into a number: texts with different codes differ.
public enum TextCode {
  /// How many bytes a code holds: of a text up to this length it tells all.
  public static let capacity = 7

  /// The code of a text on its own.
  public static func of(_ text: String) -> UInt64 {
    let bytes = Array(text.utf8)
    return of(bytes, 0, bytes.count)
  }

  @usableFromInline static func of(_ bytes: [UInt8], _ start: Int, _ length: Int) -> UInt64 {
    var code = UInt64(min(length, 255))
    for index in start..<start + min(length, capacity) { code = code << 8 | UInt64(bytes[index]) }
    return code
  }
}
