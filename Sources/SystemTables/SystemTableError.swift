/// Why a text is not the routing table of a system.
public enum SystemTableError: Error, Hashable, Sendable {
  /// Nothing but blanks.
  case empty
  /// A NUL character stands in the line: this is no text.
  case notText(line: Int)
  /// No line looks like a row of a known command; with the first line that is not blank.
  case noKnownFormat(line: Int, text: String)
  /// The table of `netstat -nr` or `route -n` on Linux, which hides rows of other tables and types; with the line that
  /// shows it.
  case linuxNetstat(line: Int)
  /// What stands around the rows is there, or rows of IPv6 are, or items of JSON, but no IPv4 row; with the last line.
  case noRows(TableFormat, line: Int)
  /// The text ends in the middle of the table; with the last line and what should follow.
  case cut(TableFormat, line: Int, missing: String)
  /// The text begins in the middle of the table; with the line of its first row and what should come before.
  case cutAtStart(TableFormat, line: Int, missing: String)
  /// The text begins as JSON and is not; column in Unicode scalars from 1.
  case invalidJSON(line: Int, column: Int, problem: String)

  /// The line to look at, from 1.
  public var line: Int {
    switch self {
    case .empty: 1
    case .notText(let line), .noKnownFormat(let line, _), .linuxNetstat(let line), .noRows(_, let line),
      .cut(_, let line, _), .cutAtStart(_, let line, _), .invalidJSON(let line, _, _):
      line
    }
  }

  /// The commands whose output can be read, for a sentence.
  private static let commands = "`netstat -nr -f inet`, `ip route`, `ip -j route` or `route print -4`"
}

extension SystemTableError: CustomStringConvertible {
  /// One sentence without the name of the file, the line in it.
  public var description: String {
    switch self {
    case .empty:
      "the text is empty; an empty table is `[]` in the output of `ip -j route`, and all other commands print at least"
        + " one row"
    case .notText(let line):
      "line \(line) has a NUL character; expected is the text that \(Self.commands) prints"
    case .noKnownFormat(let line, _):
      "line \(line) and those after it are not rows of a routing table that is known: expected is what \(Self.commands)"
        + " prints"
    case .linuxNetstat(let line):
      "line \(line) belongs to `netstat -nr` or `route -n` of Linux, which do not show the whole table; expected is what"
        + " \(Self.commands) prints"
    case .noRows(let format, let line):
      "up to its end in line \(line) the text has no IPv4 row as `\(format.command)` prints it"
    case .cut(let format, let line, let missing):
      "the table of `\(format.command)` is cut off in line \(line): \(missing) should follow"
    case .cutAtStart(let format, let line, let missing):
      "line \(line) is in the middle of a table of `\(format.command)`: \(missing) should come before it"
    case .invalidJSON(let line, let column, let problem):
      "line \(line), column \(column) is not JSON as `ip -j route` prints it: \(problem)"
    }
  }
}
