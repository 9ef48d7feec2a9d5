import ClientVPN
import Forwarding
import IPv4Space
import Linting
import SourceText

/// A comparison for people: the verdict, the edits with their places, the ranges.
struct DiffText {
  private let report: DiffReport
  private let places: DiffPlaces
  private let style: TextStyle

  init(_ report: DiffReport, _ style: TextStyle) {
    (self.report, self.style) = (report, style)
    places = DiffPlaces(report)
  }

  var text: String {
    var out = report.verdict.map { style.paint(wrapped($0, indent: ""), .bold) + "\n" }.joined()
    if !report.changes.isEmpty { out += "\nchanges\n" }
    for edit in report.changes.prefix(Self.mostEdits) { write(edit, to: &out) }
    out += hidden(report.changes.count - Self.mostEdits, "  ")
    for server in report.servers where server.places.contains(where: { !$0.rows.isEmpty || $0.change != .unchanged }) {
      write(server, to: &out)
    }
    for sentence in report.sentencesOnParts { out += "\n\(wrapped("note: \(sentence)", indent: "      "))\n" }
    return out
  }

  private func wrapped(_ text: String, indent: String) -> String {
    style.wrapped(SafeText.escaped(text), indent: indent)
  }

  // MARK: Edits

  private func write(_ edit: DiffReport.Edit, to out: inout String) {
    out += "  \(style.paint(edit.sign, colour(of: edit.sign))) \(wrapped(edit.title, indent: "    "))\n"
    out += "    --> \(SafeText.escaped(places.inWords(edit)))\n"
    out += "    = reach: \(edit.reachability.rawValue)\n"
    let sessions = "\(edit.sessions.rawValue); \(edit.because)"
    out += "    = sessions: \(wrapped(sessions, indent: "                "))\n"
  }

  private func colour(of sign: String) -> TextStyle.Colour { sign == "+" ? .green : sign == "-" ? .red : .yellow }

  // MARK: Ranges

  private func write(_ server: ServerDiff, to out: inout String) {
    let all = server.places
    out += "\nreach of clients of VPN server \(SafeText.escaped(server.name.quoted))\n"
    guard let first = all.first else { return }
    write(first, indent: "  ", to: &out)
    for place in all.dropFirst() where place.rows != first.rows {
      out += "  from \(SafeText.escaped((place.site ?? "").quoted))\n"
      write(place, indent: "    ", to: &out)
    }
  }

  private func write(_ place: ServerDiff.Place, indent: String, to out: inout String) {
    for row in place.rows.prefix(Self.mostRows) {
      let label = Self.label(row.kind.rawValue)
      let lead = "\(indent)\(style.paint(label, colour(of: row.kind)))"
      let words = "\(row.addresses(most: Self.mostRanges)), \(row.what): \(row.ending)"
      out += "\(lead) \(wrapped(words, indent: indent + String(repeating: " ", count: 10)))\n"
    }
    out += hidden(place.rows.count - Self.mostRows, indent)
    for item in place.changedServices.prefix(Self.mostRows) {
      let label = Self.label(item.change.rawValue)
      out += "\(indent)\(label) \(wrapped(item.inWords, indent: indent + String(repeating: " ", count: 10)))\n"
    }
    out += hidden(place.changedServices.count - Self.mostRows, indent)
    if let unchanged = place.unchanged {
      out += "\(indent)unchanged \(wrapped(unchanged, indent: indent + String(repeating: " ", count: 10)))\n"
    }
  }

  private func colour(of kind: ReachShift.Kind) -> TextStyle.Colour {
    switch kind {
    case .widened: .green
    case .narrowed: .red
    case .rerouted, .undetermined: .yellow
    }
  }

  /// A word about what changes, as wide as others; what is not known is "unknown" here, for want of room.
  private static func label(_ kind: String) -> String {
    let word = kind == "undetermined" ? "unknown" : kind
    return word + String(repeating: " ", count: 9 - word.count)
  }

  private func hidden(_ count: Int, _ indent: String) -> String {
    count > 0 ? "\(indent)and \(count) more, all in the JSON report\n" : ""
  }

  private static let (mostEdits, mostRows, mostRanges) = (200, 100, 5)
}
