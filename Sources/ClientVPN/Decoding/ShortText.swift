import SourceText

/// A text of up to 16 bytes in three numbers: equal if and only if the texts are. Comparing them is faster than making a
/// string of every key in a file.
struct ShortText: Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var length = 0

  /// nil if the text is longer.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count <= 16 else { return nil }
    length = bytes.count
    var shift: UInt64 = 0
    for byte in bytes {
      if shift < 64 { low |= UInt64(byte) << shift } else { high |= UInt64(byte) << (shift & 63) }
      shift += 8
    }
  }

  init?(_ text: String) { self.init(Array(text.utf8)[...]) }
}
