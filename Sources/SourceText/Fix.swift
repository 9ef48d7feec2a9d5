/// A change of the text that mends a finding.
public struct Fix: Hashable, Sendable {
  /// Whether applying the fix can change what clients reach.
  public enum Safety: String, Sendable {
    case keepsReachability = "keeps-reachability"
    case changesReachability = "changes-reachability"
  }

  /// Replacement of a span by other text.
  public struct Edit: Hashable, Sendable {
    /// What is replaced; an empty span inserts.
    public let span: Span
    /// The new text.
    public let text: String

    /// Makes an edit.
    public init(_ span: Span, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  /// What the fix does, as an order: "rename the key".
  public let title: String
  /// What it may do to reachability.
  public let safety: Safety
  /// The edits, none overlapping another.
  public let edits: [Edit]

  /// Makes a fix.
  public init(title: String, safety: Safety, edits: [Edit]) {
    self.title = title
    self.safety = safety
    self.edits = edits
  }
}

/// A text with edits made, and what of it stood there before.
public struct EditedFile: Sendable {
  /// The new text.
  public let file: SourceFile
  /// The stretches that are as they were, ascending: where each stands in the old text, and where it begins in the new.
  public let kept: [(old: Range<Int>, new: Int)]
}

extension SourceFile {
  /// The file with the edits made; nil if two of them overlap or one lies outside the text. Insertions at one place are
  /// made in their order; of equal replacements, which several repairs may ask for, one is made.
  public func applying(_ edits: [Fix.Edit]) -> EditedFile? {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var kept: [(old: Range<Int>, new: Int)] = []
    var position = 0
    var previous: Fix.Edit?
    for edit in edits.inOrderOfPlace {
      let (start, end) = (Int(edit.span.start), Int(edit.span.end))
      defer { previous = edit }
      if edit == previous, start < end { continue }
      guard position <= start, start <= end, end <= bytes.count else { return nil }
      if position < start { kept.append((position..<start, text.count)) }
      text += bytes[position..<start]
      text += edit.text.utf8
      position = end
    }
    if position < bytes.count { kept.append((position..<bytes.count, text.count)) }
    text += bytes[position...]
    return EditedFile(file: SourceFile(name: name, bytes: text), kept: kept)
  }
}

extension [Fix.Edit] {
  /// The edits by the places they begin at; those at one place stay in their order, insertions before a replacement.
  fileprivate var inOrderOfPlace: [Fix.Edit] {
    enumerated().sorted { left, right in
      (left.element.span.start, left.element.span.end, left.offset)
        < (right.element.span.start, right.element.span.end, right.offset)
    }.map(\.element)
  }
}
