extension SourceFile {
  /// Whether the bytes hold a text. `needle` is not empty.
  public func contains(_ needle: StaticString) -> Bool {
    let count = needle.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    return unsafe bytes.withUnsafeBytes { bytes in
      let wanted = unsafe UnsafeRawBufferPointer(start: needle.utf8Start, count: count)
      let first = unsafe wanted[0]
      var start = 0
      while start <= bytes.count - count {
        if start + 8 <= bytes.count,
          !Self.holds(first, unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        {
          start += 8
          continue
        }
        if unsafe bytes[start] == first && bytes[start...].starts(with: wanted) { return true }
        start += 1
      }
      return false
    }
  }

  /// Whether one of the eight bytes of a word is `byte`.
  private static func holds(_ byte: UInt8, _ word: UInt64) -> Bool {
    // What is looked for becomes zero, and only zero borrows from a high bit that was not set.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let difference = word ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & (ones << 7) != 0
  }
}
