import Linting
import SourceText

extension FileReport {
  /// How many documents have servers.
  var documentsWithServers: Int { Set(servers.map(\.document)).count }
}

/// The part of a page that tells what clients reach: pictures and matrices, document by document.
struct HTMLReach {
  /// Whether there is one model alone, which needs no heading.
  let isOnlyOne: Bool
  private var picturesLeft = HTMLReporter.Most.pictures
  /// How many pictures there was no room for.
  private(set) var picturesLeftOut = 0
  private var number = 0

  init(isOnlyOne: Bool) { self.isOnlyOne = isOnlyOne }

  /// What there is to say of one document with servers.
  struct Document: Sendable {
    fileprivate let heading: String
    /// Pictures with a place for the beginning of their ids, as many as a page can have, and how many there are.
    fileprivate let pictures: [HTMLTemplate]
    fileprivate let pictureCount: Int
    /// The matrix, services and expectations.
    fileprivate let details: String
  }

  /// The documents of a file that have servers.
  static func documents(of file: FileReport) -> [Document] {
    file.matrices.map { matrix in
      let servers = file.servers.filter { $0.document == matrix.document }
      var details = ""
      writeMatrix(matrix, to: &details)
      for server in servers { writeDetails(server, to: &details) }
      return Document(
        heading: "<h3>\(place(matrix, file))</h3>\n",
        pictures: servers.prefix(HTMLReporter.Most.pictures).map(picture), pictureCount: servers.count,
        details: details)
    }
  }

  mutating func write(_ document: Document, to out: inout String) {
    number += 1
    if !isOnlyOne { out += document.heading }
    let shown = document.pictures.prefix(picturesLeft)
    for (index, picture) in shown.enumerated() { out += picture.filled("picture-\(number)-\(index + 1)") }
    picturesLeft -= shown.count
    picturesLeftOut += document.pictureCount - shown.count
    out += document.details
  }

  private static func place(_ matrix: ReachMatrix, _ file: FileReport) -> String {
    let document = file.documentsWithServers > 1 ? ", document \(matrix.document + 1)" : ""
    return HTMLText.code(file.file.name) + document
  }

  private static func picture(of server: ServerReport) -> HTMLTemplate {
    let picture = server.picture
    var out = "<figure>\n<figcaption>The network of VPN server \(HTMLText.name(server.name))</figcaption>\n"
    out += PictureReporter().part(picture, .wide, id: "\(HTMLTemplate.place)-")
    out += PictureReporter().part(picture, .narrow, id: "\(HTMLTemplate.place)-narrow-")
    return HTMLTemplate(out + "</figure>\n")
  }

  // MARK: Matrix

  private static func writeMatrix(_ matrix: ReachMatrix, to out: inout String) {
    guard !matrix.rows.isEmpty else { return }
    let isLong = matrix.rows.count > HTMLReporter.Most.openRows
    let rows = isLong ? matrix.rows.filter { !$0.isAsWanted } + matrix.rows.filter(\.isAsWanted) : matrix.rows
    let caption = "Subnets and networks against VPN servers"
    let open = rows.prefix(HTMLReporter.Most.openRows)
    out += HTMLText.scrolling("What clients reach", table(open, matrix, caption))
    guard isLong else { return }
    let rest = rows.dropFirst(open.count)
    let folded = rest.prefix(HTMLReporter.Most.rows)
    var content = HTMLText.scrolling(
      "What clients reach, continued", table(folded, matrix, "\(caption), continued"))
    if rest.count > folded.count {
      content += "<p>\(HTMLText.count(rest.count - folded.count, "more row")) in the JSON report.</p>\n"
    }
    let wanting = rest.count { !$0.isAsWanted }
    let words = wanting == 0 ? "all as wanted" : "\(wanting) of them not as wanted"
    out += HTMLText.folded("\(HTMLText.count(rest.count, "more row")), \(words)", content)
  }

