import IPv4Space

/// Puts the lines of one command together.
struct TableCollector<Reader: LineReader> {
  private var reader = Reader()
  private var table = SystemTable(format: Reader.format, rows: [], notUnderstood: [])
  /// The line of a last row that waits for its first next hop.
  private var opening: TableLine?
  /// What a next hop belongs to.
  private var above = Above.nothing
  private var lastLine = 0

  private enum Above {
    case row, leftOut, nothing
  }

  static func read(_ text: TableText) throws(SystemTableError) -> SystemTable {
    var collector = TableCollector()
    for line in text where !line.words.isEmpty { try collector.take(line) }
    return try collector.finished()
  }

  private mutating func take(_ line: TableLine) throws(SystemTableError) {
    lastLine = line.number
    let meaning = reader.meaning(of: line)
    if case .nextHop(let hop) = meaning, above != .nothing {
      if above == .row { add(hop) }
      return
    }
    closeOpening()
    above = .nothing
    switch meaning {
    case .row(let row):
      table.rows.append(row)
      if !row.nextHops.isEmpty { above = .row }
    case .opening(let row):
      table.rows.append(row)
      above = .row
      opening = line
    case .furniture: above = .leftOut
    case .persistent: table.persistentRoutes.append(line.text)
    case .unfinished(let missing): try leave(line, missing: missing)
    case .nextHop, .unknown: try leave(line, missing: looksLikeRow(line) ? "the rest of the row" : nil)
    }
  }

  private mutating func add(_ hop: SystemRow.NextHop) {
    table.rows[table.rows.count - 1].addNextHop(hop)
    opening = nil
  }

  /// A last line without its line break may have been longer; other lines are as they are.
  private mutating func leave(_ line: TableLine, missing: String?) throws(SystemTableError) {
    if let missing, !line.hasBreak { throw .cut(Reader.format, line: line.number, missing: missing) }
    table.notUnderstood.append(SystemTable.Remainder(line: line.number, text: line.text))
  }

  private func looksLikeRow(_ line: TableLine) -> Bool {
    let digitsAndDots = line.words.first?.allSatisfy { (UInt8(ascii: ".")...UInt8(ascii: "9")).contains($0) }
    return digitsAndDots ?? false
  }

  private mutating func closeOpening() {
    guard let line = opening else { return }
    opening = nil
    table.rows.removeLast()
    table.notUnderstood.append(SystemTable.Remainder(line: line.number, text: line.text))
  }

  private consuming func finished() throws(SystemTableError) -> SystemTable {
    if let opening {
      throw .cut(Reader.format, line: opening.number, missing: "`via`, `dev` or `nexthop`")
    }
    guard let first = table.rows.first else { throw .noRows(Reader.format, line: lastLine) }
    if let missing = reader.missingAtEnd { throw .cut(Reader.format, line: lastLine, missing: missing) }
    // Rows that were copied without their heading are a whole table if they begin where one begins.
    if let missing = reader.missingAtStart, !table.rows.contains(where: { $0.destination?.length ?? 32 <= 1 }) {
      throw .cutAtStart(Reader.format, line: first.line, missing: missing)
    }
    return table
  }
}

extension SystemRow {
  /// Adds a way; the first one is also the row's own.
  mutating func addNextHop(_ hop: NextHop) {
    if nextHops.isEmpty {
      gateway = hop.gateway
      gatewayText = hop.gateway.text
      interface = hop.interface
    }
    nextHops.append(hop)
  }
}
