import SourceText

/// Shows lines of one file on a page: with marked places, and as a fix changes them.
struct HTMLSource {
  private let file: SourceFile
  private let index: LineIndex

  /// Columns of a line that are shown; longer ones are cut around the place.
  private static let width = 160
  /// Places of one finding, and lines of one fix, that are shown.
  private static let mostPlaces = 12
  private static let mostChanged = 40

  init(_ file: SourceFile) {
    self.file = file
    index = LineIndex(file)
  }

  /// Name of the file, as the user gave it.
  var name: String { file.name }

  /// Where a span begins.
  func position(_ span: Span) -> Position { index.position(span.start) }

  // MARK: Marked places

  private struct Mark {
    var columns: Range<Int>
    let text: String
    let isPrimary: Bool
    let number: Int?
  }

  /// The lines with the places of a finding, the first label being that of the primary place. The number of a line is
  /// that of its entry in the list.
  func lines(_ labels: [Label]) -> String {
    let shown = labels.prefix(Self.mostPlaces).enumerated().map { (label: $1, isPrimary: $0 == 0) }
    let byLine = Dictionary(grouping: shown) { index.position($0.label.span.start).line }
    var out = "<ol class=\"source\">\n"
    var previous: Int?
    for (line, labels) in byLine.sorted(by: { $0.key < $1.key }) {
      let gap = previous.map { line > $0 + 1 } ?? false
      previous = line
      out += rows(labels, line).map { "<li value=\"\(line)\"\(gap ? " class=\"gap\"" : "")>\($0)</li>\n" }.joined()
    }
    out += "</ol>\n"
    let hidden = labels.count - shown.count
    return hidden > 0 ? out + "<p>And \(HTMLText.count(hidden, "more place")), in the JSON report.</p>\n" : out
  }

  /// The line once, or more often if places of it lie too far apart.
  private func rows(_ labels: [(label: Label, isPrimary: Bool)], _ line: Int) -> [String] {
    let range = index.bytesOfLine(line)
    var rest = labels.sorted { ($0.isPrimary ? 0 : 1, $0.label.span) < ($1.isPrimary ? 0 : 1, $1.label.span) }
    var rows: [String] = []
    while let first = rest.first {
      let snippet = SourceSnippet(file, line: range, focus: clamped(first.label.span, range), width: Self.width)
      let here = [first] + rest.dropFirst().filter { snippet.shows(clamped($0.label.span, range)) }
      rest = rest.dropFirst().filter { !snippet.shows(clamped($0.label.span, range)) }
      let inOrder = here.sorted { $0.label.span < $1.label.span }
      let marks = inOrder.enumerated().map { number, place in
        Mark(
          columns: snippet.columns(of: clamped(place.label.span, range)), text: place.label.text,
          isPrimary: place.isPrimary, number: inOrder.count > 1 ? number + 1 : nil)
      }
      rows.append("<code>\(Self.marked(snippet.text, marks))</code>\(Self.words(marks))")
    }
    return rows
  }

  private func clamped(_ span: Span, _ range: Range<Int>) -> Range<Int> {
    let start = min(max(Int(span.start), range.lowerBound), range.upperBound)
    return start..<min(max(Int(span.end), start), range.upperBound)
  }

  /// The text with its marks; where they overlap the one that begins first goes on.
  private static func marked(_ text: String, _ marks: [Mark]) -> String {
    var out = ""
    var column = 0
    var rest = marks[...]
    var open: Mark?
    func close() {
      guard let mark = open else { return }
      out += "</mark>" + (mark.number.map { "<sup>\($0)</sup>" } ?? "")
      open = nil
    }
    for scalar in text.unicodeScalars {
      if let mark = open, column >= mark.columns.upperBound { close() }
      while open == nil, let next = rest.first, column >= next.columns.lowerBound {
        open = next
        rest.removeFirst()
        out += "<mark\(next.isPrimary ? " class=\"primary\"" : "")>"
      }
      out += XMLText.escaped(String(scalar))
      column += SafeText.width(scalar)
    }
    close()
    // A place at the end of the line, such as where something is missing.
    for mark in rest {
      out +=
        "<mark\(mark.isPrimary ? " class=\"primary\"" : "")> </mark>" + (mark.number.map { "<sup>\($0)</sup>" } ?? "")
    }
    return out
  }

  private static func words(_ marks: [Mark]) -> String {
    marks.filter { !$0.text.isEmpty }.map { mark in
      let number = mark.number.map { "<sup>\($0)</sup> " } ?? ""
      return "<span class=\"label\(mark.isPrimary ? " primary" : "")\">\(number)\(HTMLText.prose(mark.text))</span>"
    }.joined()
  }

  // MARK: Changes

  /// The lines that a fix changes, as they are and as they will be.
  func change(_ fix: Fix) -> String {
    let edits = fix.edits.sorted { $0.span < $1.span }
    guard let first = edits.first, let last = edits.map(\.span.end).max(), let edited = file.applying(edits) else {
      return ""
    }
    let lines = index.position(first.span.start).line...index.position(last).line
    let old = index.bytesOfLine(lines.lowerBound).lowerBound..<index.bytesOfLine(lines.upperBound).upperBound
    let grown = edited.file.bytes.count - file.bytes.count
    guard old.upperBound + grown >= old.lowerBound else { return "" }
    let before = Self.cut(file.bytes[old])
    let after = Self.cut(edited.file.bytes[old.lowerBound..<old.upperBound + grown])
    let head = zip(before, after).prefix { $0 == $1 }.count
    let tail = zip(before.dropFirst(head).reversed(), after.dropFirst(head).reversed()).prefix { $0 == $1 }.count
    let removed = before.dropFirst(head).dropLast(tail)
    let added = after.dropFirst(head).dropLast(tail)
    guard removed.count + added.count <= Self.mostChanged else {
      return "<p>It changes \(HTMLText.count(max(removed.count, added.count), "line")).</p>\n"
    }
    var out = "<div class=\"change\">\n"
    for line in removed { out += "<del>\(Self.line("−", line))</del>\n" }
    for line in added { out += "<ins>\(Self.line("+", line))</ins>\n" }
    return out + "</div>\n"
  }

  private static func line(_ sign: String, _ bytes: ArraySlice<UInt8>) -> String {
    let line = SourceFile(name: "", bytes: Array(bytes))
    let snippet = SourceSnippet(line, line: 0..<line.bytes.count, focus: 0..<0, width: width)
    return "<code>\(sign) \(XMLText.escaped(snippet.text))</code>"
  }

  /// Lines by their line breaks.
  private static func cut(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
  }
}
