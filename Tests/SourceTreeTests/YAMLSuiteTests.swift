import SourceText
import SourceTree
import TestSupport
import Testing

/// A text in the manner of the yaml-test-suite, and what libyaml, YAML 1.1, makes of it.
struct YAMLCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  /// The nodes: what each is, its place cut out of the text, its value.
  let nodes: [Outlined]

  init(_ name: String, _ text: String, _ nodes: Outlined...) {
    (self.name, self.text, self.nodes) = (name, text, nodes)
  }

  var testDescription: String { name }
}

/// Each form of YAML: which values it has, and that the place of each, cut out of the text, is what stands there.
struct YAMLSuiteTests {
  private static let blocks: [YAMLCase] = [
    YAMLCase("a sequence of scalars", "- a\n- b\n", .sequence("- a\n- b"), .plain("a"), .plain("b")),
    YAMLCase(
      "a mapping of sequences at one indentation", "a:\n- b\n- c\nd:\n  - e\n",
      .mapping("a:\n- b\n- c\nd:\n  - e"), .plain("a"), .sequence("- b\n- c"), .plain("b"), .plain("c"), .plain("d"),
      .sequence("- e"), .plain("e")),
    YAMLCase(
      "a sequence of mappings", "-\n  a: 1\n  b: 2\n- c: 3\n", .sequence("-\n  a: 1\n  b: 2\n- c: 3"),
      .mapping("a: 1\n  b: 2"), .plain("a"), .plain("1"), .plain("b"), .plain("2"), .mapping("c: 3"), .plain("c"),
      .plain("3")),
    YAMLCase(
      "a sequence in a sequence", "- - a\n  - b\n- - - c\n", .sequence("- - a\n  - b\n- - - c"),
      .sequence("- a\n  - b"),
      .plain("a"), .plain("b"), .sequence("- - c"), .sequence("- c"), .plain("c")),
    YAMLCase(
      "colons and hashes inside plain text", "a:b: c:d\n#x: y\n-c: 'e'#f: g\n".replacing("'e'#f: g", with: "e#f"),
      .mapping("a:b: c:d\n#x: y\n-c: e#f"), .plain("a:b"), .plain("c:d"), .plain("-c"), .plain("e#f")),
    YAMLCase(
      "empty values", "a:\nb: \nc: ~\nd: ''\n", .mapping("a:\nb: \nc: ~\nd: ''"), .plain("a"), .plain(""), .plain("b"),
      .plain(""), .plain("c"), .plain("~"), .plain("d"), .quoted("''", "")),
    YAMLCase(
      "complex keys", "? - a\n  - b\n: c\n? d\n? {e: f}\n: [g]\n",
      .mapping("? - a\n  - b\n: c\n? d\n? {e: f}\n: [g]"), .sequence("- a\n  - b"), .plain("a"), .plain("b"),
      .plain("c"), .plain("d"), .plain(""), .mapping("{e: f}"), .plain("e"), .plain("f"), .sequence("[g]"), .plain("g")),
    YAMLCase(
      "complex keys of several lines", "? >-\n  a\n  b\n: |\n  c\n? 'd\n  e'\n: f\n",
      .mapping("? >-\n  a\n  b\n: |\n  c\n? 'd\n  e'\n: f"), .quoted(">-\n  a\n  b", "a b"), .quoted("|\n  c", "c\n"),
      .quoted("'d\n  e'", "d e"), .plain("f")),
  ]

