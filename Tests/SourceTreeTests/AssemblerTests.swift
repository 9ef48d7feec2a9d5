import SourceText
import SourceTree
import Testing

/// Trees that are put together anew, joined files, and paths of places.
struct AssemblerTests {
  private static func file(_ text: String, _ name: String = "a.json") -> SourceFile {
    SourceFile(name: name, bytes: Array(text.utf8))
  }

  @Test func valuesKeepTheirPlaces() throws {
    let tree = SourceTree.read(Self.file(#"{"old": {"x": [1, "two"]}, "b": null}"#))
    let old = try #require(tree.keys(tree.documents[0]).first { _ in true })
    var assembler = TreeAssembler(tree)
    assembler.document(at: tree.span(tree.documents[0])) { document in
      document.text("new", at: tree.span(old))
      document.copy(tree.value(ofKey: old))
      document.text("made", at: tree.span(old))
      document.sequence(at: tree.span(old)) { list in
        list.text("true", .plain, at: tree.span(old))
        list.mapping(at: tree.span(old)) { _ in }
      }
    }
    let made = assembler.finish()
    #expect(made.isAssembled)
    #expect(made.documents.count == 1)
    let keys = Array(made.keys(made.documents[0]))
    #expect(keys.map { made.text($0) } == ["new", "made"])
    #expect(made.childCount(made.documents[0]) == 2)
    #expect(made.span(keys[0]) == tree.span(old))
    let value = made.value(ofKey: keys[0])
    #expect(made.span(value) == tree.span(tree.value(ofKey: old)))
    #expect(made.keys(value).map { made.text($0) } == ["x"])
    let items = Array(made.items(made.value(ofKey: keys[1])))
    #expect(items.map { made.kind($0) } == [.scalar, .mapping])
    #expect(made.style(items[0]) == .plain)
    #expect(made.comments == [])
  }

  @Test func anAliasOfAnAliasIsTheValueItself() throws {
    let tree = SourceTree.read(Self.file("a: &x 1\nb: *x\n", "a.yaml"))
    let alias = tree.value(ofKey: try #require(tree.keys(tree.documents[0]).dropFirst().first { _ in true }))
    var assembler = TreeAssembler(tree)
    assembler.document(at: tree.span(0)) { document in
      document.text("c", at: tree.span(0))
      document.copy(alias)
    }
    let made = assembler.finish()
    let key = try #require(made.keys(made.documents[0]).first { _ in true })
    #expect(made.text(made.value(ofKey: key)) == "1")
  }

  @Test func joinedFilesAreDocumentsWithPlacesInTheWhole() {
    let joined = SourceFile(joining: [
      Self.file(#"{"a": "\n"}"#), Self.file("\u{FEFF}[1]", "b"), Self.file(#""x"#, "c"),
    ])
    let tree = SourceTree.readJSON(joined)
    #expect(tree.documents.count == 2)
    #expect(tree.documents.map { joined.text(tree.span($0)) } == [#"{"a": "\n"}"#, "[1]"])
    #expect(tree.keys(tree.documents[0]).map { tree.text(tree.value(ofKey: $0)) } == ["\n"])
    #expect(tree.items(tree.documents[1]).map { tree.text($0) } == ["1"])
    #expect(tree.problems.map { joined.name(at: $0.span.start) } == ["c"])
  }

  @Test func pathsLeadToPlaces() {
    let text = #"{"a": {"b c": [0, {"d": "here"}]}, "": 1, "e-f": 2}"#
    let tree = SourceTree.read(Self.file(text))
    func path(to part: String) -> String? {
      let bytes = Array(text.utf8)
      guard let range = bytes.firstRange(of: Array(part.utf8)) else { return nil }
      return tree.jsonPath(to: UInt32(range.lowerBound), below: tree.documents[0])
    }
    #expect(path(to: "\"here") == #"a["b c"][1].d"#)
    #expect(path(to: "\"d\"") == #"a["b c"][1].d"#)
    #expect(path(to: "0,") == #"a["b c"][0]"#)
    #expect(path(to: "\"a\"") == "a")
    #expect(path(to: "1,") == #"[""]"#)
    #expect(path(to: "2}") == "e-f")
    #expect(tree.jsonPath(to: 0, below: tree.documents[0]) == nil)
    #expect(tree.jsonPath(to: 1000, below: tree.documents[0]) == nil)
  }
}
