public import ClientVPN
import SourceText
public import SourceTree

/// Recognises texts that describe a network otherwise than a model does, and puts them together as models are written:
/// answers of the IBM Cloud API and its command line, dumps of collectors, plans and states of Terraform.
public enum Importer {
  /// The model; nil if the text is none of these, or has problems. A tree of several files is taken as one input, in which
  /// files that are models stay documents of their own, and of which the files without problems count.
  public static func model(from tree: SourceTree) -> ImportedModel? {
    guard tree.problems.isEmpty || tree.file.isJoined, !tree.isAssembled else { return nil }
    let json = JSONText(tree)
    var ibm = IBMImport(json)
    var documents: [(Draft, ImportedDocument)] = []
    var others: [NodeIndex] = []
    var empty: [NodeIndex] = []
    var isRecognised = false
    for root in tree.documents {
      if isModel(root, json) {
        others.append(root)
      } else if let plan = TerraformInput(root, json) {
        isRecognised = true
        documents += TerraformImport(plan).documents()
      } else if ibm.take(root) {
        isRecognised = true
      } else if tree.file.isJoined, json.isEmptyList(root) {
        empty.append(root)
      } else {
        others.append(root)
      }
    }
    guard isRecognised else { return nil }
    documents += ibm.documents()
    if !documents.isEmpty { documents[0].1.gaps += empty.map { emptyList($0, json) } }
    return assemble(documents, others, json)
  }

  /// A command that finds nothing prints a list without a word of what.
  private static func emptyList(_ root: NodeIndex, _ json: JSONText) -> ImportGap {
    let name = json.tree.file.name(at: json.tree.span(root).start)
    return ImportGap(
      "vpc", "empty/\(name)", "\(name) is an empty list, and does not tell of what",
      "for a server without routes, save the API's own answer, `GET /v1/vpn_servers/{id}/routes`, which names the server",
      at: json.span(root))
  }

  /// Whether a value is a model already: it has the VPC itself at its top, and is no resource with a reference to its VPC.
  private static func isModel(_ root: NodeIndex, _ json: JSONText) -> Bool {
    guard let vpc = json.value("vpc", of: root), json.value("id", "crn", "href", of: root) == nil else { return false }
    return json.tree.kind(vpc) == .mapping
  }

  private static func assemble(
    _ documents: [(draft: Draft, ImportedDocument)], _ others: [NodeIndex], _ json: JSONText
  ) -> ImportedModel? {
    guard !documents.isEmpty || !others.isEmpty else { return nil }
    let tree = tree(documents.map(\.draft), others, json)
    let words = UnknownWords(tree, documents.count)
    guard !words.isEmpty else { return model(tree, documents.map(\.1), others, json) }
    let marked = documents.enumerated().map { number, document in
      var (draft, known) = document
      known.unknownWords = words.gaps(of: number)
      draft = draft.withUnknownWords(at: words.places(of: number), json)
      return (draft: draft, known)
    }
    return model(self.tree(marked.map(\.draft), others, json), marked.map(\.1), others, json)
  }

  private static func tree(_ drafts: [Draft], _ others: [NodeIndex], _ json: JSONText) -> SourceTree {
    var assembler = TreeAssembler(json.tree)
    for draft in drafts { assembler.document(draft) }
    for root in others { assembler.document(root) }
    return assembler.finish()
  }

  private static func model(
    _ tree: SourceTree, _ documents: [ImportedDocument], _ others: [NodeIndex], _ json: JSONText
  ) -> ImportedModel {
    ImportedModel(
      tree: tree, sources: json.tree.documents, documents: documents + others.map { _ in ImportedDocument() })
  }
}

/// Words of the input that are none of those known here, by document: the lists of the API grow, so that a new word is no
/// mistake of the text.
private struct UnknownWords {
  private var problems: [Int: [ModelProblem]] = [:]

  init(_ tree: SourceTree, _ count: Int) {
    for (number, root) in tree.documents.prefix(count).enumerated() {
      let unknown = Decoder.model(of: root, in: tree).problems.filter { problem in
        if case .invalidValue = problem.kind { true } else { false }
      }
      if !unknown.isEmpty { problems[number] = unknown }
    }
  }

  var isEmpty: Bool { problems.isEmpty }

  func places(of document: Int) -> Set<Span> { Set((problems[document] ?? []).map(\.span)) }

  func gaps(of document: Int) -> [ImportGap] {
    (problems[document] ?? []).compactMap { problem in
      guard case .invalidValue(let key, let text, _, _) = problem.kind else { return nil }
      return .unknownWord(text, problem.path, key, problem.object, at: problem.span)
    }
  }
}
