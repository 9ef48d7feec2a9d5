/// A routing table as one of the commands printed it.
public struct SystemTable: Hashable, Sendable {
  /// A line, or an item of a JSON list, that is no row and does not belong to what the command prints around the rows.
  public struct Remainder: Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// Its text.
    public var text: String
  }

  /// The command.
  public var format: TableFormat
  /// The IPv4 rows in their order. Rows of IPv6 are left out.
  public var rows: [SystemRow]
  /// What was not understood, prompts and comments included, in the order of lines.
  public var notUnderstood: [Remainder]
  /// The persistent routes that Windows lists after the rows, a line each: they are no rows of the table.
  public var persistentRoutes: [String] = []

  /// Reads a table and finds out by itself which command printed it: UTF-8, or UTF-16 as PowerShell writes it.
  public static func read(_ bytes: [UInt8]) throws(SystemTableError) -> SystemTable {
    let text = try TableText(bytes)
    switch try FormatDetector.format(of: text) {
    case .netstat: return try TableCollector<NetstatReader>.read(text)
    case .ipRoute: return try TableCollector<IPRouteReader>.read(text)
    case .ipRouteJSON: return try IPRouteJSONReader.read(text)
    case .routePrint: return try TableCollector<RoutePrintReader>.read(text)
    }
  }
}