  private static let flows: [YAMLCase] = [
    YAMLCase(
      "flow collections", "{a: [b, c], d: {e: f}, g}\n", .mapping("{a: [b, c], d: {e: f}, g}"), .plain("a"),
      .sequence("[b, c]"), .plain("b"), .plain("c"), .plain("d"), .mapping("{e: f}"), .plain("e"), .plain("f"),
      .plain("g"), .plain("")),
    YAMLCase(
      "flow over several lines", "a: [\n  b,\n  c\n  d, # e\n  ]\nf: {\n  g: h,\n}\n",
      .mapping("a: [\n  b,\n  c\n  d, # e\n  ]\nf: {\n  g: h,\n}"), .plain("a"),
      .sequence("[\n  b,\n  c\n  d, # e\n  ]"),
      .plain("b"), .plain("c\n  d", "c d"), .plain("f"), .mapping("{\n  g: h,\n}"), .plain("g"), .plain("h")),
    YAMLCase(
      "a single pair", "[a: b, ? c : d, ? e, 'f': g]", .sequence("[a: b, ? c : d, ? e, 'f': g]"), .mapping("a: b"),
      .plain("a"), .plain("b"), .mapping("? c : d"), .plain("c"), .plain("d"), .mapping("? e"), .plain("e"), .plain(""),
      .mapping("'f': g"), .quoted("'f'", "f"), .plain("g")),
    YAMLCase(
      "empty collections", "[[], {}, [ ], { }]", .sequence("[[], {}, [ ], { }]"), .sequence("[]"), .mapping("{}"),
      .sequence("[ ]"), .mapping("{ }")),
    YAMLCase(
      "JSON", "{\"a\": [1, -2.5e3, true, null], \"b\": \"c\"}",
      .mapping("{\"a\": [1, -2.5e3, true, null], \"b\": \"c\"}"),
      .quoted("\"a\"", "a"), .sequence("[1, -2.5e3, true, null]"), .plain("1"), .plain("-2.5e3"), .plain("true"),
      .plain("null"), .quoted("\"b\"", "b"), .quoted("\"c\"", "c")),
    YAMLCase(
      "keys without values in flow", "{a: , ? b, c: , 'd'}", .mapping("{a: , ? b, c: , 'd'}"), .plain("a"), .plain(""),
      .plain("b"), .plain(""), .plain("c"), .plain(""), .quoted("'d'", "d"), .plain("")),
    YAMLCase(
      "CIDR and addresses in flow", "{a: 10.0.0.0/24, b: [fe80::1]}",
      .mapping("{a: 10.0.0.0/24, b: [fe80::1]}"),
      .plain("a"), .plain("10.0.0.0/24"), .plain("b"), .sequence("[fe80::1]"), .plain("fe80::1")),
  ]

  private static let blockScalars: [YAMLCase] = [
    YAMLCase("literal", "|\n  a\n   b\n\n  c\n", .quoted("|\n  a\n   b\n\n  c", "a\n b\n\nc\n")),
    YAMLCase(
      "literal, stripped", "a: |-\n  b\n\n\nc: d\n", .mapping("a: |-\n  b\n\n\nc: d"), .plain("a"),
      .quoted("|-\n  b", "b"), .plain("c"), .plain("d")),
    YAMLCase(
      "literal, kept", "a: |+\n  b\n\nc: d\n", .mapping("a: |+\n  b\n\nc: d"), .plain("a"), .quoted("|+\n  b", "b\n\n"),
      .plain("c"), .plain("d")),
    YAMLCase(
      "literal, indented by a number", "a: |2\n   b\n  c\n", .mapping("a: |2\n   b\n  c"), .plain("a"),
      .quoted("|2\n   b\n  c", " b\nc\n")),
    YAMLCase(
      "both indicators in both orders", "- |1-\n  a\n- >-1\n  b\n", .sequence("- |1-\n  a\n- >-1\n  b"),
      .quoted("|1-\n  a", " a"), .quoted(">-1\n  b", " b")),
    YAMLCase("folded", ">\n  a\n  b\n\n  c\n   d\n  e\n", .quoted(">\n  a\n  b\n\n  c\n   d\n  e", "a b\nc\n d\ne\n")),
    YAMLCase(
      "folded, kept", "- >+\n  a\n\n- b\n", .sequence("- >+\n  a\n\n- b"), .quoted(">+\n  a", "a\n\n"), .plain("b")),
    YAMLCase(
      "a comment behind the indicator", "a: | # b\n  c\n# d\ne: f\n", .mapping("a: | # b\n  c\n# d\ne: f"), .plain("a"),
      .quoted("| # b\n  c", "c\n"), .plain("e"), .plain("f")),
    YAMLCase(
      "an empty block scalar", "a: |\nb: >-\nc: d\n", .mapping("a: |\nb: >-\nc: d"), .plain("a"), .quoted("|", ""),
      .plain("b"), .quoted(">-", ""), .plain("c"), .plain("d")),
    YAMLCase(
      "a block scalar at the end without a line break", "a: |\n  b", .mapping("a: |\n  b"), .plain("a"),
      .quoted("|\n  b", "b")),
    YAMLCase(
      "what looks like a comment in a literal", "|\n  # a\n  b: c\n", .quoted("|\n  # a\n  b: c", "# a\nb: c\n")),
    YAMLCase(
      "leading empty lines", "a: |\n\n\n  b\n", .mapping("a: |\n\n\n  b"), .plain("a"), .quoted("|\n\n\n  b", "\n\nb\n")
    ),
    YAMLCase("tabs in a literal", "|\n  a\tb\n  \tc\n", .quoted("|\n  a\tb\n  \tc", "a\tb\n\tc\n")),
  ]

