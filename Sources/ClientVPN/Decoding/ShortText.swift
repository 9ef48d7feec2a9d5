/// A text of up to 16 bytes as two numbers: a comparison of them is faster than making a string of every key of a file.
struct ShortText: Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// nil if the text is longer, or has a NUL: then different texts could have the same numbers.
  init?(_ text: ArraySlice<UInt8>) {
    let bytes = text.span
    guard bytes.count <= 16 else { return nil }
    for index in bytes.indices {
      let byte = UInt64(bytes[index])
      guard byte != 0 else { return nil }
      if index < 8 { low |= byte << (8 &* UInt64(index)) } else { high |= byte << (8 &* UInt64(index &- 8)) }
    }
  }
}
