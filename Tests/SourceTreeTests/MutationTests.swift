import SourceText
import SourceTree
import TestSupport
import Testing

/// Whatever is done to a valid text, reading ends, and every place is one of the text.
struct MutationTests {
  private static let yaml = Array(
    """
    # é: a model
    %YAML 1.1
    --- # first
    vpc: &vpc
      name: 'tokyo''s'   # tail
      subnets:
        - {name: app, ipv4_cidr_block: 10.0.0.0/24, tags: [a, b: c, ? d]}
        - &db !!map
          name: "d\\tb 日\\U0001F600"
          ipv4_cidr_block: 10.1.0.0/24
      note: |
        one
          two # not a comment

      folded: >-
        three
        four

    vpn_servers:
    - <<: *vpc
      ? [complex, key]
      : *db
      plain: several
        lines
      empty:
    ...
    --- !Ref second
    --- [😀, {}]

    """.utf8)

  private static let json = Array(
    #"{"vpc": {"name": "t\u00f6kyo \ud83d\ude00", "n": [1, -2.5e+3, true, null, {}]}, "é": ["\\", "\/", []]}"#.utf8)

  private static let insertions: [[UInt8]] =
    [
      "[", "]", "{", "}", ": ", ", ", "- ", "? ", "\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\t", "  ", "\"", "'", "#",
      " #",
      "*db", "&vpc ", "<<: ", "!x ", "!!str ", "---\n", "...\n", "%TAG ! x\n", "|\n", ">-\n", "|", "\\", "\\u", "é",
      "日", "😀",
      "\u{FEFF}", "@", "`", "~", "\0",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80]]

  @Test(arguments: Array(1...20) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func everyPlaceIsInTheText(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for round in 0..<250 {
      let isJSON = generator.oneIn(4)
      var bytes = isJSON ? Self.json : Self.yaml
      for _ in 0..<1 + generator.below(4) { Self.mutate(&bytes, &generator) }
      let tree = SourceTree.read(SourceFile(name: isJSON ? "a.json" : "a.yaml", bytes: bytes), number: 7)
      let fault = tree.fault
      #expect(fault == nil, "seed \(seed), round \(round): \(fault ?? "") in \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// Not only slips: nothing but what a grammar is made of.
  @Test(arguments: Array(1...8) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func soup(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let parts =
      Self.insertions.filter { String(validating: $0, as: UTF8.self) != nil && !$0.contains(0) } + [
        [0x61], [0x62, 0x63],
      ]
    for round in 0..<300 {
      let bytes = (0..<generator.below(24)).flatMap { _ in parts[generator.below(parts.count)] }
      let tree = SourceTree.read(SourceFile(name: generator.oneIn(5) ? "a.json" : "a.yaml", bytes: bytes), number: 7)
      let fault = tree.fault
      #expect(
        fault == nil,
        "seed \(seed), round \(round): \(fault ?? "") in \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let start = generator.below(bytes.count)
    let end = min(bytes.count, start + generator.below(20))
    switch generator.below(6) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: insertions[generator.below(insertions.count)], at: start)
    case 2: bytes[start] = UInt8(generator.below(256))
    case 3: bytes.insert(contentsOf: bytes[start..<end], at: generator.below(bytes.count))
    case 4: bytes.removeSubrange(start...)
    default: bytes.swapAt(start, generator.below(bytes.count))
    }
  }
}
