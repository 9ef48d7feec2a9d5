import ClientVPN
import Forwarding
import Linting
import SourceText

/// A comparison for a change request: the verdict, the edits, and what clients gain and lose.
struct DiffMarkdown {
  private let report: DiffReport
  private let places: DiffPlaces

  init(_ report: DiffReport) {
    self.report = report
    places = DiffPlaces(report)
  }

  var text: String {
    var out = "## \(title)\n\n" + report.verdict.map { "- \(MarkdownText.prose($0))\n" }.joined()
    if !report.changes.isEmpty { out += "\n### Changes\n\n" + table }
    let servers = report.servers.filter { server in
      server.places.contains { !$0.rows.isEmpty || $0.change != .unchanged }
    }
    for server in servers { out += "\n### Clients of \(MarkdownText.prose(server.name.quoted))\n" + reach(of: server) }
    for sentence in report.sentencesOnParts { out += "\n> \(MarkdownText.prose(sentence))\n" }
    return out
  }

  private var title: String {
    switch report.sessions {
    case .none: "✅ vpnlint diff: nobody has to reconnect"
    case .reconnect: "⚠️ vpnlint diff: connected clients must reconnect"
    case .disconnect: "❌ vpnlint diff: clients are disconnected"
    case .newProfile: "❌ vpnlint diff: clients are disconnected and need a new profile"
    }
  }

  private var table: String {
    var out = "| change | place | reach | sessions | why |\n| --- | --- | --- | --- | --- |\n"
    for edit in report.changes.prefix(Self.mostChanges) {
      let cells = [
        MarkdownText.prose(edit.title, inTable: true), MarkdownText.code(places.inWords(edit), inTable: true),
        edit.reachability.rawValue, edit.sessions.rawValue, MarkdownText.prose(edit.because, inTable: true),
      ]
      out += "| \(cells.joined(separator: " | ")) |\n"
    }
    let hidden = report.changes.count - Self.mostChanges
    return hidden > 0 ? out + "\n\(hidden) more changes are left out.\n" : out
  }

  private func reach(of server: ServerDiff) -> String {
    let all = server.places
    guard let first = all.first else { return "" }
    return all.enumerated().filter { $0.offset == 0 || $0.element.rows != first.rows }.map { table(of: $0.element) }
      .joined()
  }

  private func table(of place: ServerDiff.Place) -> String {
    var out = place.site.map { "\nFrom \(MarkdownText.prose($0.quoted)):\n" } ?? ""
    if !place.rows.isEmpty {
      out += "\n| | addresses | what lies there | before → after |\n| --- | --- | --- | --- |\n"
    }
    for row in place.rows.prefix(Self.mostChanges) {
      let addresses = row.addresses(most: 5)
      out += "| \(row.kind.rawValue) | \(addresses) | \(MarkdownText.prose(row.what, inTable: true)) | "
      out += "\(MarkdownText.prose(row.ending, inTable: true)) |\n"
    }
    for item in place.changedServices {
      out += "\n- \(item.change.rawValue): \(MarkdownText.prose(item.inWords))\n"
    }
    return place.unchanged.map { out + "\nUnchanged: \(MarkdownText.prose($0)).\n" } ?? out
  }

  private static let mostChanges = 200
}
