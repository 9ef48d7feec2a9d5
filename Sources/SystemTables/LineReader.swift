/// What a line of a table is.
enum LineMeaning {
  case row(SystemRow)
  /// A row that has its next hops in the lines that follow.
  case opening(SystemRow)
  /// A next hop of the row above.
  case nextHop(SystemRow.NextHop)
  /// A heading, a ruler, a row that is left out on purpose.
  case furniture
  /// A persistent route of Windows.
  case persistent
  /// The beginning of a row, and what should follow.
  case unfinished(missing: String)
  case unknown
}

/// Reads the lines of one command.
protocol LineReader {
  static var format: TableFormat { get }

  init()

  /// What the next line is; it is not blank.
  mutating func meaning(of line: TableLine) -> LineMeaning

  /// What should have come before the rows and did not; nil if nothing is missing.
  var missingAtStart: String? { get }

  /// What should follow the last line; nil if nothing is missing.
  var missingAtEnd: String? { get }
}

extension LineReader {
  var missingAtStart: String? { nil }
  var missingAtEnd: String? { nil }
}
