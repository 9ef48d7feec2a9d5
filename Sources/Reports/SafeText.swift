/// Makes text that comes from files harmless for a terminal.
public enum SafeText {
  /// Whether a character could act on a terminal or hide what is written: control characters, line and paragraph
  /// separators, marks that turn the direction of writing, and characters without width.
  static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
      0xFFFE...0xFFFF:
      true
    case 0xE0000...0xE007F: true
    default: false
    }
  }

  /// The text with harmful characters written out, as `\u{1B}`. For messages.
  public static func escaped(_ text: String) -> String {
    // Nearly all texts are of printable ASCII.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    return text.escaping { isHarmful($0) ? code($0) : nil }
  }

  /// A character by its number, as in Swift: `\u{1B}`.
  static func code(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }

  /// Columns that a character takes on a terminal: 2 for wide East Asian characters and pictures, 0 for marks that join
  /// the one before (after Unicode Standard Annex 11).
  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0xFE00...0xFE0F, 0x20D0...0x20FF: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}
