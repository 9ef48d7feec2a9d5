import SourceTree

/// A way to write the same model differently. What a rule finds does not depend on it.
enum Variant: String, CaseIterable {
  case windowsLines = "CRLF"
  case commentOnTop = "a comment with multi-byte characters on top"
  case indented = "everything three blanks deeper"
  case reversed = "keys in reverse order"
  case flow = "flow style"
  case json = "JSON"

  /// The text varied, with its marked places moved along; or why it cannot be.
  func applied(to text: MarkedText, rule: String) -> Result<MarkedText, Reason> {
    switch self {
    case .windowsLines: return .success(text.moved { $0 == UInt8(ascii: "\n") ? [13, 10] : [$0] })
    case .commentOnTop:
      if text.isJSON { return .failure(.jsonHasNoComments) }
      let comment = Array("# 日本語 — naïve 🦊\n".utf8)
      return .success(
        MarkedText(
          bytes: comment + text.bytes,
          places: text.places.map { $0.map { $0.lowerBound + comment.count..<$0.upperBound + comment.count } },
          isJSON: false))
    case .indented: return indented(text)
    case .reversed: return rewritten(text, rule: rule, Layout(form: text.isJSON ? .json : .block, isReversed: true))
    case .flow:
      if text.isJSON { return .failure(.jsonIsFlow) }
      return rewritten(text, rule: rule, Layout(form: .flow, isReversed: false))
    case .json: return rewritten(text, rule: rule, Layout(form: .json, isReversed: false))
    }
  }

  /// Why an example cannot be varied in a way.
  enum Reason: String, Error {
    case jsonHasNoComments = "JSON has no comments"
    case jsonIsFlow = "JSON is flow style already"
    case unreadable = "the text cannot be read, so its layout is what is wrong with it"
    case severalDocuments = "`---` stands at the beginning of a line, and JSON has one document"
    case comments = "the comments of vpnlint are what it is about, and would be lost"
    case aliases = "aliases and merges have no other form"
    case keysAreNoNames = "JSON keys are text"
    case orderOfKeys = "which of two equal keys is the first is what it is about"
    case marksNoNode = "what is marked is not a value or key of the model"
  }

  private func indented(_ text: MarkedText) -> Result<MarkedText, Reason> {
    let tree = SourceTree.read(text.file)
    if !tree.problems.isEmpty { return .failure(.unreadable) }
    if tree.documents.count > 1 { return .failure(.severalDocuments) }
    let blanks = Array("   ".utf8)
    var moved = text.moved { $0 == UInt8(ascii: "\n") ? [$0] + blanks : [$0] }
    moved.bytes = blanks + moved.bytes
    moved.places = moved.places.map { $0.map { $0.lowerBound + 3..<$0.upperBound + 3 } }
    return .success(moved)
  }

  private func rewritten(_ text: MarkedText, rule: String, _ layout: Layout) -> Result<MarkedText, Reason> {
    let tree = SourceTree.read(text.file)
    if !tree.problems.isEmpty { return .failure(.unreadable) }
    guard tree.documents.count == 1 else { return .failure(.severalDocuments) }
    if String(decoding: text.bytes, as: UTF8.self).contains("vpnlint:") { return .failure(.comments) }
    if layout.isReversed, rule == "duplicate-key" { return .failure(.orderOfKeys) }
    return Rewriter.rewrite(tree, layout).flatMap { rewriter in
      var places: [[Range<Int>]] = []
      for place in text.places.flatMap(\.self) {
        let candidates = rewriter.places(ofNodeAt: place)
        if candidates.isEmpty { return .failure(.marksNoNode) }
        places.append(candidates)
      }
      return .success(MarkedText(bytes: rewriter.output, places: places, isJSON: layout.form == .json))
    }
  }
}

extension MarkedText {
  /// Every byte replaced by some, and the places with them: what is put in for a byte after a place is not in it.
  fileprivate func moved(_ replacement: (UInt8) -> [UInt8]) -> MarkedText {
    var offsets: [Int] = []
    var output: [UInt8] = []
    for byte in bytes {
      offsets.append(output.count)
      output += replacement(byte)
    }
    offsets.append(output.count)
    return MarkedText(
      bytes: output, places: places.map { $0.map { offsets[$0.lowerBound]..<offsets[$0.upperBound] } }, isJSON: isJSON)
  }
}
