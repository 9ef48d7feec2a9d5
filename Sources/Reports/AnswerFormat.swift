/// The formats of `trace`, `routes` and `observe`.
public enum AnswerFormat: String, Sendable, CaseIterable {
  case text, json
}
