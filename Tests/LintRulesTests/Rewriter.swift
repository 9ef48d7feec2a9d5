import SourceText
import SourceTree

/// How a tree is written down.
struct Layout {
  enum Form { case block, flow, json }

  let form: Form
  /// Whether the entries of every mapping come in reverse order.
  let isReversed: Bool
}

/// Writes a tree down in another layout, and records where each node lands.
struct Rewriter {
  private(set) var output: [UInt8] = []
  private let tree: SourceTree
  private let layout: Layout
  private var landed: [NodeIndex: Range<Int>] = [:]
  /// For the first key of a mapping in the source the first one in the output.
  private var newFirstKey: [NodeIndex: NodeIndex] = [:]

  private init(_ tree: SourceTree, _ layout: Layout) {
    self.tree = tree
    self.layout = layout
  }

  /// Writes the only document of a tree.
  static func rewrite(_ tree: SourceTree, _ layout: Layout) -> Result<Rewriter, Variant.Reason> {
    var rewriter = Rewriter(tree, layout)
    let root = tree.documents[0]
    if let reason = rewriter.obstacle(root) { return .failure(reason) }
    rewriter.write(root, indentation: 0)
    rewriter.output.append(UInt8(ascii: "\n"))
    return .success(rewriter)
  }

  /// Where the node landed that stood exactly here. What stands for a mapping without a name is its first key, so the
  /// new first key will do for the old one.
  func places(ofNodeAt place: Range<Int>) -> [Range<Int>] {
    let nodes = landed.keys.filter { tree.span($0).start == place.lowerBound && tree.span($0).end == place.upperBound }
    return nodes.flatMap { node in [node, newFirstKey[node]].compactMap { $0.flatMap { landed[$0] } } }
  }

  private func obstacle(_ node: NodeIndex) -> Variant.Reason? {
    if tree.target(node) != node { return .aliases }
    switch tree.kind(node) {
    case .scalar, .alias: return nil
    case .sequence: return tree.items(node).lazy.compactMap(obstacle).first
    case .mapping:
      for key in tree.keys(node) {
        if tree.kind(key) != .scalar { return .keysAreNoNames }
        if tree.style(key) == .plain, tree.text(key) == "<<" { return .aliases }
      }
      return tree.keys(node).lazy.compactMap { obstacle(tree.value(ofKey: $0)) }.first
    }
  }

  // MARK: Writing

  private mutating func write(_ node: NodeIndex, indentation: Int) {
    let start = output.count
    let children = tree.childCount(node)
    switch tree.kind(node) {
    case .scalar, .alias: put(layout.form == .json ? json(node) : yaml(node))
    case .sequence where layout.form == .block && children > 0: blockSequence(node, indentation)
    case .mapping where layout.form == .block && children > 0: blockMapping(node, indentation)
    case .sequence: flow(Array(tree.items(node)), "[", "]") { $0.write($1, indentation: 0) }
    case .mapping: flow(keys(node), "{", "}") { $0.flowEntry($1) }
    }
    landed[node] = start..<output.count
  }

  private mutating func put(_ text: String) { output += Array(text.utf8) }

  private mutating func keys(_ node: NodeIndex) -> [NodeIndex] {
    let written = Array(tree.keys(node))
    let keys = layout.isReversed ? Array(written.reversed()) : written
    if let old = written.first, let new = keys.first, layout.isReversed { newFirstKey[old] = new }
    return keys
  }

  private mutating func flow(
    _ nodes: [NodeIndex], _ open: String, _ close: String, _ body: (inout Rewriter, NodeIndex) -> Void
  ) {
    put(open)
    for (position, node) in nodes.enumerated() {
      if position > 0 { put(", ") }
      body(&self, node)
    }
    put(close)
  }

  private mutating func flowEntry(_ key: NodeIndex) {
    write(key, indentation: 0)
    put(": ")
    write(tree.value(ofKey: key), indentation: 0)
  }

  private mutating func blockMapping(_ node: NodeIndex, _ indentation: Int) {
    for (position, key) in keys(node).enumerated() {
      if position > 0 { breakLine(indentation) }
      write(key, indentation: indentation)
      let value = tree.value(ofKey: key)
      put(isBlock(value) ? ":" : ": ")
      if isBlock(value) { breakLine(indentation + 2) }
      write(value, indentation: indentation + 2)
    }
  }

  private mutating func blockSequence(_ node: NodeIndex, _ indentation: Int) {
    for (position, item) in tree.items(node).enumerated() {
      if position > 0 { breakLine(indentation) }
      put("- ")
      write(item, indentation: indentation + 2)
    }
  }

  private func isBlock(_ node: NodeIndex) -> Bool {
    tree.kind(node) != .scalar && tree.childCount(node) > 0
  }

  private mutating func breakLine(_ indentation: Int) { put("\n" + String(repeating: " ", count: indentation)) }

  // MARK: Scalars

  private func yaml(_ node: NodeIndex) -> String {
    let text = tree.text(node)
    guard tree.style(node) == .plain else { return quoted(text) }
    if text.isEmpty { return "null" }
    return text.contains(where: { ",[]{}\n".contains($0) }) ? quoted(text) : text
  }

  /// Numbers, flags and nothing are written as JSON's own; all else is text.
  private func json(_ node: NodeIndex) -> String {
    let text = tree.text(node)
    guard tree.style(node) == .plain, !isKey(node) else { return quoted(text) }
    switch text {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return "true"
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return "false"
    case "", "~", "null", "Null", "NULL": return "null"
    default: return Int(text).map { String($0) == text } ?? false ? text : quoted(text)
    }
  }

  private func isKey(_ node: NodeIndex) -> Bool { keyNodes.contains(node) }

  private var keyNodes: Set<NodeIndex> {
    func collect(_ node: NodeIndex) -> Set<NodeIndex> {
      switch tree.kind(node) {
      case .scalar, .alias: []
      case .sequence: tree.items(node).reduce(into: []) { $0.formUnion(collect($1)) }
      case .mapping: tree.keys(node).reduce(into: []) { $0.formUnion(collect(tree.value(ofKey: $1)).union([$1])) }
      }
    }
    return collect(tree.documents[0])
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
