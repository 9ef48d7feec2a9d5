extension SourceFile {
  /// Whether the bytes hold a text. `needle` is not empty.
  public func contains(_ needle: StaticString) -> Bool {
    let count = needle.utf8CodeUnitCount
    return unsafe bytes.withUnsafeBytes { bytes in
      let wanted = unsafe UnsafeRawBufferPointer(start: needle.utf8Start, count: count)
      let (first, last) = unsafe (wanted[0], wanted[count - 1])
      var start = 0
      while true {
        while start &+ 32 <= bytes.count, unsafe !Self.mayHold(first, bytes, in: start) { start &+= 32 }
        while start &+ 8 <= bytes.count {
          let marks = Self.marks(of: first, in: unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
          guard marks == 0 else {
            start &+= marks.trailingZeroBitCount / 8
            break
          }
          start &+= 8
        }
        guard start + count <= bytes.count else { return false }
        // The first byte is often there; comparing the last one too spares most comparisons of all.
        if unsafe bytes[start + count - 1] == last && bytes[start...].starts(with: wanted) { return true }
        start += 1
      }
    }
  }

  /// Whether one of the 32 bytes from `start` on is `byte`: four words at a time take a quarter of the questions.
  @inline(__always)
  private static func mayHold(_ byte: UInt8, _ bytes: UnsafeRawBufferPointer, in start: Int) -> Bool {
    unsafe marks(of: byte, in: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      | marks(of: byte, in: bytes.loadUnaligned(fromByteOffset: start &+ 8, as: UInt64.self))
      | marks(of: byte, in: bytes.loadUnaligned(fromByteOffset: start &+ 16, as: UInt64.self))
      | marks(of: byte, in: bytes.loadUnaligned(fromByteOffset: start &+ 24, as: UInt64.self)) != 0
  }

  /// Marks the bytes of a word that are `byte` by their highest bits. The first mark is right, and there is one if there
  /// is such a byte.
  private static func marks(of byte: UInt8, in word: UInt64) -> UInt64 {
    // What is looked for becomes zero. Only zero borrows from a high bit that was not set; a borrow that it passes on
    // reaches later bytes alone.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let difference = UInt64(littleEndian: word) ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & (ones << 7)
  }
}
