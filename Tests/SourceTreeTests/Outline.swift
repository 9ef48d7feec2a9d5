import SourceText
import SourceTree
import Testing

/// One node as a test writes it down: what it is, the text of its span, and its value.
struct Outlined: Equatable, Sendable, CustomTestStringConvertible {
  let kind: String
  let source: String
  let value: String

  static func mapping(_ source: String) -> Outlined { Outlined(kind: "mapping", source: source, value: "") }
  static func sequence(_ source: String) -> Outlined { Outlined(kind: "sequence", source: source, value: "") }
  /// A plain scalar; one line without a value of its own is its value.
  static func plain(_ source: String, _ value: String? = nil) -> Outlined {
    Outlined(kind: "plain", source: source, value: value ?? source)
  }
  static func quoted(_ source: String, _ value: String) -> Outlined {
    Outlined(kind: "quoted", source: source, value: value)
  }
  /// An alias; its value is that of a scalar it stands for.
  static func alias(_ source: String, _ value: String = "") -> Outlined {
    Outlined(kind: "alias", source: source, value: value)
  }

  var testDescription: String {
    "\(kind) ⟦\(source)⟧\(kind == "plain" && source == value ? "" : " = \(value.debugDescription)")"
  }
}

extension SourceTree {
  /// Reads a text as YAML.
  static func yaml(_ text: String, limits: SourceLimits = SourceLimits()) -> SourceTree {
    read(SourceFile(name: "net.yaml", bytes: Array(text.utf8)), limits: limits)
  }

  /// Reads a text as JSON.
  static func json(_ text: String, limits: SourceLimits = SourceLimits()) -> SourceTree {
    read(SourceFile(name: "net.json", bytes: Array(text.utf8)), limits: limits)
  }

  /// All nodes of all documents in the order of reading; what an alias stands for is not entered.
  var outline: [Outlined] { documents.flatMap { outline(of: $0) } }

  func outline(of node: NodeIndex) -> [Outlined] {
    let source = file.text(span(node))
    guard target(node) == node else { return [.alias(source, text(node))] }
    switch kind(node) {
    case .scalar, .alias: return [style(node) == .plain ? .plain(source, text(node)) : .quoted(source, text(node))]
    case .sequence: return [.sequence(source)] + items(node).flatMap { outline(of: $0) }
    case .mapping:
      return [.mapping(source)] + keys(node).flatMap { outline(of: $0) + outline(of: value(ofKey: $0)) }
    }
  }

  /// The text of each document's root.
  var roots: [String] { documents.map { file.text(span($0)) } }

  /// The problems as `kind line:column ⟦text⟧`, and where the construct begins if it is elsewhere.
  var problemWords: [String] {
    let lines = LineIndex(file)
    func place(_ span: Span) -> String {
      let position = lines.position(span.start)
      return "\(position.line):\(position.column) ⟦\(file.text(span))⟧"
    }
    return problems.map { problem in
      "\(problem.kind) \(place(problem.span))" + (problem.context.map { " in \(place($0))" } ?? "")
    }
  }
}