  private static let flowScalars: [YAMLCase] = [
    YAMLCase(
      "plain over lines", "a: b\n  c\n\n  d # e\n", .mapping("a: b\n  c\n\n  d"), .plain("a"),
      .plain("b\n  c\n\n  d", "b c\nd")),
    YAMLCase("plain at the top over lines", "a\nb\n  c\n", .plain("a\nb\n  c", "a b c")),
    YAMLCase("single quotes", "'it''s\n\n  two\n  lines'\n", .quoted("'it''s\n\n  two\n  lines'", "it's\ntwo lines")),
    YAMLCase(
      "double quotes over lines", "\"a \\\n  b\n\n  c\\n\\\n  \\ d\"",
      .quoted("\"a \\\n  b\n\n  c\\n\\\n  \\ d\"", "a b\nc\n d")),
    YAMLCase(
      "escapes", #""\0\a\b\t\n\v\f\r\e\ \"\\\N\_\L\P\x41\u00e9\U0001F600""#,
      .quoted(
        #""\0\a\b\t\n\v\f\r\e\ \"\\\N\_\L\P\x41\u00e9\U0001F600""#,
        "\0\u{7}\u{8}\t\n\u{B}\u{C}\r\u{1B} \"\\\u{85}\u{A0}\u{2028}\u{2029}Aé😀")),
    YAMLCase(
      "quoted keys", "'a b': 1\n\"c:\\td\": 2\n", .mapping("'a b': 1\n\"c:\\td\": 2"), .quoted("'a b'", "a b"),
      .plain("1"), .quoted("\"c:\\td\"", "c:\td"), .plain("2")),
    YAMLCase(
      "indicators inside plain text", "a: b-c?d!e&f*g|h>i'j\"k%l@m`n\n", .mapping("a: b-c?d!e&f*g|h>i'j\"k%l@m`n"),
      .plain("a"), .plain("b-c?d!e&f*g|h>i'j\"k%l@m`n")),
    YAMLCase(
      "words that begin with a dash or a question mark", "- -a\n- ?b\n- :c\n- -1\n",
      .sequence("- -a\n- ?b\n- :c\n- -1"), .plain("-a"), .plain("?b"), .plain(":c"), .plain("-1")),
    YAMLCase(
      "spaces around text", "a:    b   \n  \nc :  d  # e\n", .mapping("a:    b   \n  \nc :  d"), .plain("a"),
      .plain("b"), .plain("c"), .plain("d")),
    YAMLCase(
      "tabs between words and before comments", "a:\tb\tc\t# d\n", .mapping("a:\tb\tc"), .plain("a"), .plain("b\tc")),
  ]

