public import Linting

/// Lays a report out. Decides nothing.
public protocol Reporter: Sendable {
  /// Writes the whole report to `out`.
  func write(_ report: Report, to out: inout String)
}

/// The formats of `--format`.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, oneline, json

  /// The reporter of the format. `style` matters to text alone.
  public func reporter(_ style: TextStyle = TextStyle()) -> any Reporter {
    switch self {
    case .text: TextReporter(style)
    case .oneline: OneLineReporter()
    case .json: JSONReporter()
    }
  }
}

/// How text may look on the screen it is written for.
public struct TextStyle: Sendable {
  /// Whether colours may be used.
  public var usesColour = false
  /// Columns of the terminal; source lines that are wider are cut around what matters, prose is wrapped.
  public var width = 100

  /// Plain, 100 columns.
  public init() {}
}
