import SourceTree
import Testing

/// Which documents a text has.
struct DocumentTests {
  @Test(arguments: [
    ("", [String]()), ("\n\n", []), ("# only\n", []), ("---\n", []), ("---\n...\n", []), ("---\n---\n# c\n", []),
    ("%YAML 1.1\n---\n", []), ("--- &a\n", []), ("  \n", []),
    ("a: 1", ["a: 1"]), ("a: 1\n--- \nb: 2\n", ["a: 1", "b: 2"]), ("---\na: 1\n---\n", ["a: 1"]),
    ("---\n---\na: 1\n", ["a: 1"]), ("# c\n---\na: 1\n# d\n...\n# e\n---\nb: 2\n...\n", ["a: 1", "b: 2"]),
    ("--- x\n--- 'y'\n--- [z]\n", ["x", "'y'", "[z]"]), ("--- ~\n", ["~"]), ("--- ''\n", ["''"]),
    ("--- |\n  t\n--- >\n  u\n", ["|\n  t", ">\n  u"]), ("%YAML 1.2\n---\na: 1\n", ["a: 1"]),
    ("a: 1\n...\n", ["a: 1"]), ("a: 1\n---\n---\nb: 2", ["a: 1", "b: 2"]),
  ])
  func roots(text: String, roots: [String]) {
    let tree = SourceTree.yaml(text)
    #expect(tree.roots == roots)
    #expect(tree.problems.isEmpty, "\(tree.problemWords)")
  }

  @Test func anchorsEndWithTheirDocument() {
    let tree = SourceTree.yaml("a: &x 1\nb: *x\n---\nc: *x\n")
    #expect(tree.documents.count == 1)
    #expect(tree.problemWords == [#"unknownAnchor("x") 4:4 ⟦*x⟧"#])
  }

  /// What follows in the same document spoils it, what follows a `---` does not.
  @Test(arguments: [
    ("a: 1\n--- \nb: [\n", ["a: 1"]), ("a: 1\n---\nb: 2\n---\nc: @\n---\nd: 3\n", ["a: 1", "b: 2"]),
    ("a: 1\n...\nb: 2\n", ["a: 1"]), ("a: 1\n...\n%BAD\n---\nb: 2\n", ["a: 1"]),
    ("{a: 1}\nb: 2\n", []), ("  a: 1\nb: 2\n", []), ("--- x\n--- {a: 1}\nb: 2\n", ["x"]), ("[1]]\n", []),
    ("a: 1\nb: *no\n---\nc: 1\n", []), ("a: 1\n--- '\n", ["a: 1"]), ("a: 1\n---\nb: \"\\q\"\n", ["a: 1"]),
  ])
  func earlierDocumentsSurvive(text: String, roots: [String]) {
    let tree = SourceTree.yaml(text)
    #expect(tree.roots == roots)
    #expect(tree.problems.count == 1)
  }

  @Test func thousandsOfDocuments() {
    let tree = SourceTree.yaml(String(repeating: "--- {a: [b]}\n", count: 5000))
    #expect(tree.documents.count == 5000)
    #expect(tree.documents.map { tree.outline(of: $0).count } == Array(repeating: 4, count: 5000))
  }

  @Test func aFileIsReadAsItsNameOrTheCallerSays() {
    #expect(SourceTree.json("{\"a\": 1}\n{}").problemWords == ["contentAfterDocument 2:1 ⟦{⟧"])
    #expect(SourceTree.json("").documents.isEmpty && SourceTree.json(" \n\t\r\n").documents.isEmpty)
    #expect(SourceTree.json("").problems.isEmpty)
    #expect(SourceTree.json("a: 1").problemWords == ["jsonExpectedValue 1:1 ⟦a⟧"])
  }
}