  private static let properties: [YAMLCase] = [
    YAMLCase(
      "anchors and aliases", "a: &x b\nc: *x\n&y d: *y\n", .mapping("a: &x b\nc: *x\n&y d: *y"), .plain("a"),
      .plain("b"), .plain("c"), .alias("*x", "b"), .plain("d"), .alias("*y", "d")),
    YAMLCase(
      "an alias as a key", "a: &x b\n*x : c\n", .mapping("a: &x b\n*x : c"), .plain("a"), .plain("b"),
      .alias("*x", "b"), .plain("c")),
    YAMLCase(
      "an anchor of nothing", "a: &x\nb: *x\n", .mapping("a: &x\nb: *x"), .plain("a"), .plain(""), .plain("b"),
      .alias("*x", "")),
    YAMLCase(
      "an anchor on the line above", "a: &x\n  b: c\nd: *x\n", .mapping("a: &x\n  b: c\nd: *x"), .plain("a"),
      .mapping("b: c"), .plain("b"), .plain("c"), .plain("d"), .alias("*x")),
    YAMLCase(
      "merges", "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n", .mapping("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2"), .plain("a"),
      .mapping("{b: 1}"), .plain("b"), .plain("1"), .plain("c"), .mapping("<<: *x\n  d: 2"), .plain("<<"), .alias("*x"),
      .plain("d"), .plain("2")),
    YAMLCase(
      "tags", "- !!str 1\n- !!map {a: b}\n- ! c\n- !!int \"2\"\n",
      .sequence("- !!str 1\n- !!map {a: b}\n- ! c\n- !!int \"2\""), .quoted("1", "1"), .mapping("{a: b}"), .plain("a"),
      .plain("b"), .quoted("c", "c"), .quoted("\"2\"", "2")),
    YAMLCase(
      "tags by a directive", "%TAG !y! tag:yaml.org,2002:\n---\n- !y!str 1\n- !<tag:yaml.org,2002:str> 2\n",
      .sequence("- !y!str 1\n- !<tag:yaml.org,2002:str> 2"), .quoted("1", "1"), .quoted("2", "2")),
    YAMLCase(
      "anchor and tag in both orders", "- &a !!str b\n- !!str &c d\n- [*a, *c]\n",
      .sequence("- &a !!str b\n- !!str &c d\n- [*a, *c]"), .quoted("b", "b"), .quoted("d", "d"), .sequence("[*a, *c]"),
      .alias("*a", "b"), .alias("*c", "d")),
  ]

  private static let streams: [YAMLCase] = [
    YAMLCase("a directive and a marker", "%YAML 1.1\n--- a\n", .plain("a")),
    YAMLCase(
      "several documents", "a: 1\n---\n- b\n...\n---\nc\n", .mapping("a: 1"), .plain("a"), .plain("1"),
      .sequence("- b"), .plain("b"), .plain("c")),
    YAMLCase("a document that is empty", "---\n---\na\n...\n", .plain("a")),
    YAMLCase("comments alone", "# a\n\n  # b\n"),
    YAMLCase("nothing", ""),
    YAMLCase(
      "comments everywhere", "# a\nb: # c\n  # d\n  - e # f\n\n# g\n  - h\n# i\n",
      .mapping("b: # c\n  # d\n  - e # f\n\n# g\n  - h"), .plain("b"), .sequence("- e # f\n\n# g\n  - h"), .plain("e"),
      .plain("h")),
    YAMLCase(
      "markers inside text", "a: ---b\nc: 'x ... y'\n", .mapping("a: ---b\nc: 'x ... y'"), .plain("a"), .plain("---b"),
      .plain("c"), .quoted("'x ... y'", "x ... y")),
    YAMLCase("a byte order mark", "\u{FEFF}a: b\n", .mapping("a: b"), .plain("a"), .plain("b")),
    YAMLCase(
      "several bytes a character", "é: 日本\n😀: [ü, 'ß']\n", .mapping("é: 日本\n😀: [ü, 'ß']"), .plain("é"), .plain("日本"),
      .plain("😀"), .sequence("[ü, 'ß']"), .plain("ü"), .quoted("'ß'", "ß")),
    YAMLCase(
      "Windows lines", "a:\r\n  - b\r\n  - 'c\r\n    d'\r\ne: |\r\n  f\r\n  g\r\n",
      .mapping("a:\r\n  - b\r\n  - 'c\r\n    d'\r\ne: |\r\n  f\r\n  g"), .plain("a"),
      .sequence("- b\r\n  - 'c\r\n    d'"), .plain("b"), .quoted("'c\r\n    d'", "c d"), .plain("e"),
      .quoted("|\r\n  f\r\n  g", "f\ng\n")),
  ]

  @Test(arguments: blocks + flows + blockScalars + flowScalars + properties + streams)
  func accepted(_ example: YAMLCase) {
    let tree = SourceTree.yaml(example.text)
    #expect(tree.problemWords == [])
    #expect(tree.outline == example.nodes)
    #expect(tree.fault == nil)
  }

