/// A text of up to 16 bytes as numbers: comparing these is faster than making a string of every key of a file.
struct ShortText: Equatable {
  private let length: Int
  /// The first bytes and the last ones; together they are the whole text, in the middle perhaps twice.
  private let head, tail: UInt64

  /// nil if the text is longer.
  init?(_ text: Swift.Span<UInt8>) {
    guard text.count <= 16 else { return nil }
    length = text.count
    // Byte by byte this would be the dearest step of reading a key.
    switch length {
    case 8...:
      (head, tail) = Self.ends(of: text, as: UInt64.self)
    case 4...:
      let (first, last) = Self.ends(of: text, as: UInt32.self)
      (head, tail) = (UInt64(first), UInt64(last))
    case 2...:
      let (first, last) = Self.ends(of: text, as: UInt16.self)
      (head, tail) = (UInt64(first), UInt64(last))
    default:
      (head, tail) = (length == 0 ? 0 : UInt64(text[0]), 0)
    }
  }

  private static func ends<Word: BitwiseCopyable>(of text: Swift.Span<UInt8>, as _: Word.Type) -> (Word, Word) {
    let last = text.count - MemoryLayout<Word>.size
    return unsafe (
      text.bytes.unsafeLoadUnaligned(as: Word.self),
      text.bytes.unsafeLoadUnaligned(fromByteOffset: last, as: Word.self)
    )
  }
}
