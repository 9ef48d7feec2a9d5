import SourceText
import SourceTree
import Testing

/// Changes of a document, made in the style of what stands around them.
struct TreeEditorTests {
  /// A text, a change of it, and what comes out.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var name = "file.yaml"
    let text: String
    let result: String?

    init(_ description: String, name: String = "file.yaml", _ text: String, _ result: String?) {
      (testDescription, self.name, self.text, self.result) = (description, name, text, result)
    }
  }

  private static let fields = [
    Repair.Field("name", "new", .asOthers(alone: false)), Repair.Field("to", "10.0.0.0/8"),
    Repair.Field("action", "deliver", .asOthers(alone: true)),
  ]

  /// Changes the text, in which `⟦⟧` stand around the scalar or container that the change names.
  private func change(_ example: Case, _ make: (Span) -> Repair.Change) throws -> String? {
    let parts = example.text.split(separator: /[⟦⟧]/, omittingEmptySubsequences: false).map { Array($0.utf8) }
    try #require(parts.count == 3, "one place is marked")
    let file = SourceFile(name: example.name, bytes: parts.flatMap(\.self))
    let tree = SourceTree.read(file, number: 7)
    try #require(tree.problems.isEmpty)
    let start = UInt32(parts[0].count)
    let place = Span(file: 7, start: start, end: start + UInt32(parts[1].count))
    return TreeEditor(tree).fix(Repair("", .keepsReachability, [make(place)])).flatMap { fix in
      file.applying(fix.edits).map { String(decoding: $0.file.bytes, as: UTF8.self) }
    }
  }

  static let appends = [
    Case(
      "block list of flow mappings", "⟦a: 1\nlist:\n  - {name: x, to: 1.0.0.0/8}⟧ # first\n# end\n",
      "a: 1\nlist:\n  - {name: x, to: 1.0.0.0/8} # first\n  - {name: new, to: 10.0.0.0/8}\n# end\n"),
    Case(
      "block list of block mappings", "⟦list:\n  - to: 1.0.0.0/8\n    action: drop\n    name: x\nb: 2⟧\n",
      "list:\n  - to: 1.0.0.0/8\n    action: drop\n    name: x\n  - to: 10.0.0.0/8\n    action: deliver\n    name: new\nb: 2\n"
    ),
    Case(
      "list without indentation", "⟦list:\n- to: 1.0.0.0/8⟧\n", "list:\n- to: 1.0.0.0/8\n- to: 10.0.0.0/8\n"),
    Case(
      "no line break at the end", "⟦list:\n  - {to: '1.0.0.0/8'}⟧",
      "list:\n  - {to: '1.0.0.0/8'}\n  - {to: '10.0.0.0/8'}"),
    Case(
      "CRLF", "⟦list:\r\n  - {to: 1.0.0.0/8}\r\nb: 2⟧\r\n",
      "list:\r\n  - {to: 1.0.0.0/8}\r\n  - {to: 10.0.0.0/8}\r\nb: 2\r\n"),
    Case(
      "flow list on one line", "⟦list: [{to: 1.0.0.0/8}]⟧\n", "list: [{to: 1.0.0.0/8}, {to: 10.0.0.0/8}]\n"),
    Case(
      "flow list with blanks inside the braces", "⟦list: [ { to: 1.0.0.0/8 } ]⟧\n",
      "list: [ { to: 1.0.0.0/8 }, { to: 10.0.0.0/8 } ]\n"),
    Case(
      "flow list over lines, with comments", "⟦list: [\n  {to: 1.0.0.0/8}, # a\n  {to: 2.0.0.0/8} # b\n]⟧\n",
      "list: [\n  {to: 1.0.0.0/8}, # a\n  {to: 2.0.0.0/8}, # b\n  {to: 10.0.0.0/8}\n]\n"),
    Case("empty list", "⟦list: []⟧\n", "list: [{to: 10.0.0.0/8, action: deliver}]\n"),
    Case(
      "nothing", "⟦a: 1\nlist: # none\nb: 2⟧\n",
      "a: 1\nlist: [{to: 10.0.0.0/8, action: deliver}] # none\nb: 2\n"),
    Case("null", "⟦list: null⟧\n", "list: [{to: 10.0.0.0/8, action: deliver}]\n"),
    Case(
      "no such key", "x:\n  - ⟦a: 1 # one\n    b: 2⟧ # two\n",
      "x:\n  - a: 1 # one\n    b: 2 # two\n    list:\n      - {to: 10.0.0.0/8, action: deliver}\n"),
    Case("no such key in braces", "x: [⟦{a: 1}⟧]\n", "x: [{a: 1, list: [{to: 10.0.0.0/8, action: deliver}]}]\n"),
    Case(
      "JSON over lines", name: "a.json", "⟦{\n  \"list\": [\n    {\"to\": \"1.0.0.0/8\"}\n  ]\n}⟧\n",
      "{\n  \"list\": [\n    {\"to\": \"1.0.0.0/8\"},\n    {\"to\": \"10.0.0.0/8\"}\n  ]\n}\n"),
    Case(
      "JSON, objects over lines", name: "a.json",
      "⟦{\"list\": [\n  {\n    \"to\": \"1.0.0.0/8\",\n    \"action\": \"drop\"\n  }\n]}⟧",
      "{\"list\": [\n  {\n    \"to\": \"1.0.0.0/8\",\n    \"action\": \"drop\"\n  },\n  {\n    \"to\": \"10.0.0.0/8\",\n    \"action\": \"deliver\"\n  }\n]}"
    ),
    Case(
      "JSON without the key", name: "a.json", "⟦{\"a\": \"b\"}⟧",
      "{\"a\": \"b\", \"list\": [{\"to\": \"10.0.0.0/8\", \"action\": \"deliver\"}]}"),
    Case(
      "a page of the API", name: "a.json", "⟦{\"list\": {\"limit\": 50, \"list\": [{\"to\": \"1.0.0.0/8\"}]}}⟧",
      "{\"list\": {\"limit\": 50, \"list\": [{\"to\": \"1.0.0.0/8\"}, {\"to\": \"10.0.0.0/8\"}]}}"),
    Case(
      "an alias stands for the list", "x: &l [{to: 1.0.0.0/8}]\ny: ⟦{list: *l}⟧\n",
      "x: &l [{to: 1.0.0.0/8}, {to: 10.0.0.0/8}]\ny: {list: *l}\n"),
    Case("the key has a scalar", "⟦list: none⟧\n", nil),
  ]

  @Test(arguments: appends)
  func `an item is added`(_ example: Case) throws {
    let result = try change(example) { .append([Self.fields], key: "list", in: $0) }
    #expect(result == example.result)
  }

  @Test(arguments: [
    Case("block", "list:\n  - {a: ⟦1⟧}\n  - {a: 2} # two\n", "list:\n  - {a: 2} # two\n"),
    Case("the last in a block", "list:\n  - a: 1\n  - a: ⟦2⟧\n    b: 3\nc: 4\n", "list:\n  - a: 1\nc: 4\n"),
    Case("the last of the text", "list:\n  - a: 1\n  - a: ⟦2⟧", "list:\n  - a: 1"),
    Case("flow, the first", "list: [{a: ⟦1⟧}, {a: 2}]\n", "list: [{a: 2}]\n"),
    Case("flow, the last", "list: [{a: 1}, {a: ⟦2⟧}]\n", "list: [{a: 1}]\n"),
    Case("a comment would go with it", "list:\n  - {a: 1}\n  - {a: ⟦2⟧} # two\n", nil),
    Case("a comment inside", "list:\n  - a: ⟦1⟧ # one\n    b: 2\n  - a: 3\n", nil),
    Case("the only one", "list:\n  - {a: ⟦1⟧}\n", nil),
  ])
  func `an item is taken out`(_ example: Case) throws {
    #expect(try change(example) { .removeItem(around: $0) } == example.result)
  }

  @Test(arguments: [
    Case("plain", "a: ⟦old⟧ # x\n", "a: new/1 # x\n"),
    Case("in quotes", "a: ⟦'old'⟧\n", "a: 'new/1'\n"),
    Case("a key", "⟦old⟧: 1\n", "new/1: 1\n"),
    Case("a block scalar", "a: ⟦|\n  old\n⟧b: 1\n", nil),
  ])
  func `a scalar is written anew`(_ example: Case) throws {
    #expect(try change(example) { .rewrite($0, "new/1") } == example.result)
  }

  @Test(arguments: [
    Case("in the place of another value", "- {a: ⟦1⟧, b: 'x'}\n", "- {a: 1, b: 'new'}\n"),
    Case("a new field in braces", "- { a: ⟦1⟧ }\n", "- { a: 1, b: new }\n"),
    Case("a new line", "- a: ⟦1⟧ # one\n- c: 2\n", "- a: 1 # one\n  b: new\n- c: 2\n"),
    Case("JSON", name: "a.json", "[{\"a\": ⟦\"1\"⟧}]", "[{\"a\": \"1\", \"b\": \"new\"}]"),
  ])
  func `a field is set`(_ example: Case) throws {
    #expect(try change(example) { .set(Repair.Field("b", "new"), beside: $0) } == example.result)
  }

  @Test func `items for one list are added together, each once`() throws {
    let file = SourceFile(name: "a.yaml", bytes: Array("list: []".utf8))
    let tree = SourceTree.read(file)
    let whole = Span(file: 0, start: 0, end: 8)
    let one = Repair.Change.append([[Repair.Field("a", "1")]], key: "list", in: whole)
    let two = Repair.Change.append([[Repair.Field("a", "1")], [Repair.Field("a", "2")]], key: "list", in: whole)
    let edits = try #require(TreeEditor(tree).edits([one, two]))
    let result = try #require(file.applying(edits)).file
    #expect(String(decoding: result.bytes, as: UTF8.self) == "list: [{a: 1}, {a: 2}]")
  }

  @Test func `text that would need escapes is not written`() throws {
    for text in ["", "a b", "a: b", "- a", "#a", "a\n", "é", "\"", "{", "a,b"] {
      #expect(try change(Case("", "a: ⟦old⟧\n", nil)) { .rewrite($0, text) } == nil, "\(text)")
    }
  }
}
