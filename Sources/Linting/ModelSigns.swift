import SourceText

/// Signs that a file which nobody named is meant as a model. What cannot be read must not pass for something else.
struct ModelSigns {
  private let file: SourceFile

  init(_ file: SourceFile) { self.file = file.isWide ? file.narrowed : file }

  /// Whether the bytes hold one of the two required keys: without them nothing is a model.
  var areThere: Bool { file.contains("vpn_servers") || file.contains("vpc") }

  /// Of a text that cannot be read, whether a line begins with a key of a model, be it behind tabs, which are no
  /// indentation, or whether JSON names what a model or an import has.
  var areClear: Bool {
    if file.contains("\"vpn_servers\"") || file.contains("\"ibm_is_vpn_server\"") { return true }
    if file.name.hasSuffix(".json"), file.contains("\"vpc\"") { return true }
    return file.bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }).contains { line in
      let line = line.drop { $0 == UInt8(ascii: "\t") }
      return line.starts(with: "vpn_servers:".utf8) || line.starts(with: "vpc:".utf8)
    }
  }
}

extension SourceFile {
  /// Whether the text seems to have two bytes a character: UTF-16, with its mark or without.
  fileprivate var isWide: Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(4).contains(0)
  }

  /// The text as if each character had one byte.
  fileprivate var narrowed: SourceFile {
    SourceFile(name: name, bytes: bytes.filter { $0 != 0 && $0 < 0xFE })
  }
}
