import SourceText
import SourceTree
import Testing

/// Aliases stand for nodes further up; merges are keys like others.
struct AliasTests {
  @Test func aliasOfAScalar() throws {
    let tree = SourceTree.yaml("a: &x 'v'\nb: *x\n")
    #expect(
      tree.outline == [
        .mapping("a: &x 'v'\nb: *x"), .plain("a"), .quoted("'v'", "v"), .plain("b"), .alias("*x", "v"),
      ])
    let root = try #require(tree.documents.first)
    let (value, alias) = (tree.value(ofKey: Array(tree.keys(root))[0]), tree.value(ofKey: Array(tree.keys(root))[1]))
    #expect(tree.target(alias) == value && tree.target(value) == value)
    #expect(tree.kind(alias) == .scalar && tree.style(alias) == .quoted)
  }

  @Test func aliasOfContainers() throws {
    let tree = SourceTree.yaml("a: &x [1, 2]\nb: *x\nc: &y {d: *x}\ne: [*y, *y]\n")
    let root = try #require(tree.documents.first)
    let values = tree.keys(root).map { tree.value(ofKey: $0) }
    #expect(tree.kind(values[1]) == .sequence && tree.childCount(values[1]) == 2)
    #expect(tree.items(values[1]).map { tree.text($0) } == ["1", "2"])
    let last = Array(tree.items(values[3]))[1]
    #expect(tree.kind(last) == .mapping && tree.text(tree.span(last)) == "*y")
    let inner = tree.value(ofKey: Array(tree.keys(last))[0])
    #expect(tree.items(inner).map { tree.text($0) } == ["1", "2"])
  }

  @Test func aliasesAsKeys() {
    #expect(
      SourceTree.yaml("a: &x k\n*x : 1\n? *x\n: 2\n").outline == [
        .mapping("a: &x k\n*x : 1\n? *x\n: 2"), .plain("a"), .plain("k"), .alias("*x", "k"), .plain("1"),
        .alias("*x", "k"), .plain("2"),
      ])
  }

  @Test func mergesAreKeys() {
    #expect(
      SourceTree.yaml("a: &x {k: v}\nb:\n  <<: *x\n  c: 1\n").outline == [
        .mapping("a: &x {k: v}\nb:\n  <<: *x\n  c: 1"), .plain("a"), .mapping("{k: v}"), .plain("k"), .plain("v"),
        .plain("b"), .mapping("<<: *x\n  c: 1"), .plain("<<"), .alias("*x"), .plain("c"), .plain("1"),
      ])
  }

  /// An anchor that is given twice means the one given last, from there on.
  @Test func lastAnchorCounts() {
    let tree = SourceTree.yaml("- &x 1\n- *x\n- &x 2\n- *x\n- [&x 3, *x]\n- *x\n- &x [&x 4]\n- *x\n- &x [5]\n- *x\n")
    #expect(tree.problems.isEmpty)
    #expect(tree.outline.filter { $0.kind == "alias" }.map(\.value) == ["1", "2", "3", "3", "4", ""])
  }

  @Test(arguments: [
    ("a: *x\n", #"unknownAnchor("x") 1:4 ⟦*x⟧"#),
    ("a: *x\nb: &x 1\n", #"unknownAnchor("x") 1:4 ⟦*x⟧"#),
    ("a: 1\né: *x-y_1\n", #"unknownAnchor("x-y_1") 2:4 ⟦*x-y_1⟧"#),
    ("a: &x [*x]\n", #"recursiveAlias("x") 1:8 ⟦*x⟧"#),
    ("a: &x\n  b:\n    - c: *x\n", #"recursiveAlias("x") 3:10 ⟦*x⟧"#),
    ("a: &x {*x : 1}\n", #"recursiveAlias("x") 1:8 ⟦*x⟧"#),
    // The name means the container from its bracket on, whatever it meant before.
    ("a: &x 1\nb: &x [*x]\n", #"recursiveAlias("x") 2:8 ⟦*x⟧"#),
    ("a: &x [&x [*x]]\n", #"recursiveAlias("x") 1:12 ⟦*x⟧"#),
    ("a: &y 1\nb: &x [*y, &y 2, *x]\n", #"recursiveAlias("x") 2:18 ⟦*x⟧"#),
  ])
  func refused(text: String, problem: String) {
    #expect(SourceTree.yaml(text).problemWords == [problem])
  }
}

extension SourceTree {
  fileprivate func text(_ span: Span) -> String { file.text(span) }
}
