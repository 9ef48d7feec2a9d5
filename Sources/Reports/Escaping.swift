extension String {
  /// The text with some of its characters written otherwise; what stays is taken by the longest pieces. `escape` gives
  /// what to write for a character, and nil for one that stays.
  func escaping(_ escape: (Unicode.Scalar) -> String?) -> String {
    let scalars = unicodeScalars
    var result = ""
    var plain = startIndex
    for index in scalars.indices {
      guard let other = escape(scalars[index]) else { continue }
      result += self[plain..<index]
      result += other
      plain = scalars.index(after: index)
    }
    return plain == startIndex ? self : result + self[plain...]
  }
}
