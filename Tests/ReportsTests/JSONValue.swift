import SourceText
import SourceTree

/// A JSON value, or a YAML one as editors see it: words by the core schema of YAML 1.2, aliases and merges resolved.
indirect enum JSONValue: Equatable, Sendable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// The values of the documents of a file.
  static func documents(of file: SourceFile) -> [JSONValue] {
    let tree = SourceTree.read(file)
    return tree.problems.isEmpty ? tree.documents.map { JSONValue($0, in: tree) } : []
  }

  /// The value of a JSON text, or of a YAML one.
  init?(_ text: String, name: String = "value.json") {
    guard let value = Self.documents(of: SourceFile(name: name, bytes: Array(text.utf8))).first else { return nil }
    self = value
  }

  private init(_ node: NodeIndex, in tree: SourceTree) {
    switch tree.kind(node) {
    case .sequence: self = .list(tree.items(node).map { JSONValue($0, in: tree) })
    case .mapping: self = .object(Self.fields(of: node, in: tree))
    case .scalar, .alias: self = Self.scalar(tree.text(node), isPlain: tree.style(node) == .plain)
    }
  }

  private static func fields(of node: NodeIndex, in tree: SourceTree) -> [String: JSONValue] {
    var fields: [String: JSONValue] = [:]
    var merged: [String: JSONValue] = [:]
    for key in tree.keys(node) {
      let value = tree.value(ofKey: key)
      if tree.text(key) == "<<", tree.style(key) == .plain {
        let sources = tree.kind(value) == .sequence ? Array(tree.items(value)) : [value]
        for source in sources { merged.merge(Self.fields(of: source, in: tree)) { earlier, _ in earlier } }
      } else {
        fields[tree.text(key)] = JSONValue(value, in: tree)
      }
    }
    return fields.merging(merged) { own, _ in own }
  }

  private static func scalar(_ text: String, isPlain: Bool) -> JSONValue {
    guard isPlain else { return .text(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .flag(true)
    case "false", "False", "FALSE": return .flag(false)
    default:
      if text.wholeMatch(of: /[-+]?[0-9]+/) != nil {
        return Int(text).map { .integer($0) } ?? .number(Double(text) ?? 0)
      }
      let isNumber = text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
      return isNumber ? Double(text).map { .number($0) } ?? .text(text) : .text(text)
    }
  }

  /// The name that schemas have for the value's type.
  var type: String {
    switch self {
    case .null: "null"
    case .flag: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .text: "string"
    case .list: "array"
    case .object: "object"
    }
  }

  subscript(_ key: String) -> JSONValue? {
    if case .object(let fields) = self { fields[key] } else { nil }
  }

  /// The value below one key after the other.
  subscript(path path: String...) -> JSONValue? { path.reduce(self) { $0?[$1] } }

  var keys: [String] {
    if case .object(let fields) = self { fields.keys.sorted() } else { [] }
  }

  var items: [JSONValue] {
    if case .list(let items) = self { items } else { [] }
  }

  var string: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// As JSON, which is YAML as well; keys in alphabetical order.
  var json: String {
    switch self {
    case .null: "null"
    case .flag(let flag): "\(flag)"
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .text(let text):
      "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n"))\""
    case .list(let items): "[\(items.map(\.json).joined(separator: ", "))]"
    case .object(let fields):
      "{\(fields.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1.json)" }.joined(separator: ", "))}"
    }
  }
}
