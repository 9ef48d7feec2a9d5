import SourceTree
import TestSupport
import Testing

/// The two readers give the same tree of the same JSON.
struct SameTreeTests {
  @Test(arguments: [
    "{}", "[]", "1", "\"x\"", "null", "[1, -2, 3.5, true, false, null]", #"{"a": {"b": [{"c": "d"}]}, "é": "日😀"}"#,
    "{\"a\":1,\"b\":[],\"c\":{}}", "{\r\n\t\"a\" : [ 1 ,\r\n 2 ]\r\n}\r\n", #"{"e": "\"\\\/\b\n\t\u00e9", "f": ""}"#,
    "  [\n\n[ [ ] ]\n]  ",
  ])
  func examples(text: String) {
    let (json, yaml) = (SourceTree.json(text), SourceTree.yaml(text))
    #expect(json.problems.isEmpty && yaml.problems.isEmpty)
    #expect(json.outline == yaml.outline)
  }

  @Test(arguments: Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func randomTexts(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let text = Self.value(depth: 4, &generator)
      let (json, yaml) = (SourceTree.json(text), SourceTree.yaml(text))
      #expect(json.problems.isEmpty && yaml.problems.isEmpty, "seed \(seed): \(text)")
      #expect(json.outline == yaml.outline, "seed \(seed): \(text)")
      #expect(json.comments.isEmpty && yaml.comments.isEmpty, "seed \(seed): \(text)")
    }
  }

  private static func value(depth: Int, _ generator: inout SplitMix64) -> String {
    switch generator.below(depth > 0 ? 6 : 3) {
    case 0: return string(&generator)
    case 1: return ["null", "true", "false"][generator.below(3)]
    case 2: return ["0", "-1", "12.5", "1e9", "-0.25E-3"][generator.below(5)]
    case 3, 4:
      let items = (0..<generator.below(4)).map { _ in blank(&generator) + value(depth: depth - 1, &generator) }
      return "[" + items.joined(separator: blank(&generator) + ",") + blank(&generator) + "]"
    default:
      let entries = (0..<generator.below(4)).map { _ in
        blank(&generator) + string(&generator) + ":" + blank(&generator) + value(depth: depth - 1, &generator)
      }
      return "{" + entries.joined(separator: ",") + blank(&generator) + "}"
    }
  }

  /// YAML wants its lines of flow indented only inside a block; here any layout will do.
  private static func blank(_ generator: inout SplitMix64) -> String {
    [" ", "", "\n", "  ", "\r\n ", "\n\n  "][generator.below(6)]
  }

  /// Without surrogate pairs, which libyaml refuses.
  private static func string(_ generator: inout SplitMix64) -> String {
    let parts = [
      "a", "b c", "é", "日", "😀", #"\""#, #"\\"#, #"\/"#, #"\n"#, #"\u00e9"#, #"\u65E5"#, "# x", ": ", "[", "}", ",",
      "'",
    ]
    return "\"" + (0..<generator.below(6)).map { _ in parts[generator.below(parts.count)] }.joined() + "\""
  }
}
