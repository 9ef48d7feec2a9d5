import SourceTree
import Testing

/// JSON as RFC 8259 has it, with places.
struct JSONTests {
  @Test func spans() {
    let text = "{ \"a\" : [1, -2.5e+3 , true,false,null, \"x\"] ,\r\n\t\"b\":{},\"c\":[ ]}"
    #expect(
      SourceTree.json(" \n" + text + "\n").outline == [
        .mapping(text), .quoted("\"a\"", "a"), .sequence("[1, -2.5e+3 , true,false,null, \"x\"]"), .plain("1"),
        .plain("-2.5e+3"), .plain("true"), .plain("false"), .plain("null"), .quoted("\"x\"", "x"),
        .quoted("\"b\"", "b"), .mapping("{}"), .quoted("\"c\"", "c"), .sequence("[ ]"),
      ])
  }

  @Test(arguments: [
    (#""""#, ""), (#""a""#, "a"), (#""é日😀""#, "é日😀"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\u00E9\u65e5""#, "Aéé日"), (#""\ud83d\ude00""#, "😀"), (#""x\uD83D\uDE00y""#, "x😀y"),
    (#""\u0000""#, "\0"), (#""a\/b""#, "a/b"), (#""\u2028""#, "\u{2028}"), ("\"# a: [b]\"", "# a: [b]"),
    (#""\ud83d\ude00\ud83d\ude00""#, "😀😀"),
  ])
  func strings(text: String, value: String) {
    #expect(SourceTree.json(text).outline == [.quoted(text, value)])
    #expect(SourceTree.json("[1, \(text) ]").outline.last == .quoted(text, value))
    #expect(SourceTree.json("{\(text):0}").outline.dropFirst().first == .quoted(text, value))
  }

  @Test(arguments: [
    "0", "-0", "1", "10", "-12", "0.5", "1e5", "1E5", "1e-5", "1.25e+10", "123456789012345678901234567890",
  ])
  func numbers(text: String) {
    #expect(SourceTree.json(text).outline == [.plain(text)])
  }

  @Test(arguments: [
    // Values
    ("[a]", "jsonExpectedValue 1:2 ⟦a⟧"), ("[True]", "jsonExpectedValue 1:2 ⟦T⟧"),
    ("[nul]", "jsonExpectedValue 1:2 ⟦n⟧"),
    ("nullx", "jsonExpectedValue 1:1 ⟦n⟧"), ("[é]", "jsonExpectedValue 1:2 ⟦é⟧"), ("NaN", "jsonExpectedValue 1:1 ⟦N⟧"),
    ("'a'", "jsonExpectedValue 1:1 ⟦'⟧"), ("+1", "jsonExpectedValue 1:1 ⟦+⟧"), (".5", "jsonExpectedValue 1:1 ⟦.⟧"),
    ("]", "jsonExpectedValue 1:1 ⟦]⟧"), ("[}", "jsonExpectedValue 1:2 ⟦}⟧"), ("// c\n{}", "jsonExpectedValue 1:1 ⟦/⟧"),
    ("[1,]", "jsonExpectedValue 1:4 ⟦]⟧"), ("[1,,2]", "jsonExpectedValue 1:4 ⟦,⟧"),
    ("[,1]", "jsonExpectedValue 1:2 ⟦,⟧"),
    ("{\"a\":}", "jsonExpectedValue 1:6 ⟦}⟧"), ("{\"a\":,}", "jsonExpectedValue 1:6 ⟦,⟧"),
    // Keys
    ("{a:1}", "jsonExpectedKey 1:2 ⟦a⟧"), ("{'a':1}", "jsonExpectedKey 1:2 ⟦'⟧"), ("{1:1}", "jsonExpectedKey 1:2 ⟦1⟧"),
    ("{\"a\":1,}", "jsonExpectedKey 1:8 ⟦}⟧"), ("{,}", "jsonExpectedKey 1:2 ⟦,⟧"),
    ("{\n  é", "jsonExpectedKey 2:3 ⟦é⟧"),
    ("{\"a\" 1}", "jsonExpectedColon 1:6 ⟦1⟧"), ("{\"a\"}", "jsonExpectedColon 1:5 ⟦}⟧"),
    ("{\"a\",1}", "jsonExpectedColon 1:5 ⟦,⟧"),
    // Between items
    ("[1 2]", "jsonExpectedCommaOrEnd(\"[\") 1:4 ⟦2⟧ in 1:1 ⟦[⟧"),
    ("{\"a\":1 \"b\":2}", "jsonExpectedCommaOrEnd(\"{\") 1:8 ⟦\"⟧ in 1:1 ⟦{⟧"),
    ("{\"a\":1]", "jsonExpectedCommaOrEnd(\"{\") 1:7 ⟦]⟧ in 1:1 ⟦{⟧"),
    ("{\"a\":10.0.0.0/24}", "jsonExpectedCommaOrEnd(\"{\") 1:10 ⟦.⟧ in 1:1 ⟦{⟧"),
    ("[[1é]]", "jsonExpectedCommaOrEnd(\"[\") 1:4 ⟦é⟧ in 1:2 ⟦[⟧"),
    ("[1 # c\n]", "jsonExpectedCommaOrEnd(\"[\") 1:4 ⟦#⟧ in 1:1 ⟦[⟧"),
    // Numbers
    ("01", "jsonInvalidNumber 1:1 ⟦0⟧"), ("-01", "jsonInvalidNumber 1:1 ⟦-⟧"), ("[-]", "jsonInvalidNumber 1:2 ⟦-⟧"),
    ("1.", "jsonInvalidNumber 1:1 ⟦1⟧"), ("[1.e5]", "jsonInvalidNumber 1:2 ⟦1⟧"), ("1e", "jsonInvalidNumber 1:1 ⟦1⟧"),
    ("1.5e+", "jsonInvalidNumber 1:1 ⟦1⟧"), ("00", "jsonInvalidNumber 1:1 ⟦0⟧"),
    // Strings
    ("\"a", "unclosedQuote 1:1 ⟦\"⟧"), ("[\"a]", "unclosedQuote 1:2 ⟦\"⟧"), ("\"a\nb\"", "unclosedQuote 1:1 ⟦\"⟧"),
    ("\"a\\", "unclosedQuote 1:1 ⟦\"⟧"), ("\"a\\\"", "unclosedQuote 1:1 ⟦\"⟧"), ("\"a\\n", "unclosedQuote 1:1 ⟦\"⟧"),
    ("\"a\\nb\nc\"", "unclosedQuote 1:1 ⟦\"⟧"), ("\"a\tb\"", "controlCharacter(9) 1:3 ⟦\t⟧"),
    ("\"\\n\t\"", "controlCharacter(9) 1:4 ⟦\t⟧"),
    ("\"\\q\"", "invalidEscape 1:2 ⟦\\⟧"), ("\"\\'\"", "invalidEscape 1:2 ⟦\\⟧"),
    ("\"x\\u12\"", "invalidEscape 1:3 ⟦\\⟧"),
    ("\"\\u12G4\"", "invalidEscape 1:2 ⟦\\⟧"), ("\"\\u+123\"", "invalidEscape 1:2 ⟦\\⟧"),
    ("\"\\u12", "invalidEscape 1:2 ⟦\\⟧"),
    ("\"\\ud83d\"", "jsonLoneSurrogate 1:2 ⟦\\ud83d⟧"), ("\"\\ud83dx\"", "jsonLoneSurrogate 1:2 ⟦\\ud83d⟧"),
    ("\"\\ud83d\\n\"", "jsonLoneSurrogate 1:2 ⟦\\ud83d⟧"), ("\"\\ud83d\\ud83d\"", "jsonLoneSurrogate 1:2 ⟦\\ud83d⟧"),
    ("\"\\ude00\"", "jsonLoneSurrogate 1:2 ⟦\\ude00⟧"), ("\"\\ud83d\\u12\"", "invalidEscape 1:8 ⟦\\⟧"),
    // After the end
    ("1 2", "contentAfterDocument 1:3 ⟦2⟧"), ("{} x", "contentAfterDocument 1:4 ⟦x⟧"),
    ("[1]]", "contentAfterDocument 1:4 ⟦]⟧"),
    ("{}\n{}", "contentAfterDocument 2:1 ⟦{⟧"),
    // Truncated
    ("{", "unclosedBracket(\"{\") 1:1 ⟦{⟧ in 1:2 ⟦⟧"), ("[", "unclosedBracket(\"[\") 1:1 ⟦[⟧ in 1:2 ⟦⟧"),
    ("{\"a\"", "unclosedBracket(\"{\") 1:1 ⟦{⟧ in 1:5 ⟦⟧"), ("{\"a\":", "unclosedBracket(\"{\") 1:1 ⟦{⟧ in 1:6 ⟦⟧"),
    ("{\"a\":1", "unclosedBracket(\"{\") 1:1 ⟦{⟧ in 1:7 ⟦⟧"),
    ("{\"a\":1,\n", "unclosedBracket(\"{\") 1:1 ⟦{⟧ in 2:1 ⟦⟧"),
    ("[1, [2], {\"a\": [", "unclosedBracket(\"[\") 1:16 ⟦[⟧ in 1:17 ⟦⟧"),
    ("[[1]", "unclosedBracket(\"[\") 1:1 ⟦[⟧ in 1:5 ⟦⟧"),
  ])
  func refused(text: String, words: String) {
    let tree = SourceTree.json(text)
    #expect(tree.problemWords == [words])
    #expect(tree.documents.isEmpty)
  }

  /// Every beginning of a valid text is refused, with a place in it.
  @Test func truncation() {
    let text = Array(#"{"a": [1.5e3, "x\u00e9\ud83d\ude00", {"b": null}, true], "é": -1}"#.utf8)
    for count in 1..<text.count {
      let tree = SourceTree.json(String(decoding: text[..<count], as: UTF8.self))
      #expect(tree.problems.count == 1 && tree.documents.isEmpty)
    }
  }
}
