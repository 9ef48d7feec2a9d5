import SourceText
public import SourceTree

extension SourceTree {
  /// What is wrong with the places of a tree, if anything is: every place is one of the text, nodes begin one after
  /// another, and each lies in the one that holds it.
  public var fault: String? {
    let size = UInt32(file.bytes.count)
    for span in problems.flatMap({ [$0.span, $0.context ?? $0.span] }) + comments {
      if span.start > span.end || span.end > size || span.file != fileNumber { return "\(span) is not in the text" }
    }
    for problem in problems where cutsCharacter(problem) { return "\(problem) cuts a character" }
    var end: UInt32 = 0
    for document in documents {
      if let fault = fault(of: document, from: end) { return fault }
      end = span(document).end
    }
    return nil
  }

  private func cutsCharacter(_ problem: SyntaxProblem) -> Bool {
    problem.kind != .invalidUTF8 && problem.kind != .utf16 && !isUTF8(problem.span)
  }

  private func isUTF8(_ span: Span) -> Bool {
    String(validating: file.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self) != nil
  }

  private func fault(of node: NodeIndex, from start: UInt32) -> String? {
    let span = span(node)
    if span.start < start || span.start > span.end || Int(span.end) > file.bytes.count || span.file != fileNumber {
      return "node \(node) at \(span) begins before \(start) or ends behind the text"
    }
    if target(node) != node { return target(node) < node ? nil : "alias \(node) looks forward" }
    if kind(node) == .scalar { return scalarFault(node) }
    let children = kind(node) == .sequence ? Array(items(node)) : keys(node).flatMap { [$0, value(ofKey: $0)] }
    let count = kind(node) == .sequence ? children.count : children.count / 2
    if childCount(node) != count { return "node \(node) counts \(childCount(node)) children, not \(count)" }
    var place = span.start
    for child in children {
      if let fault = fault(of: child, from: place) { return fault }
      place = self.span(child).end
    }
    return place > span.end ? "node \(node) ends at \(span.end), its last child at \(place)" : nil
  }

  /// A scalar begins and ends with what belongs to it, and its text is UTF-8.
  private func scalarFault(_ node: NodeIndex) -> String? {
    let source = file.text(span(node))
    let isText = String(validating: bytes(node), as: UTF8.self) != nil
    if !isText || !isUTF8(span(node)) { return "node \(node) is not UTF-8" }
    guard let first = source.unicodeScalars.first, let last = source.unicodeScalars.last else { return nil }
    switch first {
    case "'", "\"":
      return source.unicodeScalars.count > 1 && last == first ? nil : "node \(node) ends without its quote"
    case "&", "!", "#", " ", "\n", "\r", "\t": return "node \(node) begins with \(first.debugDescription)"
    case "|", ">": return last == "\n" || last == "\r" ? "node \(node) ends with a line break" : nil
    default: return last == " " || last == "\n" || last == "\r" ? "node \(node) ends with a blank" : nil
    }
  }
}
