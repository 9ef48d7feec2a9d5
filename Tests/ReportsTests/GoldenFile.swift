import Foundation
import Testing

/// Expected output that is kept in the repository; `GOLDEN=write` renews it.
enum GoldenFile {
  /// The repository, found from this file.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Whether this run renews what is expected instead of comparing with it.
  static let isRenewed = ProcessInfo.processInfo.environment["GOLDEN"] == "write"

  /// Compares `text` with the file at `path` in the repository.
  static func expect(_ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let url = repository.appending(path: path)
    if isRenewed {
      try Data(text.utf8).write(to: url)
      return
    }
    guard let data = try? Data(contentsOf: url) else {
      Issue.record("\(path) is missing; `make golden` writes it", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard expected != text else { return }
    Issue.record("\(difference(expected, text, path)); `make golden` renews it", sourceLocation: sourceLocation)
  }

  /// The first line that differs.
  private static func difference(_ expected: String, _ found: String, _ path: String) -> String {
    let (old, new) = (lines(expected), lines(found))
    let line = zip(old, new).prefix { $0 == $1 }.count
    func quoted(_ lines: [Substring]) -> String { line < lines.count ? "`\(lines[line])`" : "the end" }
    return "\(path):\(line + 1): expected \(quoted(old)), found \(quoted(new))"
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
