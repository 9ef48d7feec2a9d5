import ClientVPN
import Forwarding
import SourceText
import SourceTree

/// The analysis of a model file with one document.
func analysis(_ text: String) throws -> Analysis {
  let tree = SourceTree.read(SourceFile(name: "model.yaml", bytes: Array(text.utf8)))
  guard let document = tree.documents.first, tree.problems.isEmpty else { throw NoModel(text: text) }
  return Analysis(Decoder.model(of: document, in: tree))
}

struct NoModel: Error {
  let text: String
}
