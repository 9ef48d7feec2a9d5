import ArgumentParser
import LintRules
import Linting
import Reports

// What shells offer for the values of options. Each is given the words of the line, which of them is being typed, and
// what of that stands before the cursor.

extension CompletionKind {
  /// The words of a closed list.
  static func values<Value: CaseIterable & RawRepresentable<String>>(of type: Value.Type) -> CompletionKind {
    .list(Value.allCases.map(\.rawValue))
  }
}

/// Rules in completions: by name, or by code if the word begins like one.
enum RuleCompletion {
  /// One rule.
  @Sendable static func name(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    rules(like: word(words, index))
  }

  /// Another rule of a list that is separated by commas.
  @Sendable static func names(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    let parts = word(words, index).split(separator: ",", omittingEmptySubsequences: false)
    let listed = parts.dropLast().map { "\($0)," }.joined()
    return rules(like: String(parts.last ?? "")).map { listed + $0 }
  }

  /// A rule with its level.
  @Sendable static func severity(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    let word = word(words, index)
    guard let equals = word.firstIndex(of: "=") else {
      return rules(like: word).map { CompletionShell.joins ? $0 + "=" : $0 }
    }
    return LintOptions.Level.allCases.map { word[...equals] + $0.rawValue }
  }

  private static func rules(like word: String) -> [String] {
    RuleCatalog.pages.map(word.uppercased().hasPrefix("V") ? \.code : \.name)
  }

  private static func word(_ words: [String], _ index: Int) -> String {
    words.indices.contains(index) ? words[index] : ""
  }
}

extension ReportFile {
  /// A format, with what parts it from the file.
  @Sendable static func completions(_ words: [String], _ index: Int, _ typed: String) -> [String] {
    ReportFormat.allCases.map { CompletionShell.joins ? "\($0.rawValue):" : $0.rawValue }
  }
}

extension CompletionShell {
  /// Whether a word goes on after a completion that ends in `=` or `:`. zsh would begin the next word.
  fileprivate static var joins: Bool { requesting != .zsh }
}
