public import SourceText
public import SourceTree

/// A text of another kind, such as an answer of the API or a plan of Terraform, put together as models are written.
public struct ImportedModel: Sendable {
  /// The documents as a model file has them; every node stands where the text has what it says.
  public let tree: SourceTree
  /// The roots of what was read, for the paths of places in it.
  public let sources: [NodeIndex]
  /// What else is known of each document.
  public let documents: [ImportedDocument]

  /// Makes an imported model.
  public init(tree: SourceTree, sources: [NodeIndex], documents: [ImportedDocument]) {
    self.tree = tree
    self.sources = sources
    self.documents = documents
  }

  /// The models, one for each document.
  public var models: [Model] {
    zip(tree.documents, documents).map { root, document in
      var model = Decoder.model(of: root, in: tree)
      document.complete(&model)
      return model
    }
  }

  /// Where a place lies in the text, by keys and positions.
  public func jsonPath(to span: Span) -> String? {
    sources.lazy.compactMap { tree.jsonPath(to: span.start, below: $0) }.first
  }
}

/// What an import knows of a document beyond what a model file can say.
public struct ImportedDocument: Sendable {
  /// What could not be made part of the model, in the order of the model.
  public var gaps: [ImportGap] = []
  /// What a plan is about to do.
  public var changes: [PlannedChange] = []
  /// What a plan makes, as `Model.making` has it.
  public var making: [Span: PlannedMaking] = [:]
  /// Servers, by the places of their names, whose routes the text does not tell.
  public var serversWithUnknownRoutes: Set<Span> = []

  /// A document of which nothing else is known.
  public init() {}

  fileprivate func complete(_ model: inout Model) {
    model.gaps = gaps
    model.changes = changes
    model.making = making
    model.problems = model.problems.filter { problem in
      guard let gap = ImportGap(unknownWord: problem) else { return true }
      model.gaps.append(gap)
      return false
    }
    for server in model.servers.indices where serversWithUnknownRoutes.contains(model.servers[server].name.span) {
      model.servers[server].routesAreIncomplete = true
    }
  }
}
