import SourceText
import SourceTree

/// A comment that allows findings: `# vpnlint: allow(rule, …) until 2099-12-31: reason`, on the line or the line above;
/// `# vpnlint: allow-file(rule): reason` at the top of the file.
struct SuppressionComment {
  /// A rule that the comment allows, with its place.
  struct Allowance {
    let rule: String
    let span: Span
  }

  /// A comment that means to be a suppression and is none.
  struct Malformed: Error {
    let span: Span
    let expected: String
  }

  let span: Span
  let isForFile: Bool
  let allowances: [Allowance]
  let until: CivilDate?
  let reason: String

  private static let marker = "vpnlint:"

  /// The suppressions of a file, and what only looks like one.
  static func all(in tree: SourceTree) -> [Result<SuppressionComment, Malformed>] {
    guard tree.file.contains("vpnlint:") else { return [] }
    let contentStart = tree.documents.first.map { tree.span($0).start } ?? .max
    return tree.comments.compactMap { comment in
      // Of bytes that are no text the places would be lost; the file has a finding for them.
      guard let text = String(validating: tree.file.bytes[Int(comment.start)..<Int(comment.end)], as: UTF8.self)
      else { return nil }
      let body = text.dropFirst().drop { $0 == " " || $0 == "\t" }
      guard body.hasPrefix(marker) else { return nil }
      let offset = comment.start + UInt32(text.utf8.count - body.utf8.count + marker.utf8.count)
      return parse(String(body.dropFirst(marker.count)), at: offset, comment, isAtTop: comment.start < contentStart)
    }
  }

  private static func parse(
    _ text: String, at offset: UInt32, _ span: Span, isAtTop: Bool
  ) -> Result<SuppressionComment, Malformed> {
    func malformed(_ expected: String) -> Result<SuppressionComment, Malformed> {
      .failure(Malformed(span: span, expected: expected))
    }
    let form = "`allow(rule-name): reason` or `allow-file(rule-name): reason`"
    let word = text.drop { $0 == " " }.prefix { $0 != "(" }
    let isForFile = word == "allow-file"
    guard isForFile || word == "allow", let open = text.firstIndex(of: "("), let close = text.firstIndex(of: ")"),
      open < close
    else { return malformed(form) }
    if isForFile && !isAtTop { return malformed("`allow-file` at the top of the file, before its first key") }
    let allowances = names(in: text[text.index(after: open)..<close], of: text, at: offset, span.file)
    guard !allowances.isEmpty else { return malformed("the name of a rule between the brackets") }
    var rest = text[text.index(after: close)...].drop { $0 == " " }
    var until: CivilDate?
    if rest.hasPrefix("until ") {
      rest = rest.dropFirst("until ".count).drop { $0 == " " }
      guard let date = CivilDate(rest.prefix(10)) else { return malformed("a date such as 2099-12-31 after `until`") }
      until = date
      rest = rest.dropFirst(10).drop { $0 == " " }
    }
    let reason = rest.dropFirst().drop { $0 == " " }
    guard rest.first == ":", !reason.isEmpty else { return malformed("a colon and the reason at the end") }
    return .success(
      SuppressionComment(span: span, isForFile: isForFile, allowances: allowances, until: until, reason: String(reason))
    )
  }

  private static func names(in list: Substring, of text: String, at offset: UInt32, _ file: UInt32) -> [Allowance] {
    list.split(separator: ",").compactMap { part in
      let name = part.drop { $0 == " " }.prefix { $0 != " " }
      guard !name.isEmpty else { return nil }
      let start = offset + UInt32(text.utf8.distance(from: text.startIndex, to: name.startIndex))
      return Allowance(rule: String(name), span: Span(file: file, start: start, end: start + UInt32(name.utf8.count)))
    }
  }
}
