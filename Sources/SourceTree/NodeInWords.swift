extension SourceTree {
  /// What a node is, in words for a message: "a list", "`443`", "the text "443""; of a long text its beginning.
  public func inWords(_ node: NodeIndex) -> String {
    switch kind(node) {
    case .mapping: return "a mapping"
    case .sequence: return "a list"
    case .scalar, .alias:
      let text = beginning(of: node)
      if style(node) == .quoted { return "the text \"\(text)\"" }
      return text.isEmpty ? "nothing" : "`\(text)`"
    }
  }

  /// Up to 80 characters; what was cut off is an ellipsis.
  private func beginning(of node: NodeIndex) -> String {
    let limit = 80
    // A character has up to four bytes; one cut through at the end is beyond the limit.
    let start = String(decoding: bytes(node).prefix(4 * limit + 4), as: UTF8.self).unicodeScalars
    guard start.count > limit else { return String(start) }
    var cut = String.UnicodeScalarView(start.prefix(limit))
    cut.append("…")
    return String(cut)
  }
}
