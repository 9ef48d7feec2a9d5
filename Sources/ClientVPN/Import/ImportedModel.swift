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
  /// Words that are none of those known here.
  public var unknownWords: [ImportGap] = []
  /// What a plan is about to do.
  public var changes: [PlannedChange] = []
  /// What a plan makes, as `Model.making` has it.
  public var making: [Span: PlannedMaking] = [:]

  /// Whether the text keeps as sets what are lists elsewhere, as `Model.setsHaveNoOrder` has it.
  public var setsHaveNoOrder = false

  /// A document of which nothing else is known.
  public init() {}

  fileprivate func complete(_ model: inout Model) {
    // What the import says is more than that something is not known.
    let all = gaps + unknownWords
    let told = Set(all.map(\.resource))
    let toldFields = Set(all.map { [$0.resource, $0.field] })
    model.gaps =
      all
      + model.gaps.filter { gap in
        let path = gap.resource.isEmpty ? gap.field : "\(gap.resource)/\(gap.field)"
        return !toldFields.contains([gap.resource, gap.field])
          && !told.contains { $0 == path || $0.hasPrefix("\(path)/") }
      }
    model.changes = changes
    model.making = making
    model.setsHaveNoOrder = setsHaveNoOrder
  }
}
