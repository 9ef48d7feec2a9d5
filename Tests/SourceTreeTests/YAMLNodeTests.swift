import SourceText
import SourceTree
import Testing

/// The span of each node is exactly its text.
struct YAMLNodeTests {
  @Test func blockCollections() {
    let tree = SourceTree.yaml(
      """
      vpc:
        name: tokyo
        subnets:
          - name: app
            zone: a
          -   name: db
      servers:
      - x
      -
        - y
        -   - z

      """)
    #expect(
      tree.outline == [
        .mapping(tree.roots.joined()),
        .plain("vpc"),
        .mapping("name: tokyo\n  subnets:\n    - name: app\n      zone: a\n    -   name: db"),
        .plain("name"), .plain("tokyo"),
        .plain("subnets"), .sequence("- name: app\n      zone: a\n    -   name: db"),
        .mapping("name: app\n      zone: a"), .plain("name"), .plain("app"), .plain("zone"), .plain("a"),
        .mapping("name: db"), .plain("name"), .plain("db"),
        .plain("servers"), .sequence("- x\n-\n  - y\n  -   - z"),
        .plain("x"), .sequence("- y\n  -   - z"), .plain("y"), .sequence("- z"), .plain("z"),
      ])
    #expect(tree.span(0).start == 0 && Int(tree.span(0).end) == tree.file.bytes.count - 1)
    #expect(tree.problems.isEmpty)
  }

  @Test func flowCollections() {
    let text = "{a: [1, 'x' ,\"y\"] , b : {}, c: [ ],\n  d:\n    [[2],{e: f}]\n}"
    #expect(
      SourceTree.yaml(text + "  # end\n").outline == [
        .mapping(text), .plain("a"), .sequence("[1, 'x' ,\"y\"]"), .plain("1"), .quoted("'x'", "x"),
        .quoted("\"y\"", "y"), .plain("b"), .mapping("{}"), .plain("c"), .sequence("[ ]"), .plain("d"),
        .sequence("[[2],{e: f}]"), .sequence("[2]"), .plain("2"), .mapping("{e: f}"), .plain("e"), .plain("f"),
      ])
  }

  @Test func pairsInFlowSequencesHaveNoBrackets() {
    #expect(
      SourceTree.yaml("[a: b , ? c : d, ? e, f: , {g: h}: i ,\n  ? [j]\n ]").outline == [
        .sequence("[a: b , ? c : d, ? e, f: , {g: h}: i ,\n  ? [j]\n ]"),
        .mapping("a: b"), .plain("a"), .plain("b"),
        .mapping("? c : d"), .plain("c"), .plain("d"),
        .mapping("? e"), .plain("e"), .plain(""),
        .mapping("f:"), .plain("f"), .plain(""),
        .mapping("{g: h}: i"), .mapping("{g: h}"), .plain("g"), .plain("h"), .plain("i"),
        .mapping("? [j]"), .sequence("[j]"), .plain("j"), .plain(""),
      ])
  }

  @Test func whatFollowsABlockIsNotInIt() {
    let tree = SourceTree.yaml("a:\n  - x # first\n\n  # between\n  - y\n\n# after\n\nb:\n  c: d\n  # last\n\n")
    #expect(
      tree.outline == [
        .mapping("a:\n  - x # first\n\n  # between\n  - y\n\n# after\n\nb:\n  c: d"),
        .plain("a"), .sequence("- x # first\n\n  # between\n  - y"), .plain("x"), .plain("y"),
        .plain("b"), .mapping("c: d"), .plain("c"), .plain("d"),
      ])
  }

  /// A value that is not written stands after what asks for it, not where the next token is.
  @Test(arguments: [
    ("a:\nb: 1", 0, 2), ("a:   # none\n\nb: 1", 0, 2), ("a:", 0, 2), ("- \n- x", 0, 1), ("-\n# c\n- x", 0, 1),
    ("{a, b: 1}", 0, 2), ("{a: , b: 1}", 0, 3), ("{a , b: 1}", 0, 2), ("? a\n\n# c: -\nb: 1", 0, 3),
    ("? a\n# c\n:\n# d\nb: 1", 0, 9), ("{a: # c, d\n , b: 1}", 0, 3), ("{? , b: 1}", 0, 2), ("{? , b: 1}", 1, 2),
    ("[? a , b]", 0, 4),
  ])
  func unwrittenValues(text: String, ordinal: Int, offset: UInt32) throws {
    let tree = SourceTree.yaml(text)
    let empty = (0..<NodeIndex(tree.outline.count)).filter { tree.span($0).start == tree.span($0).end }
    try #require(empty.count > ordinal)
    #expect(tree.span(empty[ordinal]).start == offset)
    #expect(tree.text(empty[ordinal]) == "" && tree.style(empty[ordinal]) == .plain)
  }

  @Test func complexKeys() {
    #expect(
      SourceTree.yaml("? a\n? - b\n  - c\n: d\n? ? e\n  : f\n: g\n").outline == [
        .mapping("? a\n? - b\n  - c\n: d\n? ? e\n  : f\n: g"), .plain("a"), .plain(""),
        .sequence("- b\n  - c"), .plain("b"), .plain("c"), .plain("d"),
        .mapping("? e\n  : f"), .plain("e"), .plain("f"), .plain("g"),
      ])
  }

  @Test func emptyNests() {
    #expect(
      SourceTree.yaml("- ? ? ?\n# after\n").outline == [
        .sequence("- ? ? ?"), .mapping("? ? ?"), .mapping("? ?"), .mapping("?"),
        .plain(""), .plain(""), .plain(""), .plain(""),
      ])
    #expect(
      SourceTree.yaml("- - -\n\n# after\n- a\n").outline == [
        .sequence("- - -\n\n# after\n- a"), .sequence("- -"), .sequence("-"), .plain(""), .plain("a"),
      ])
  }

  /// An edit of an anchored or tagged value leaves anchor and tag alone.
  @Test func anchorsAndTagsAreNotInTheSpan() {
    let tree = SourceTree.yaml(
      """
      a: &one v
      b: !!str 5
      c: &two !!str 'x'
      d: !!int &three 7
      e: &four
        - x
      f: &five
      - y
      g: &six {h: i}
      j: &seven # why
        k: l
      &eight m: &nine
      n: &ten |
        text
      o: !!seq [ ]
      p: &eleven
        &twelve q: r
      s: [&t u, &v , &w]
      x: !<tag:yaml.org,2002:str> y

      """)
    #expect(
      Array(tree.outline.dropFirst()) == [
        .plain("a"), .plain("v"), .plain("b"), .quoted("5", "5"), .plain("c"), .quoted("'x'", "x"),
        .plain("d"), .plain("7"), .plain("e"), .sequence("- x"), .plain("x"), .plain("f"), .sequence("- y"),
        .plain("y"), .plain("g"), .mapping("{h: i}"), .plain("h"), .plain("i"), .plain("j"), .mapping("k: l"),
        .plain("k"), .plain("l"), .plain("m"), .plain(""), .plain("n"), .quoted("|\n  text", "text\n"),
        .plain("o"), .sequence("[ ]"), .plain("p"), .mapping("&twelve q: r"), .plain("q"), .plain("r"),
        .plain("s"), .sequence("[&t u, &v , &w]"), .plain("u"), .plain(""), .plain(""),
        .plain("x"), .quoted("y", "y"),
      ])
    #expect(tree.problems.isEmpty)
  }

  @Test func childrenAndCounts() throws {
    let tree = SourceTree.yaml("a: [1, [2, 3], {b: c}]\nd: {e: f, g: h}\ni: *no\n")
    #expect(tree.documents.isEmpty)
    let good = SourceTree.yaml("a: &x [1, [2, 3], {b: c}]\nd: {e: f, g: h}\ni: *x\n")
    let root = try #require(good.documents.first)
    #expect(good.childCount(root) == 3)
    #expect(good.keys(root).map { good.text($0) } == ["a", "d", "i"])
    #expect(good.keys(root).map { good.childCount(good.value(ofKey: $0)) } == [3, 2, 3])
    let list = good.value(ofKey: Array(good.keys(root))[0])
    #expect(good.items(list).map { good.kind($0) } == [.scalar, .sequence, .mapping])
    // A scalar has no children, and a container no text.
    let scalar = Array(good.items(list))[0]
    #expect(Array(good.items(scalar)).isEmpty && Array(good.keys(scalar)).isEmpty && good.childCount(scalar) == 1)
    #expect(good.text(list) == "" && good.withText(list) { $0.isEmpty } && good.bytes(list).isEmpty)
  }
}
