public import Linting

/// Lays a report out. Decides nothing.
public protocol Reporter: Sendable {
  /// Writes the whole report to `out`.
  func write(_ report: Report, to out: inout String)
}

/// The formats of `--format`.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, oneline, json

  /// Whether the format shows the fixes of findings.
  public var showsFixes: Bool { self != .oneline }

  /// The reporter of the format. `style` matters to text alone.
  public func reporter(_ style: TextStyle = TextStyle()) -> any Reporter {
    switch self {
    case .text: TextReporter(style)
    case .oneline: OneLineReporter()
    case .json: JSONReporter()
    }
  }
}
