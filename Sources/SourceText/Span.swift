/// A stretch of one file: UTF-8 byte offsets from 0, `end` exclusive.
public struct Span: Hashable, Sendable {
  /// Position of the file in the list of files of this run.
  public var file: UInt32
  /// Offset of the first byte.
  public var start: UInt32
  /// Offset after the last byte.
  public var end: UInt32

  /// Makes a span of `start ..< end` bytes in file number `file`.
  public init(file: UInt32, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// The empty span at the beginning of a file: where a finding about the whole file stands.
  public static func beginning(ofFile file: UInt32) -> Span { Span(file: file, start: 0, end: 0) }
}

extension Span: Comparable {
  /// Order of reading: file, then start, then end.
  public static func < (left: Span, right: Span) -> Bool {
    (left.file, left.start, left.end) < (right.file, right.start, right.end)
  }
}
