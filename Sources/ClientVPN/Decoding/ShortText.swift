/// A text of up to 16 bytes as numbers: comparing these is faster than making a string of every key of a file.
struct ShortText: Equatable {
  private let length: Int
  private var content = SIMD2<UInt64>()

  /// nil if the text is longer.
  init?(_ text: ArraySlice<UInt8>) {
    guard text.count <= 16 else { return nil }
    length = text.count
    // Byte by byte this would be the dearest step of reading a key.
    unsafe withUnsafeMutableBytes(of: &content) { content in
      unsafe text.withUnsafeBytes { unsafe content.copyMemory(from: $0) }
    }
  }
}
