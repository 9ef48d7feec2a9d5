import Reports
import SourceText

/// A first word that was meant as a command and is none. As `vpnlint PATH` lints a file, it would be told as a file that
/// is missing.
enum MisspeltCommand {
  /// What to say of the arguments; nil if they begin with a command, an option or a path.
  static func sentence(for arguments: [String]) -> String? {
    guard let first = arguments.first else { return nil }
    if first == "help" { return arguments.dropFirst().first.flatMap(unknown) }
    guard isBareWord(first), !RootCommand.names.contains(first), FileStatus(first) == nil,
      let nearest = nearest(to: first)
    else { return nil }
    return "`\(first)` is neither a file nor a command; did you mean `vpnlint \(nearest)`?"
  }

  /// What to say of a word for which help was asked for.
  private static func unknown(_ word: String) -> String? {
    guard !word.hasPrefix("-"), !RootCommand.names.contains(word) else { return nil }
    let hint = nearest(to: word).map { "did you mean `\($0)`?" } ?? "`vpnlint --help` lists them"
    return "there is no command `\(SafeText.escaped(word))`; \(hint)"
  }

  private static func nearest(to word: String) -> String? {
    switch NearestName.of(word.lowercased(), among: RootCommand.names + ["version"]) {
    case "version"?: "--version"
    case let command: command
    }
  }

  private static let letters = UInt8(ascii: "a")...UInt8(ascii: "z")

  /// Whether a word has letters and hyphens alone, as commands have.
  private static func isBareWord(_ word: String) -> Bool {
    word.utf8.first != UInt8(ascii: "-")
      && word.utf8.allSatisfy { letters.contains($0 | 0x20) || $0 == UInt8(ascii: "-") }
  }
}
