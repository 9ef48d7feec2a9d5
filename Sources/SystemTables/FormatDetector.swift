/// Finds out which command printed a text.
enum FormatDetector {
  /// By the first line that is a row of one of the commands; if there is none, by what stands around rows.
  static func format(of text: TableText) throws(SystemTableError) -> TableFormat {
    var framed: TableFormat?
    var first: TableLine?
    for line in text where !line.words.isEmpty {
      if let format = formatOfRow(line) { return format }
      if line.words.contains(where: { $0.isWord("Genmask") }) { throw .linuxNetstat(line: line.number) }
      framed = framed ?? formatOfFrame(line)
      first = first ?? line
    }
    if let framed { return framed }
    guard let first else { throw .empty }
    throw .noKnownFormat(line: first.number, text: first.text)
  }

  private static func formatOfRow(_ line: TableLine) -> TableFormat? {
    if IPRouteJSONReader.isStart(line) { return .ipRouteJSON }
    if RoutePrintReader.row(line) != nil { return .routePrint }
    switch IPRouteReader.meaning(line) {
    case .row, .nextHop: return .ipRoute
    case .opening, .furniture, .persistent, .unfinished, .unknown: break
    }
    if case .row = NetstatReader.rowMeaning(line) { return .netstat }
    return nil
  }

  private static func formatOfFrame(_ line: TableLine) -> TableFormat? {
    if NetstatReader.isHeading(line) { return .netstat }
    if case .furniture = IPRouteReader.meaning(line) { return .ipRoute }
    return RoutePrintReader.isRuler(line) ? .routePrint : nil
  }
}
