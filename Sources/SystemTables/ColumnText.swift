extension String {
  /// The text with blanks after it, as wide as a column; a longer text is kept whole.
  func padded(to width: Int) -> String { self + blanks(to: width) }

  /// The text with blanks before it.
  func indented(to width: Int) -> String { blanks(to: width) + self }

  private func blanks(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - unicodeScalars.count))
  }
}
