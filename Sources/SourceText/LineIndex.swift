/// A place in a file as people and editors count: from 1, columns in Unicode scalars; the offset in bytes from 0.
public struct Position: Hashable, Sendable {
  /// The name of the file: of joined files that in which the place lies.
  public let file: String
  /// Line, from 1. Lines end at LF, CR or CR LF, as in editors.
  public let line: Int
  /// Column, from 1, in Unicode scalars.
  public let column: Int
  /// UTF-8 bytes before the place.
  public let offset: Int
}

/// Turns byte offsets of one file, or of several that were joined, into lines and columns.
public struct LineIndex: Sendable {
  private let file: SourceFile
  private var bytes: [UInt8] { file.bytes }
  /// Offset of the first byte of each line.
  private let starts: [UInt32]
  /// Scalars before each multiple of `stride` bytes; empty if the file is ASCII, where bytes are columns.
  private let scalars: [UInt32]
  private static let stride = 4096

  /// Reads the line breaks of `file` once.
  public init(_ file: SourceFile) {
    self.file = file
    let isASCII: Bool
    (starts, isASCII) = Self.lineStarts(file.bytes)
    scalars = isASCII ? [] : Self.countScalars(file.bytes)
  }

  private static func lineStarts(_ bytes: [UInt8]) -> ([UInt32], isASCII: Bool) {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(bytes.count / 24 + 1)
    var union: UInt64 = 0
    unsafe bytes.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        // Eight bytes at once where none is a line break.
        let end = min(index + 8, bytes.count)
        if end == index + 8 {
          let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          union |= word
          if !hasControl(word) {
            index = end
            continue
          }
        }
        while index < end {
          let byte = unsafe bytes[index]
          index += 1
          union |= UInt64(byte)
          guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
          let isHalf = unsafe byte == UInt8(ascii: "\r") && index < bytes.count && bytes[index] == UInt8(ascii: "\n")
          if !isHalf { starts.append(UInt32(index)) }
        }
      }
    }
    return (starts, union & 0x8080_8080_8080_8080 == 0)
  }

  /// Whether one of eight bytes is below 14, as line breaks are: only such a byte borrows its highest bit.
  private static func hasControl(_ word: UInt64) -> Bool {
    (word &- 0x0E0E_0E0E_0E0E_0E0E) & ~word & 0x8080_8080_8080_8080 != 0
  }

  /// Number of lines; a file that ends in a line break has an empty last line.
  public var lineCount: Int { starts.count }

  /// File, line and column of a byte offset; an offset past the end is the end.
  public func position(_ offset: UInt32) -> Position {
    let offset = min(Int(offset), bytes.count)
    let line = lineNumber(offset)
    guard let part = file.part(at: offset) else {
      return Position(file: file.name, line: line, column: column(of: offset, line, from: 0), offset: offset)
    }
    return Position(
      file: part.name, line: line - lineNumber(part.start) + 1, column: column(of: offset, line, from: part.start),
      offset: offset - part.start)
  }

  private func column(of offset: Int, _ line: Int, from first: Int) -> Int {
    scalarCount(min(firstByte(of: line, from: first), offset), offset) + 1
  }

  /// A place in a few words: "line 12"; with the column where the text is one line, as JSON of programs is, and with the
  /// name of the file where several are joined.
  public func inWords(_ offset: UInt32) -> String {
    let position = position(offset)
    let column = lineCount == 1 ? ", column \(position.column)" : ""
    let name = file.part(at: position.offset) == nil ? "" : " of \(position.file)"
    return "line \(position.line)\(column)\(name)"
  }

  /// The number of the line with a byte offset, from 1, counted through all joined files.
  public func row(_ offset: UInt32) -> Int { lineNumber(min(Int(offset), bytes.count)) }

  /// The bytes of a line without its line break. `row` counts from 1, through all joined files.
  public func bytesOfLine(_ row: Int) -> Range<Int> {
    let start = Int(starts[row - 1])
    var end = row < starts.count ? Int(starts[row]) : bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return min(firstByte(of: row, from: file.part(at: start)?.start ?? 0), end)..<end
  }

  /// Where a line begins: after the byte order mark if it is the first of its file.
  private func firstByte(of line: Int, from first: Int) -> Int {
    let start = Int(starts[line - 1])
    return start == first && Self.hasMark(bytes, at: first) ? start + 3 : start
  }

  private func lineNumber(_ offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  private func scalarCount(_ start: Int, _ end: Int) -> Int {
    scalars.isEmpty ? end - start : scalarsBefore(end) - scalarsBefore(start)
  }

  private func scalarsBefore(_ offset: Int) -> Int {
    let block = offset / Self.stride
    var count = Int(scalars[block])
    for index in block * Self.stride..<offset where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  private static func countScalars(_ bytes: [UInt8]) -> [UInt32] {
    var table: [UInt32] = [0]
    table.reserveCapacity(bytes.count / stride + 1)
    var count: UInt32 = 0
    for block in Swift.stride(from: 0, to: bytes.count - bytes.count % stride, by: stride) {
      for byte in bytes[block..<block + stride] where byte & 0xC0 != 0x80 { count += 1 }
      table.append(count)
    }
    return table
  }

  /// A byte order mark takes no column.
  private static func hasMark(_ bytes: [UInt8], at start: Int) -> Bool {
    bytes[start...].starts(with: [0xEF, 0xBB, 0xBF])
  }
}
