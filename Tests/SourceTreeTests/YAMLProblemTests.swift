import SourceTree
import Testing

/// What is wrong with a YAML text, and the place that a person would look for.
struct YAMLProblemTests {
  /// The kind, the place, the text there, and after `in` where the construct begins.
  @Test(arguments: [
    // Tabs
    ("a:\n\tb: 1\n", "tabIndentation 2:1 ⟦\t⟧"), ("a:\n  b: 1\n\tc: 2\n", "tabIndentation 3:1 ⟦\t⟧"),
    ("\ta: 1\n", "tabIndentation 1:1 ⟦\t⟧"), ("a:\n  - x\n\t- y\n", "tabIndentation 3:1 ⟦\t⟧"),
    ("a:\n  \tb: 1\n", "tabIndentation 2:3 ⟦\t⟧"), ("a: 1\n\tb\n", "tabIndentation 2:1 ⟦\t⟧"),
    ("a: |\n  x\n\ty\nb: 1\n", "tabIndentation 3:1 ⟦\t⟧"), ("a: >\n\tx\nb: 1", "tabIndentation 2:1 ⟦\t⟧"),
    ("é:\r\n\tb: 1\r\n", "tabIndentation 2:1 ⟦\t⟧"), ("a:\r\tb: 1\r", "tabIndentation 2:1 ⟦\t⟧"),
    // Tabs that are not to blame
    ("a: [\n\t1,\n\t@", "reservedCharacter(\"@\") 3:2 ⟦@⟧"), ("a: [\n\t1", "unclosedBracket(\"[\") 1:4 ⟦[⟧ in 2:3 ⟦⟧"),
    ("a: \"x\n\ty", "unclosedQuote 1:4 ⟦\"⟧"),
    // Quotes
    ("a: \"x\nb: 1\n", "unclosedQuote 1:4 ⟦\"⟧"), ("a: 'x\nb: 1\n", "unclosedQuote 1:4 ⟦'⟧"),
    ("a: 'x", "unclosedQuote 1:4 ⟦'⟧"), ("\"x: 1", "unclosedQuote 1:1 ⟦\"⟧"),
    ("a: [\"x, y]\n", "unclosedQuote 1:5 ⟦\"⟧"),
    ("a: 'x\n---\nb: 1\n", "unclosedQuote 1:4 ⟦'⟧"), ("é: 'é", "unclosedQuote 1:4 ⟦'⟧"),
    // The quote that closes it was meant to open the next.
    ("a: \"x\nb: \"y\"\nc: 1\n", "unclosedQuote 1:4 ⟦\"⟧ in 2:5 ⟦y⟧"),
    ("- 'a\n- 'b'\n", "unclosedQuote 1:3 ⟦'⟧ in 2:4 ⟦b⟧"),
    // Text after a value
    ("a: 'it's'\n", "textAfterValue 1:8 ⟦s⟧"), ("a: \"x\" y\n", "textAfterValue 1:8 ⟦y⟧"),
    ("- 'x' é\n", "textAfterValue 1:7 ⟦é⟧"), ("a: [1] x\nb: 2\n", "textAfterValue 1:8 ⟦x⟧"),
    ("\"a\" b: c\n", "textAfterValue 1:5 ⟦b⟧"),
    // Indentation
    ("a:\n  b: 1\n c: 2\n", "badIndentation 3:2 ⟦c⟧ in 1:1 ⟦a⟧"),
    ("a:\n    b: 1\n  c: 2\n", "badIndentation 3:3 ⟦c⟧ in 1:1 ⟦a⟧"),
    ("a: 1\n  b: 2\n", "badIndentation 2:3 ⟦b⟧"), ("a: b\n\n  # c\n  d: e\n", "badIndentation 4:3 ⟦d⟧ in 1:1 ⟦a⟧"),
    ("- a\n b: 1\n", "badIndentation 2:2 ⟦b⟧"), ("a: 1\n- b\n", "badIndentation 2:1 ⟦-⟧ in 1:1 ⟦a⟧"),
    ("- a\nb: 1\n", "badIndentation 2:1 ⟦b⟧ in 1:1 ⟦-⟧"), ("a:\n  - b\n - c\n", "badIndentation 3:2 ⟦-⟧ in 1:1 ⟦a⟧"),
    ("a:\n  - b: 1\n   c: 2\n", "badIndentation 3:4 ⟦c⟧ in 2:3 ⟦-⟧"),
    ("a:\n  - b: 1\n  c: 2\n", "badIndentation 3:3 ⟦c⟧ in 2:3 ⟦-⟧"),
    ("a:\n  - \n  b: 1\n", "badIndentation 3:3 ⟦b⟧"), ("  a: 1\nb: 2\n", "badIndentation 2:1 ⟦b⟧ in 1:3 ⟦a⟧"),
    ("a:\n    - é: 1\n   é: 2\n", "badIndentation 3:4 ⟦é⟧ in 1:1 ⟦a⟧"),
    // Brackets
    ("a: [1, 2\nb: 3\n", "unclosedBracket(\"[\") 1:4 ⟦[⟧ in 2:2 ⟦:⟧"),
    ("a: {x: 1\nb: 3\n", "unclosedBracket(\"{\") 1:4 ⟦{⟧ in 2:2 ⟦:⟧"),
    ("a: [1, 2", "unclosedBracket(\"[\") 1:4 ⟦[⟧ in 1:9 ⟦⟧"), ("a: [1,\n", "unclosedBracket(\"[\") 1:4 ⟦[⟧ in 2:1 ⟦⟧"),
    ("a: [", "unclosedBracket(\"[\") 1:4 ⟦[⟧ in 1:5 ⟦⟧"), ("a: {", "unclosedBracket(\"{\") 1:4 ⟦{⟧ in 1:5 ⟦⟧"),
    ("a: {x:", "unclosedBracket(\"{\") 1:4 ⟦{⟧ in 1:7 ⟦⟧"), ("[[1, 2]\n", "unclosedBracket(\"[\") 1:1 ⟦[⟧ in 2:1 ⟦⟧"),
    ("a: [1, {x: 2]\n", "unclosedBracket(\"{\") 1:8 ⟦{⟧ in 1:13 ⟦]⟧"),
    ("a: {x: 1 y: 2}\n", "unclosedBracket(\"{\") 1:4 ⟦{⟧ in 1:11 ⟦:⟧"),
    ("a: [\n---\nb: 1\n", "unclosedBracket(\"[\") 1:4 ⟦[⟧ in 2:1 ⟦-⟧"),
    ("é: [é\n", "unclosedBracket(\"[\") 1:4 ⟦[⟧ in 2:1 ⟦⟧"),
    ("a: [1]]\n", "strayBracket(\"]\") 1:7 ⟦]⟧"), ("a: ]\n", "strayBracket(\"]\") 1:4 ⟦]⟧"),
    ("a: }\n", "strayBracket(\"}\") 1:4 ⟦}⟧"), ("]\n", "strayBracket(\"]\") 1:1 ⟦]⟧"),
    ("{a: 1}}\n", "strayBracket(\"}\") 1:7 ⟦}⟧"), ("- ]\n", "strayBracket(\"]\") 1:3 ⟦]⟧"),
    ("a: [1, }\n", "strayBracket(\"}\") 1:8 ⟦}⟧"),
    ("a: [1,,2]\n", "strayComma 1:7 ⟦,⟧"), ("a: [,1]\n", "strayComma 1:5 ⟦,⟧"), ("a: {,x: 1}\n", "strayComma 1:5 ⟦,⟧"),
    ("a: {x: 1,,y: 2}\n", "strayComma 1:10 ⟦,⟧"),
    // Colons and dashes
    ("a: b: c\n", "unexpectedColon 1:5 ⟦:⟧"), ("é: é: é\n", "unexpectedColon 1:5 ⟦:⟧"),
    ("a: \"b\": c\n", "unexpectedColon 1:7 ⟦:⟧"), ("a: {b: c}: d\n", "unexpectedColon 1:10 ⟦:⟧"),
    ("--- a: 1\n", "unexpectedColon 1:6 ⟦:⟧"), (": a\n", "colonWithoutKey 1:1 ⟦:⟧"),
    ("- a: b: c\n", "unexpectedColon 1:7 ⟦:⟧"), ("a: [: b]\n", "colonWithoutKey 1:5 ⟦:⟧"),
    ("- : a\n", "colonWithoutKey 1:3 ⟦:⟧"), ("a: {b: 1, : c}\n", "colonWithoutKey 1:11 ⟦:⟧"),
    ("a: 1\n: b\n", "colonWithoutKey 2:1 ⟦:⟧"),
    ("a: {b: c:}\n", "unexpectedColon 1:9 ⟦:⟧"), ("a: [b:,c]\n", "unexpectedColon 1:6 ⟦:⟧"),
    ("a: 1\nfoo\nb: 2\n", "missingColon 2:1 ⟦f⟧"), ("foo\nbar: 1\n", "missingColon 1:1 ⟦f⟧"),
    ("a: 1\nfoo\n", "missingColon 2:1 ⟦f⟧"), ("a:\n  b\n  c: 1\n", "missingColon 2:3 ⟦b⟧"),
    ("a:1\nb: 2\n", "missingColon 1:1 ⟦a⟧"), ("a: 1\nb:2\nc: 3\n", "missingColon 2:1 ⟦b⟧"),
    ("vpc:\n  name: a\n  région\n  zone: b\n", "missingColon 3:3 ⟦r⟧"), ("- - a\n  b\n", "missingColon 2:3 ⟦b⟧"),
    ("a:\n  b\n  c\n  d: 1\n", "missingColon 2:3 ⟦b⟧"),
    ("a: - b\n", "unexpectedDash 1:4 ⟦-⟧"), ("a: -\n", "unexpectedDash 1:4 ⟦-⟧"),
    ("--- - a\n", "unexpectedDash 1:5 ⟦-⟧"),
    // Characters that YAML keeps for itself
    ("a: @x\n", "reservedCharacter(\"@\") 1:4 ⟦@⟧"), ("a: `x`\n", "reservedCharacter(\"`\") 1:4 ⟦`⟧"),
    ("a: %x\n", "reservedCharacter(\"%\") 1:4 ⟦%⟧"), ("[@x]", "reservedCharacter(\"@\") 1:2 ⟦@⟧"),
    ("@a: 1\n", "reservedCharacter(\"@\") 1:1 ⟦@⟧"), ("a: 1\n%b: 2\n", "directive 2:1 ⟦%⟧"),

    ("a: *\n", "reservedCharacter(\"*\") 1:4 ⟦*⟧"), ("a: *.example.com\n", "reservedCharacter(\"*\") 1:4 ⟦*⟧"),
    ("a: & b\n", "reservedCharacter(\"&\") 1:4 ⟦&⟧"), ("a: &a&b x\n", "reservedCharacter(\"&\") 1:4 ⟦&⟧"),
    ("a: ? b\n", "reservedCharacter(\"?\") 1:4 ⟦?⟧"),
    // What stands before a value
    ("a: !e!x y\n", "unknownTagHandle(\"!e!\") 1:4 ⟦!⟧"), ("a: !é!x y\n", "malformedTag 1:4 ⟦!⟧"),
    ("a: !<x\n", "malformedTag 1:4 ⟦!⟧"), ("a: !x%zz y\n", "malformedTag 1:4 ⟦!⟧"),
    ("a: |x\n  y\n", "blockHead(\"|\") 1:4 ⟦|⟧"), ("a: > 5\n", "blockHead(\">\") 1:4 ⟦>⟧"),
    ("a: |0\n x\n", "blockHead(\"|\") 1:4 ⟦|⟧"), ("a: |+-\n x\n", "blockHead(\"|\") 1:4 ⟦|⟧"),
    ("a: >99\n x\n", "blockHead(\">\") 1:4 ⟦>⟧"),
    // Directives
    ("%FOO x\n---\na: 1\n", "directive 1:1 ⟦%⟧"), ("% x\n", "directive 1:1 ⟦%⟧"),
    ("%YAML 2.0\n---\na: 1\n", "directive 1:1 ⟦%⟧"), ("%YAML x\n---\n", "directive 1:1 ⟦%⟧"),
    ("%YAML 1.1\n%YAML 1.1\n---\n", "directive 2:1 ⟦%⟧"), ("%TAG ! a\n%TAG ! b\n---\n", "directive 2:1 ⟦%⟧"),
    ("%TAG x\n---\n", "directive 1:1 ⟦%⟧"),
    // Escapes: at the backslash
    ("a: \"\\q\"\n", "invalidEscape 1:5 ⟦\\⟧"), ("a: \"\\x4\"\n", "invalidEscape 1:5 ⟦\\⟧"),
    ("a: \"\\uD800\"\n", "invalidEscape 1:5 ⟦\\⟧"), ("a: \"\\U00110000\"\n", "invalidEscape 1:5 ⟦\\⟧"),
    ("a: \"\\\\\\u12\"\n", "invalidEscape 1:7 ⟦\\⟧"), ("a: \"C:\\path\"\n", "invalidEscape 1:7 ⟦\\⟧"),
    ("a: \"é\\", "unclosedQuote 1:4 ⟦\"⟧"),
    // Outside
    ("[1] x\n", "contentAfterDocument 1:5 ⟦x⟧"), ("{a: 1}\nb: 2\n", "contentAfterDocument 2:1 ⟦b⟧"),
    ("a: 1\n...\nb: 2\n", "contentAfterDocument 3:1 ⟦b⟧"), ("a: 1\n... x\n", "contentAfterDocument 2:5 ⟦x⟧"),
    ("%YAML 1.1\na: 1\n", "contentAfterDocument 2:1 ⟦a⟧"),
  ])
  func problem(text: String, words: String) {
    #expect(SourceTree.yaml(text).problemWords == [words])
    // The same a line further down, and behind a byte order mark.
    let below = words.replacing(/(\d+)(:\d+ ⟦)/) { place in "\((Int(place.1) ?? 0) + 1)\(place.2)" }
    #expect(SourceTree.yaml("\u{FEFF}# é\n" + text).problemWords == [below])
    #expect(SourceTree.yaml("\u{FEFF}" + text).problemWords == [words])
  }

