import LintRules
public import SourceText
import SourceTree

/// A file that steers the lint, settings or a baseline: what could be read of it, and what is wrong with it.
public struct ConfigurationFile<Content: Sendable>: Sendable {
  /// The file.
  public let file: SourceFile
  /// What could be understood.
  public let content: Content
  /// What kept the text from being read whole.
  let syntaxProblems: [SyntaxProblem]
  /// Keys and values that could not be understood.
  let problems: [HousekeepingProblem]

  /// Whether everything in the file was understood.
  public var isSound: Bool { syntaxProblems.isEmpty && problems.isEmpty }
}
