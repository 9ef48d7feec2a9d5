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
    let told = ToldGaps(all)
    model.gaps = all + model.gaps.filter { !told.contains($0) }
    model.changes = changes
    model.making = making
    model.setsHaveNoOrder = setsHaveNoOrder
  }
}

/// What an import tells, for what a model says less well.
private struct ToldGaps {
  /// Resources, and all that they lie in.
  private var paths: Set<String> = []
  private var fields: Set<Field> = []
  private var places: Set<Place> = []

  private struct Field: Hashable {
    let resource, field: String
  }

  /// Where something without a name has a field.
  private struct Place: Hashable {
    let field: String
    let span: Span
  }

  init(_ gaps: [ImportGap]) {
    for gap in gaps {
      fields.insert(Field(resource: gap.resource, field: gap.field))
      places.insert(Place(field: gap.field, span: gap.span))
      guard paths.insert(gap.resource).inserted else { continue }
      let path = gap.resource
      for slash in path.utf8.indices where path.utf8[slash] == UInt8(ascii: "/") {
        paths.insert(String(path[..<slash]))
      }
    }
  }

  /// Whether a gap of the model is told already: the same field, or by something in the list that it is about.
  func contains(_ gap: ImportGap) -> Bool {
    fields.contains(Field(resource: gap.resource, field: gap.field))
      || places.contains(Place(field: gap.field, span: gap.span))
      || paths.contains(gap.resource.isEmpty ? gap.field : "\(gap.resource)/\(gap.field)")
  }
}