  private static func table(_ rows: ArraySlice<ReachMatrix.Row>, _ matrix: ReachMatrix, _ caption: String) -> String {
    var table = "<table>\n<caption>\(caption)</caption>\n<thead>\n<tr><th scope=\"col\">subnet or network</th>"
    for server in matrix.servers {
      table += "<th scope=\"col\">\(HTMLText.name(server.name)) <span class=\"soft\">\(server.mode)</span></th>"
    }
    table += "</tr>\n</thead>\n<tbody>\n"
    for row in rows { table += self.row(row) }
    return table + "</tbody>\n</table>\n"
  }

  private static func row(_ row: ReachMatrix.Row) -> String {
    let kind = row.isNetwork ? "<span class=\"soft\">network</span> " : ""
    let cidrs = row.cidrs.prefix(3).joined(separator: ", ")
    let more = row.cidrs.count > 3 ? " and \(row.cidrs.count - 3) more" : ""
    let cells = row.cells.map { "<td>\(words(for: $0))</td>" }.joined()
    let addresses = "<span class=\"addresses\">\(cidrs)\(more)</span>"
    return "<tr><th scope=\"row\">\(kind)\(HTMLText.name(row.name)) \(addresses)</th>\(cells)</tr>\n"
  }

  private static func words(for cell: ReachMatrix.Cell) -> String {
    let outcome = cell.verdict == "reachable" ? "" : " <span class=\"soft\">\(cell.outcome)</span>"
    let wanted = cell.expect == "reachable" ? "" : ", wanted: \(cell.expect)"
    let sign = cell.expect == "any" ? HTMLText.sign("–", .quiet) : sign(cell.verdict, cell.isAsWanted)
    return "\(sign) \(cell.verdict)\(outcome)\(wanted)"
  }

  private static func sign(_ verdict: String, _ isAsWanted: Bool) -> String {
    if verdict == "undetermined" { return HTMLText.sign("?", .open) }
    if isAsWanted { return HTMLText.sign("✓", .good) }
    return verdict == "partly" ? HTMLText.sign("!", .warn) : HTMLText.sign("✕", .bad)
  }

  // MARK: Services and expectations

  private static func writeDetails(_ server: ServerReport, to out: inout String) {
    let services = server.services.map { service in
      Detail(
        what: "\(service.workload) \(service.service)", wanted: "reachable", verdict: service.verdict,
        outcome: service.outcome, isAsWanted: service.verdict == "reachable")
    }
    let expectations = server.expectations.map { expectation in
      Detail(
        what: expectation.to, wanted: expectation.expect, verdict: expectation.verdict, outcome: expectation.outcome,
        isAsWanted: expectation.holds)
    }
    write("Services", "service", services, server, to: &out)
    write("Expectations", "to", expectations, server, to: &out)
  }

  private struct Detail {
    let what, wanted, verdict, outcome: String
    let isAsWanted: Bool?
  }

  private static func write(
    _ title: String, _ head: String, _ details: [Detail], _ server: ServerReport, to out: inout String
  ) {
    guard !details.isEmpty else { return }
    let caption = "\(title), clients of \(HTMLText.name(server.name))"
    var table = "<table>\n<caption>\(caption)</caption>\n<thead>\n<tr><th scope=\"col\">\(head)</th>"
    table += "<th scope=\"col\">wanted</th><th scope=\"col\">verdict</th></tr>\n</thead>\n<tbody>\n"
    for detail in details.prefix(HTMLReporter.Most.rows) {
      let verdict = detail.isAsWanted == nil ? "undetermined" : detail.verdict
      let outcome = detail.verdict == "reachable" ? "" : " <span class=\"soft\">\(detail.outcome)</span>"
      table += "<tr><th scope=\"row\">\(HTMLText.name(detail.what))</th><td>\(detail.wanted)</td>"
      table += "<td>\(sign(verdict, detail.isAsWanted ?? false)) \(detail.verdict)\(outcome)</td></tr>\n"
    }
    table += "</tbody>\n</table>\n"
    let held = details.count { $0.isAsWanted == true }
    var content = HTMLText.scrolling("\(title) of \(server.name)", table)
    if details.count > HTMLReporter.Most.rows {
      content += "<p>\(HTMLText.count(details.count - HTMLReporter.Most.rows, "more row")).</p>\n"
    }
    out += HTMLText.folded("\(caption): \(held) of \(details.count) as wanted", content)
  }
}
