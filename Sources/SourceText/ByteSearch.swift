extension SourceFile {
  /// Whether the bytes hold a text. `needle` is not empty.
  public func contains(_ needle: StaticString) -> Bool {
    let count = needle.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      let wanted = unsafe UnsafeBufferPointer(start: needle.utf8Start, count: count)
      let first = unsafe wanted[0]
      for start in 0...bytes.count - count where unsafe bytes[start] == first {
        var index = 1
        while unsafe index < count && bytes[start + index] == wanted[index] { index += 1 }
        if index == count { return true }
      }
      return false
    }
  }
}
