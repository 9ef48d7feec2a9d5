/// One file as it was read: the name the user gave it and its bytes. Several files that are one input together can be
/// joined into one text, whose offsets lead back to the files.
public struct SourceFile: Sendable {
  /// The path as the user wrote it, or as found below a directory the user named. Of joined files the paths of all.
  public let name: String
  /// The content, unchanged. Of joined files all contents, with a line break between them.
  public let bytes: [UInt8]
  /// The files that were joined; empty for a file by itself.
  let parts: [Part]

  /// A file inside a text of several.
  struct Part: Sendable {
    let name: String
    /// Offset of its first byte.
    let start: Int
  }

  /// Makes a file from its name and content.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    parts = []
  }

  /// Joins files into one text, called by a name of its own or by those of all. A single one stays as it is.
  public init(joining files: [SourceFile], named ownName: String? = nil) {
    guard files.count != 1 else {
      self = files[0]
      return
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(files.reduce(files.count) { $0 + $1.bytes.count })
    var parts: [Part] = []
    for file in files {
      // The break keeps the end of one file and the beginning of the next apart.
      if !parts.isEmpty { bytes.append(UInt8(ascii: "\n")) }
      parts.append(Part(name: file.name, start: bytes.count))
      bytes += file.bytes
    }
    name = ownName ?? files.map(\.name).joined(separator: ", ")
    self.bytes = bytes
    self.parts = parts
  }

  /// Whether the text is that of several files.
  public var isJoined: Bool { !parts.isEmpty }

  /// How many files the text is made of.
  public var partCount: Int { max(1, parts.count) }

  /// The files that were joined, each by itself, with the offsets of their first bytes; a file by itself is its own only
  /// part.
  public var separate: [(file: SourceFile, start: Int)] {
    guard !parts.isEmpty else { return [(self, 0)] }
    return parts.indices.map { index in
      let end = index + 1 < parts.count ? parts[index + 1].start - 1 : bytes.count
      return (SourceFile(name: parts[index].name, bytes: Array(bytes[parts[index].start..<end])), parts[index].start)
    }
  }

  /// The name of the file in which an offset lies.
  public func name(at offset: UInt32) -> String { part(at: Int(offset))?.name ?? name }

  /// The joined file in which an offset lies; nil for a file by itself.
  func part(at offset: Int) -> Part? {
    guard !parts.isEmpty else { return nil }
    var (low, high) = (0, parts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if parts[middle].start <= offset { low = middle } else { high = middle }
    }
    return parts[low]
  }

  /// The text of a span; bytes that are not UTF-8 become U+FFFD.
  public func text(_ span: Span) -> String {
    let end = min(Int(span.end), bytes.count)
    return String(decoding: bytes[min(Int(span.start), end)..<end], as: UTF8.self)
  }
}
