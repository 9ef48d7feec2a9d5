public import ClientVPN
import SourceText
public import SourceTree

/// Recognises texts that describe a network otherwise than a model does, and puts them together as models are written:
/// answers of the IBM Cloud API and its command line, dumps of collectors, plans and states of Terraform.
public enum Importer {
  /// The model; nil if the text is none of these, or has problems. A tree of several files is taken as one input, in which
  /// files that are models stay documents of their own.
  public static func model(from tree: SourceTree) -> ImportedModel? {
    guard tree.problems.isEmpty, !tree.isAssembled else { return nil }
    let json = JSONText(tree)
    var ibm = IBMImport(json)
    var documents: [(Draft, ImportedDocument)] = []
    var others: [NodeIndex] = []
    var isRecognised = false
    for root in tree.documents {
      if isModel(root, json) {
        others.append(root)
      } else if let plan = TerraformInput(root, json) {
        isRecognised = true
        documents += TerraformImport(plan).documents()
      } else if ibm.take(root) {
        isRecognised = true
      } else {
        others.append(root)
      }
    }
    guard isRecognised else { return nil }
    return assemble(documents + ibm.documents(), others, tree)
  }

  /// Whether a value is a model already: it has the VPC itself at its top, and is no resource with a reference to its VPC.
  private static func isModel(_ root: NodeIndex, _ json: JSONText) -> Bool {
    guard let vpc = json.value("vpc", of: root), json.value("id", "crn", "href", of: root) == nil else { return false }
    return json.tree.kind(vpc) == .mapping
  }

  private static func assemble(
    _ drafts: [(Draft, ImportedDocument)], _ others: [NodeIndex], _ tree: SourceTree
  ) -> ImportedModel? {
    guard !drafts.isEmpty || !others.isEmpty else { return nil }
    var assembler = TreeAssembler(tree)
    for (draft, _) in drafts { assembler.document(draft) }
    for root in others { assembler.document(root) }
    return ImportedModel(
      tree: assembler.finish(), sources: tree.documents,
      documents: drafts.map(\.1) + others.map { _ in ImportedDocument() })
  }
}
