/// The formats of `diff`.
public enum DiffFormat: String, Sendable, CaseIterable {
  case text, json, markdown
  /// The findings of the rules about changes alone.
  case sarif, github
}