  /// The same with each kind of line break that libyaml knows; text keeps the last two.
  @Test(arguments: ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"])
  func lineBreaks(_ lineBreak: String) {
    let text = "é: |\n  b\n  c\nd: 'e\n  f'\ng: h\n  i # j\n- k: l\n".replacing("- k", with: "k")
    let isKept = lineBreak == "\u{2028}" || lineBreak == "\u{2029}"
    let inText = isKept ? lineBreak : "\n"
    func broken(_ text: String) -> String { text.replacing("\n", with: lineBreak) }
    let tree = SourceTree.yaml(broken(text))
    #expect(tree.problemWords == [])
    #expect(
      tree.outline.dropFirst() == [
        .plain("é"), .quoted(broken("|\n  b\n  c"), "b\(inText)c\(inText)"), .plain("d"),
        .quoted(broken("'e\n  f'"), isKept ? "e\(lineBreak)f" : "e f"), .plain("g"),
        .plain(broken("h\n  i"), isKept ? "h\(lineBreak)i" : "h i"), .plain("k"), .plain("l"),
      ])
  }

  /// What libyaml refuses, with the place that is to be edited.
  @Test(arguments: [
    ("a: b: c\n", "unexpectedColon 1:5 ⟦:⟧"),
    ("a\nb: c\n", "missingColon 1:1 ⟦a⟧"),
    ("a:\n\t- b\n", "tabIndentation 2:1 ⟦\t⟧"),
    ("- a\n b\n- c: d\n e\n", "badIndentation 4:2 ⟦e⟧ in 1:1 ⟦-⟧"),
    ("a: 'b\n", "unclosedQuote 1:4 ⟦'⟧"),
    ("a: \"b\n", "unclosedQuote 1:4 ⟦\"⟧"),
    ("[a, b\n", "unclosedBracket(\"[\") 1:1 ⟦[⟧ in 2:1 ⟦⟧"),
    ("{a: b\n", "unclosedBracket(\"{\") 1:1 ⟦{⟧ in 2:1 ⟦⟧"),
    ("a: ]\n", "strayBracket(\"]\") 1:4 ⟦]⟧"),
    ("[a, , b]\n", "strayComma 1:5 ⟦,⟧"),
    ("a: @b\n", "reservedCharacter(\"@\") 1:4 ⟦@⟧"),
    ("a: `b`\n", "reservedCharacter(\"`\") 1:4 ⟦`⟧"),
    ("\"\\y\"\n", "invalidEscape 1:2 ⟦\\⟧"),
    ("a: 'b' c\n", "textAfterValue 1:8 ⟦c⟧"),
    ("a: - b\n", "unexpectedDash 1:4 ⟦-⟧"),
    ("a: *b\n", "unknownAnchor(\"b\") 1:4 ⟦*b⟧"),
    ("&a [*a]\n", "recursiveAlias(\"a\") 1:5 ⟦*a⟧"),
    ("a: |0\n  b\n", "blockHead(\"|\") 1:4 ⟦|⟧"),
    ("a: |\n   b\n  c\n d: e\n", "badIndentation 3:3 ⟦c⟧ in 1:1 ⟦a⟧"),
    ("a: b\n c: d\n", "badIndentation 2:2 ⟦c⟧"),
    ("%YAML 2.0\n---\na\n", "directive 1:1 ⟦%⟧"),
    ("%TAG ! x\n%TAG ! y\n---\na\n", "directive 2:1 ⟦%⟧"),
    ("%YAML 1.1\na\n", "contentAfterDocument 2:1 ⟦a⟧"),
    ("- a\nb: c\n", "badIndentation 2:1 ⟦b⟧ in 1:1 ⟦-⟧"),
    ("a: b\n- c\n", "badIndentation 2:1 ⟦-⟧ in 1:1 ⟦a⟧"),
    ("--- a\n--- b: *c\n", "unexpectedColon 2:6 ⟦:⟧"),
    ("a: !b!c d\n", "unknownTagHandle(\"!b!\") 1:4 ⟦!⟧"),
    // What YAML 1.2 accepts and libyaml does not.
    (": a\n", "colonWithoutKey 1:1 ⟦:⟧"),
    ("{a: [::1]}\n", "colonWithoutKey 1:6 ⟦:⟧"),
  ])
  func refused(_ text: String, _ words: String) {
    let tree = SourceTree.yaml(text)
    #expect(tree.problemWords.joined(separator: "; ") == words)
    #expect(tree.fault == nil)
  }
}
