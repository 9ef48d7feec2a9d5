import SourceText
public import SourceTree

/// Reads a model out of a tree. Never stops at a mistake: what can be understood is, the rest becomes problems.
public final class Decoder {
  let tree: SourceTree
  /// The objects around the one that is read, outermost first; `item` belongs to the last of them.
  private var surroundings: [Surrounding] = []
  /// In a list the item that is read. By itself, since it changes with every item: in the array it would cost more than
  /// reading the item's name.
  private var item: Item?
  private var problems: [ModelProblem] = []
  /// What objects say that they do not know.
  var gaps: [ImportGap] = []
  private var known: Set<Slip> = []
  /// Resources that could not be read, by their kind in words.
  private(set) var unreadable: [String: [UnreadableResource]] = [:]
  /// Kinds of resources in words of which there may be more than the model has: then a name of none is no mistake.
  var openKinds: Set<String> = []
  /// How many references to nothing were reported.
  var unresolvedCount = 0
  /// What each server serves, by the server's place, until names can be resolved.
  var servesOf: [Span: ListField<Reference>] = [:]

  /// What is wrong and where it is written: below an anchor it is read several times and told once.
  private struct Slip: Hashable {
    let kind: ModelProblem.Kind
    let span: Span
  }

  /// A resource that is there and could not be read: references to it are no mistakes of their own.
  struct UnreadableResource {
    let name: String
    let id: String?
  }

  private struct Item {
    let node: NodeIndex
    /// From 0.
    let position: Int
  }

  private struct Surrounding {
    let collection: String
    let object: String
    /// In a list the item that holds what is read; of the last surrounding not known here.
    var item: Item?
  }

  private init(_ tree: SourceTree) { self.tree = tree }

  /// The model of one document.
  public static func model(of document: NodeIndex, in tree: SourceTree) -> Model {
    let decoder = Decoder(tree)
    var model = Model(span: tree.span(document))
    decoder.readDocument(document, into: &model)
    decoder.resolveReferences(in: &model)
    model.problems = decoder.problems.sorted { $0.span < $1.span }
    model.gaps = decoder.gaps.sorted { $0.span < $1.span }
    return model
  }

  /// Whether a document has a key that only a model has.
  public static func looksLikeModel(_ document: NodeIndex, in tree: SourceTree) -> Bool {
    tree.kind(document) == .mapping
      && tree.keys(document).contains { tree.text($0) == "vpn_servers" || tree.text($0) == "vpc" }
  }

  // MARK: Problems

  func report(_ kind: ModelProblem.Kind, at node: NodeIndex, other: Span? = nil) {
    report(kind, at: tree.span(node), other: other)
  }

  /// Records a problem once, however often an anchored value is read. Inlined, it would burden what finds none.
  @inline(never)
  func report(_ kind: ModelProblem.Kind, at span: Span, other: Span? = nil) {
    guard known.insert(Slip(kind: kind, span: span)).inserted else { return }
    problems.append(ModelProblem(kind: kind, span: span, other: other, path: path, object: objectInWords))
  }

  /// Place in its list of the item that is read, from 0.
  var position: Int { item?.position ?? 0 }

  /// Reads below an object, so that problems tell where they are.
  func within<Result>(_ collection: String, object: String, _ body: () -> Result) -> Result {
    enter(Surrounding(collection: collection, object: object))
    defer { leave() }
    return body()
  }

  /// Reads the items of a list. Items that are no objects on their own, `object` being nil, leave the place as it is.
  func within(
    _ collection: String, each object: String?, _ nodes: some Sequence<NodeIndex>, _ body: (NodeIndex) -> Void
  ) {
    guard let object else { return nodes.forEach(body) }
    enter(Surrounding(collection: collection, object: object))
    for (position, node) in nodes.enumerated() {
      item = Item(node: node, position: position)
      body(node)
    }
    leave()
  }

  private func enter(_ surrounding: Surrounding) {
    if let last = surroundings.indices.last { surroundings[last].item = item }
    surroundings.append(surrounding)
    item = nil
  }

  private func leave() {
    surroundings.removeLast()
    item = surroundings.last?.item
  }

  var path: String {
    surroundings.enumerated().map { depth, step in
      let item = depth == surroundings.count - 1 ? item : step.item
      guard let item else { return step.collection }
      return "\(step.collection)/\(nameOf(item.node) ?? String(item.position))"
    }.joined(separator: "/")
  }

  var objectInWords: String {
    guard let step = surroundings.last else { return "the model" }
    guard let item, let name = nameOf(item.node) else { return step.object }
    return "\(step.object) `\(name)`"
  }

  /// What a person would call the object: its name, or for want of one its range.
  func nameOf(_ node: NodeIndex) -> String? {
    guard tree.kind(node) == .mapping else { return nil }
    for wanted in ["name", "destination", "cidr", "to", "id"] {
      if let text = text(ofKey: wanted, in: node) { return text }
    }
    return nil
  }

  private func text(ofKey wanted: String, in node: NodeIndex) -> String? {
    for key in tree.keys(node) where tree.text(key) == wanted {
      let text = tree.text(tree.value(ofKey: key))
      if !text.isEmpty { return text }
    }
    return nil
  }

  /// Remembers a resource of a kind that could not be read.
  func noteUnreadable(_ node: NodeIndex, _ kind: String?) {
    guard let kind, let name = nameOf(node) else { return }
    unreadable[kind, default: []].append(UnreadableResource(name: name, id: text(ofKey: "id", in: node)))
  }
}
