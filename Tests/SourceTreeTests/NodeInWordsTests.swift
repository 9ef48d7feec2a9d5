import SourceText
import SourceTree
import Testing

struct NodeInWordsTests {
  @Test(arguments: [
    ("a: 1", "a mapping"), ("[1]", "a list"), ("443", "`443`"), ("'443'", "the text \"443\""), ("[~, ]", "a list"),
    ("- ", "a list"),
  ])
  func namesWhatIsThere(text: String, words: String) throws {
    #expect(try inWords(text) == words)
  }

  @Test func ofALongTextTheBeginning() throws {
    #expect(try inWords(String(repeating: "x", count: 80)) == "`\(String(repeating: "x", count: 80))`")
    #expect(try inWords(String(repeating: "x", count: 1_000_000)) == "`\(String(repeating: "x", count: 80))…`")
    #expect(try inWords(String(repeating: "💡", count: 81)) == "`\(String(repeating: "💡", count: 80))…`")
    #expect(try inWords(String(repeating: "💡", count: 80)) == "`\(String(repeating: "💡", count: 80))`")
  }

  private func inWords(_ text: String) throws -> String {
    let tree = SourceTree.read(SourceFile(name: "a.yaml", bytes: Array(text.utf8)))
    return tree.inWords(try #require(tree.documents.first))
  }
}
