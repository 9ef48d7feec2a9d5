import SourceText
import SourceTree
import TestSupport
import Testing

/// Bytes that are no text are refused with their place, before libyaml sees them.
struct EncodingTests {
  private static func problems(_ bytes: [UInt8], _ name: String = "net.yaml") -> [String] {
    SourceTree.read(SourceFile(name: name, bytes: bytes)).problemWords.map { String($0.prefix { $0 != "⟦" }) }
  }

  @Test(
    arguments: [
      // Bytes that begin nothing, that lack their rest, and forms longer than need be
      ([0xFF], "invalidUTF8"), ([0x80], "invalidUTF8"), ([0xC3], "invalidUTF8"), ([0xC3, 0x28], "invalidUTF8"),
      ([0xC0, 0x80], "invalidUTF8"), ([0xC1, 0xBF], "invalidUTF8"), ([0xE0, 0x80, 0x80], "invalidUTF8"),
      ([0xE2, 0x82], "invalidUTF8"), ([0xE2, 0x28, 0xA1], "invalidUTF8"), ([0xF0, 0x80, 0x80, 0x80], "invalidUTF8"),
      ([0xF0, 0x9F, 0x98], "invalidUTF8"), ([0xF4, 0x90, 0x80, 0x80], "invalidUTF8"),
      ([0xF5, 0x80, 0x80, 0x80], "invalidUTF8"),
      ([0xED, 0xA0, 0x80], "invalidUTF8"), ([0xED, 0xBF, 0xBF], "invalidUTF8"), ([0xFC], "invalidUTF8"),
      // Characters that neither YAML nor JSON allows
      ([0x00], "controlCharacter(0)"), ([0x07], "controlCharacter(7)"), ([0x0B], "controlCharacter(11)"),
      ([0x0C], "controlCharacter(12)"), ([0x1B], "controlCharacter(27)"), ([0x1F], "controlCharacter(31)"),
    ] as [([UInt8], String)])
  func refused(bytes: [UInt8], kind: String) {
    for name in ["net.yaml", "net.json"] { Self.expectRefusal(of: bytes, kind, name) }
  }

  private static func expectRefusal(of bytes: [UInt8], _ kind: String, _ name: String) {
    #expect(problems(Array("a: ".utf8) + bytes, name) == ["\(kind) 1:4 "])
    #expect(problems(Array("# é\na: '".utf8) + bytes + Array("'\n".utf8), name) == ["\(kind) 2:5 "])
    // In and behind a block that is checked at once
    for count in [20, 31, 32, 33, 64, 100] {
      let spaces = Array(repeating: UInt8(ascii: " "), count: count)
      #expect(problems(spaces + bytes + spaces, name) == ["\(kind) 1:\(count + 1) "])
    }
  }

  @Test(arguments: [
    ("\u{7F}", "controlCharacter(127)"), ("\u{80}", "controlCharacter(128)"), ("\u{9B}", "controlCharacter(155)"),
    ("\u{9F}", "controlCharacter(159)"), ("\u{FEFF}", "controlCharacter(65279)"),
    ("\u{FFFE}", "controlCharacter(65534)"), ("\u{FFFF}", "controlCharacter(65535)"),
  ])
  func refusedInYAMLAlone(character: String, kind: String) {
    Self.expectRefusal(of: Array(character.utf8), kind, "net.yaml")
    for count in [0, 30, 31, 32, 63] {
      let text = String(repeating: "x", count: count) + character + "x"
      #expect(SourceTree.json("\"\(text)\"").outline == [.quoted("\"\(text)\"", text)])
    }
    #expect(Self.problems(Array("[\(character)]".utf8), "net.json") == ["jsonExpectedValue 1:2 "])
  }

  @Test func utf16() {
    #expect(Self.problems([0xFF, 0xFE, 0x61, 0x00]) == ["utf16 1:1 "])
    #expect(Self.problems([0xFE, 0xFF, 0x00, 0x61]) == ["utf16 1:1 "])
    #expect(Self.problems([0xFF, 0xFE, 0x00, 0x00], "net.json") == ["utf16 1:1 "])
    // Without a mark the first NUL tells.
    #expect(Self.problems([0x61, 0x00, 0x3A, 0x00]) == ["controlCharacter(0) 1:2 "])
  }

  @Test(arguments: [
    "\t", "\n", "\r", "~", "\u{85}", "\u{A0}", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{10000}", "\u{10FFFF}", "é", "日",
    "😀",
    "\u{2028}", "\u{202E}",
  ])
  func allowed(character: String) {
    for count in [0, 30, 31, 32, 63] {
      let text = "a: \"" + String(repeating: "x", count: count) + character + "x\"\n"
      #expect(SourceTree.yaml(text).problems.isEmpty)
    }
  }

  /// Our check and libyaml's agree: what passes ours never fails for a reason of encoding.
  @Test(arguments: Array(1...4) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func libyamlFindsNothingMore(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<400 {
      var bytes = Array("a: 'é日😀'\n".utf8)
      for _ in 0..<1 + generator.below(3) { bytes[generator.below(bytes.count)] = UInt8(generator.below(256)) }
      let isText = String(validating: bytes, as: UTF8.self) != nil
      let problems = SourceTree.read(SourceFile(name: "", bytes: bytes)).problems
      if !isText, !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) {
        // A control character may come first.
        #expect(
          problems.contains { $0.kind == .invalidUTF8 } || problems.contains { $0.kind.isControl },
          "seed \(seed): \(bytes)")
      }
      for problem in problems {
        if case .other(let words) = problem.kind { Issue.record("seed \(seed): \(words) in \(bytes)") }
      }
    }
  }
}

extension SyntaxProblem.Kind {
  fileprivate var isControl: Bool { if case .controlCharacter = self { true } else { false } }
}
