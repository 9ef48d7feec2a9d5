import IPv4Space
import SourceText
import SourceTree

/// Reads `ip -j route`, on one line or pretty.
struct IPRouteJSONReader {
  private let tree: SourceTree
  private let index: LineIndex
  /// Lines before the list.
  private let linesBefore: Int
  private var table: SystemTable

  /// Whether the line begins a list: with a `[` followed by `{`, `]` or nothing. A `{` is taken too, so that what is
  /// wrong can be told in words of JSON.
  static func isStart(_ line: TableLine) -> Bool {
    guard let first = line.words.first else { return false }
    if first.first == UInt8(ascii: "{") { return true }
    let next = first.count > 1 ? first.dropFirst().first : line.words.dropFirst().first?.first
    return first.first == UInt8(ascii: "[") && (next == nil || next == UInt8(ascii: "{") || next == UInt8(ascii: "]"))
  }

  static func read(_ text: TableText) throws(SystemTableError) -> SystemTable {
    let start = text.first(where: isStart)?.words.first?.startIndex ?? text.start
    let end = end(of: text.bytes, from: start)
    let file = SourceFile(name: "", bytes: Array(text.bytes[start..<end]))
    let tree = SourceTree.read(file, isJSON: true)
    let index = LineIndex(file)
    let firstLine = text.lineNumber(at: start)
    var reader = IPRouteJSONReader(
      tree: tree, index: index, linesBefore: firstLine - 1,
      table: SystemTable(format: .ipRouteJSON, rows: [], notUnderstood: []))
    if let problem = tree.problems.first { throw reader.error(problem) }
    try reader.readList()
    let lastLine = firstLine + index.lineCount - 1
    let around = text.filter { !$0.words.isEmpty && ($0.number < firstLine || $0.number > lastLine) }
      .map { SystemTable.Remainder(line: $0.number, text: $0.text) }
    reader.table.notUnderstood = (reader.table.notUnderstood + around).sorted { $0.line < $1.line }
    return reader.table
  }

  /// Where the line ends in which the last bracket is closed; the end of the text if it never is.
  private static func end(of bytes: [UInt8], from start: Int) -> Int {
    var depth = 0
    var isInString = false
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\") where isInString: index += 1
      case UInt8(ascii: "\""): isInString.toggle()
      case _ where isInString: break
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      index += 1
      if depth <= 0 { return bytes[index...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count }
    }
    return bytes.count
  }

  private func line(_ node: NodeIndex) -> Int { linesBefore + index.position(tree.span(node).start).line }

  private mutating func readList() throws(SystemTableError) {
    guard let root = tree.documents.first, tree.kind(root) == .sequence else {
      throw .invalidJSON(line: linesBefore + 1, column: 1, problem: "a list of routes in `[` and `]` is expected")
    }
    for item in tree.items(root) {
      switch IPRouteJSONItem(tree, item).meaning(line: line(item)) {
      case .row(let row): table.rows.append(row)
      case .furniture: break
      default:
        table.notUnderstood.append(SystemTable.Remainder(line: line(item), text: tree.file.text(tree.span(item))))
      }
    }
    let isEmpty = tree.childCount(root) == 0
    guard isEmpty || !table.rows.isEmpty else { throw .noRows(.ipRouteJSON, line: linesBefore + index.lineCount) }
  }

  private func error(_ problem: SyntaxProblem) -> SystemTableError {
    if let missing = problem.missingAtEnd {
      let end = UInt32(tree.file.bytes.count)
      return .cut(.ipRouteJSON, line: linesBefore + index.position(end).line, missing: missing)
    }
    let position = index.position(problem.span.start)
    return .invalidJSON(line: linesBefore + position.line, column: position.column, problem: problem.jsonWords)
  }
}
