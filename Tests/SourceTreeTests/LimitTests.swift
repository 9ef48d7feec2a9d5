import SourceTree
import TestSupport
import Testing

/// What a hostile text can ask for, and where reading stops.
struct LimitTests {
  private static func nested(_ depth: Int, _ open: String = "[", _ inside: String = "", _ close: String = "]") -> String
  {
    String(repeating: open, count: depth) + inside + String(repeating: close, count: depth)
  }

  @Test func depth() {
    #expect(SourceTree.yaml(Self.nested(256)).problems.isEmpty)
    #expect(SourceTree.yaml(Self.nested(256, "[", "x")).outline.count == 257)
    #expect(SourceTree.yaml(Self.nested(257)).problemWords == ["tooDeep(limit: 256) 1:257 ⟦[⟧"])
    #expect(SourceTree.json(Self.nested(256)).problems.isEmpty)
    #expect(SourceTree.json(Self.nested(257)).problemWords == ["tooDeep(limit: 256) 1:257 ⟦[⟧"])
    #expect(SourceTree.json(Self.nested(257, "{\"a\":", "1", "}")).problemWords == ["tooDeep(limit: 256) 1:1281 ⟦{⟧"])
    #expect(SourceTree.yaml(Self.nested(257, "{a: ", "b", "}")).problemWords == ["tooDeep(limit: 256) 1:1025 ⟦{⟧"])
    #expect(SourceTree.yaml(Self.nested(257, "- ", "b", "")).problemWords == ["tooDeep(limit: 256) 1:513 ⟦⟧"])
    #expect(SourceTree.yaml("a: 1\n---\n" + Self.nested(300)).roots == ["a: 1"])
  }

  @Test func depthIsASetting() {
    var limits = SourceLimits()
    limits.depth = 2
    #expect(SourceTree.yaml("a: [b]", limits: limits).problems.isEmpty)
    #expect(SourceTree.yaml("a: [[b]]", limits: limits).problemWords == ["tooDeep(limit: 2) 1:5 ⟦[⟧"])
    #expect(SourceTree.json("[[[]]]", limits: limits).problemWords == ["tooDeep(limit: 2) 1:3 ⟦[⟧"])
  }

  /// Each anchor holds the one before: what the last alias stands for would be deeper than the limit.
  @Test func depthCountsThroughAliases() {
    func chain(_ length: Int) -> String {
      "k0: &a0 [x]\n" + (1..<length).map { "k\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
    }
    // The outer mapping is a level, too.
    #expect(SourceTree.yaml(chain(255)).problems.isEmpty)
    #expect(SourceTree.yaml(chain(256)).problemWords == ["tooDeep(limit: 256) 256:14 ⟦*a254⟧"])
    #expect(SourceTree.yaml(chain(5000)).problemWords == ["tooDeep(limit: 256) 256:14 ⟦*a254⟧"])
    // A scalar has no levels of its own.
    #expect(SourceTree.yaml("- &x 1\n- " + Self.nested(255, "[", "*x")).problems.isEmpty)
    #expect(SourceTree.yaml("- &x [1]\n- " + Self.nested(254, "[", "*x")).problems.isEmpty)
    #expect(SourceTree.yaml("- &x [1]\n- " + Self.nested(255, "[", "*x")).problemWords.count == 1)
  }

  @Test func billionLaughs() {
    var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (name, before) in zip("bcdefghi", "abcdefgh") {
      text += "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 9).joined(separator: ",") + "]\n"
    }
    let tree = SourceTree.yaml(text)
    #expect(tree.problemWords == ["tooManyAliases(limit: 262144) 6:14 ⟦*e⟧"])
    #expect(tree.documents.isEmpty && tree.problems.allSatisfy(\.isLimit))
  }

  @Test func aliasesAreCountedWrittenOut() {
    var limits = SourceLimits()
    limits.aliasedNodes = 6
    // A list of two items is three values, and so is each alias; what stands there itself is not counted.
    #expect(SourceTree.yaml("[&x [1, 2], 3, 4, 5, *x, *x]", limits: limits).problems.isEmpty)
    #expect(SourceTree.yaml("[&x [1, 2], *x, *x, *x]", limits: limits).problemWords.count == 1)
    #expect(SourceTree.yaml("a: &x [1, 2]\nb: &y [*x, *x]\nc: *y\n", limits: limits).problemWords.count == 1)
    // Each document counts for itself, and without aliases nothing is counted.
    #expect(
      SourceTree.yaml("a: &x [1, 2]\nb: [*x, *x]\n---\na: &x [1, 2]\nb: *x\n", limits: limits).documents.count == 2)
    #expect(SourceTree.yaml("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", limits: limits).problems.isEmpty)
  }

  @Test func size() {
    var limits = SourceLimits()
    limits.size = 4
    #expect(SourceTree.yaml("a: 1", limits: limits).problems.isEmpty)
    #expect(SourceTree.yaml("a: 12", limits: limits).problemWords == ["tooLarge(limit: 4) 1:1 ⟦⟧"])
    #expect(SourceTree.json("[1,2]", limits: limits).problemWords == ["tooLarge(limit: 4) 1:1 ⟦⟧"])
  }

  /// libyaml compares each `%TAG` line with all before it.
  @Test(arguments: ["\n", "\r\n", "\u{85}", "\n# c\n", "\n\n  "])
  func tagDirectives(lineBreak: String) {
    func text(_ count: Int) -> String {
      (0..<count).map { "%TAG !a\($0)! tag:x," }.joined(separator: lineBreak.hasSuffix(" ") ? "\n" : lineBreak)
        + "\n---\nb: 1\n"
    }
    #expect(SourceTree.yaml(text(64)).problems.isEmpty)
    #expect(SourceTree.yaml(text(65)).problemWords.map { $0.prefix(31) } == ["tooManyTagDirectives(limit: 64)"])
    #expect(SourceTree.yaml("a: 1\n...\n" + text(100_000)).problems.map(\.isLimit) == [true])
    #expect(SourceTree.yaml("a: 1\n...\n" + text(65)).roots == ["a: 1"])
  }

  /// Texts whose cost would grow with the square of their length; each takes milliseconds.
  @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "[{", "- ? ", "!a ", "&a ", "'", "\"", "#", ": ", ", ", "%", "* "])
  func repetition(of text: String) {
    let clock = ContinuousClock()
    let duration = clock.measure {
      _ = SourceTree.yaml(String(repeating: text, count: 50_000))
      _ = SourceTree.json(String(repeating: text, count: 50_000))
    }
    // Generous, for a busy machine: 50,000 brackets took libyaml alone five seconds.
    #expect(duration < Effort.patience(.seconds(2)))
  }

  /// Empty values that all lie at the end of one long comment.
  @Test func emptyValuesBeforeALongComment() {
    let text = "- " + String(repeating: "? ", count: 200) + "\n" + String(repeating: "# comment\n", count: 50_000)
    let duration = ContinuousClock().measure { _ = SourceTree.yaml(text) }
    #expect(duration < Effort.patience(.seconds(2)))
  }
}
