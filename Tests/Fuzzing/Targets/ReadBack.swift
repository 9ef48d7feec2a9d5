import SourceText
import SourceTree

/// Expects a text to be JSON.
func expectJSON(_ text: String) {
  let tree = SourceTree.read(SourceFile(name: "report.json", bytes: Array(text.utf8)))
  expect(tree.problems.isEmpty, "not JSON: \(tree.problems): \(text)")
}

/// Reads a text that was written as YAML, and expects that it can be read.
func readBack(_ text: String) -> SourceTree {
  let tree = SourceTree.read(SourceFile(name: "written.yaml", bytes: Array(text.utf8)))
  expect(tree.problems.isEmpty, "not YAML: \(tree.problems): \(text)")
  return tree
}
