/// One file as it was read: the name the user gave it and its bytes.
public struct SourceFile: Sendable {
  /// The path as the user wrote it, or as found below a directory the user named.
  public let name: String
  /// The content, unchanged.
  public let bytes: [UInt8]

  /// Makes a file from its name and content.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The text of a span; bytes that are not UTF-8 become U+FFFD.
  public func text(_ span: Span) -> String {
    let end = min(Int(span.end), bytes.count)
    return String(decoding: bytes[min(Int(span.start), end)..<end], as: UTF8.self)
  }
}
