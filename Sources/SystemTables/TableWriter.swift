/// Writes rows as one of the commands prints them.
///
/// Rows of another system are put into words as well as they can be: what the command has no column for is left out.
public enum TableWriter {
  /// The whole output of the command. `persistent` are persistent routes of Windows, as it lists them.
  public static func write(_ rows: [SystemRow], as format: TableFormat, persistent: [String] = []) -> String {
    switch format {
    case .netstat: NetstatWriter.write(rows)
    case .ipRoute: IPRouteWriter.write(rows)
    case .ipRouteJSON: IPRouteJSONWriter.write(rows)
    case .routePrint: RoutePrintWriter.write(rows, persistent: persistent)
    }
  }
}