  /// A tag without meaning does not stop the reading; its place is the tag.
  @Test func unknownTags() {
    let tree = SourceTree.yaml(
      "a: !Ref x\nb: &z !GetAtt\n  - y\nc: !<tag:x> {}\nd: !!binary QQ==\ne: [!Sub '1' , !If [2]]\nf: !!float 1\n")
    #expect(
      tree.problemWords == [
        #"unknownTag("!Ref") 1:4 ⟦!Ref⟧"#, #"unknownTag("!GetAtt") 2:7 ⟦!GetAtt⟧"#,
        #"unknownTag("tag:x") 4:4 ⟦!<tag:x>⟧"#,
        #"unknownTag("tag:yaml.org,2002:binary") 5:4 ⟦!!binary⟧"#, #"unknownTag("!Sub") 6:5 ⟦!Sub⟧"#,
        #"unknownTag("!If") 6:16 ⟦!If⟧"#,
      ])
    #expect(tree.documents.count == 1 && tree.outline.contains(.plain("x")) && tree.outline.contains(.sequence("- y")))
    #expect(
      SourceTree.yaml("%TAG !e! tag:x,2000:\n---\na: !e!y z\n").problemWords == [
        #"unknownTag("tag:x,2000:y") 3:4 ⟦!e!y⟧"#
      ])
  }

  /// A valid text with one character taken out, put in or changed: nearly always something can be said.
  @Test func fewSlipsAreUnexplained() {
    let text = Array(
      "vpc: {name: 'tokyo', subnets: [{name: app, zone: \"a\"}]}\nvpn_servers:\n  - name: x\n    routes:\n      - {to: 1}\n    note: |\n      text\n"
    )
    var problems: [SyntaxProblem.Kind] = []
    for index in text.indices {
      for insertion in [
        "", "\t", "'", "\"", "[", "]", "{", "}", ":", ",", "- ", "@", "*", "&", "!", "|", ">", "%", "\\", "\n", "? ",
      ] {
        let changed = String(text[..<index]) + insertion + String(text[(index + 1)...])
        problems += SourceTree.yaml(changed).problems.map(\.kind)
        let longer = String(text[..<index]) + insertion + String(text[index...])
        problems += SourceTree.yaml(longer).problems.map(\.kind)
      }
    }
    let unexplained = problems.filter { if case .other = $0 { true } else { false } }
    #expect(problems.count > 2000)
    #expect(unexplained.isEmpty, "\(Set(unexplained))")
  }
}
