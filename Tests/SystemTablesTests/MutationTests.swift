import SystemTables
import TestSupport
import Testing

/// Damaged tables: nothing crashes, no line is lost, and what is read can be written and read again.
struct MutationTests {
  @Test(arguments: Tables.all, [7, UInt64.random(in: 1000...UInt64(UInt32.max))])
  func damaged(_ name: String, seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let bytes = try Tables.bytes(name)
    for round in 0..<80 {
      var damaged = bytes
      for _ in 0...generator.below(4) { Self.damage(&damaged, &generator) }
      guard let table = try? SystemTable.read(damaged) else { continue }
      Self.check(table, damaged, "seed \(seed), round \(round)")
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
    let place = generator.below(bytes.count)
    let signs = Array("\n\r\t /.:x0=[{]},\"#\\ via default Internet6: U\u{A0}\u{30EA}".utf8) + [0xFF, 0xC2]
    switch generator.below(6) {
    case 0: bytes.removeSubrange(place...)
    case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(20)))
    case 2: bytes.insert(signs[generator.below(signs.count)], at: place)
    case 3: bytes.insert(contentsOf: bytes[place...].prefix(200), at: generator.below(bytes.count))
    case 4 where !bytes.isEmpty: bytes[place] = signs[generator.below(signs.count)]
    default: if !bytes.isEmpty { bytes[place] = UInt8(1 + generator.below(255)) }
    }
  }

  private static func check(_ table: SystemTable, _ bytes: [UInt8], _ context: String) {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.count
    let isInside = (table.rows.map(\.line) + table.notUnderstood.map(\.line)).allSatisfy { (1...lines).contains($0) }
    #expect(isInside, "\(context): \(text)")
    #expect(table.rows.map(\.line) == table.rows.map(\.line).sorted(), "\(context)")
    #expect(table.notUnderstood.allSatisfy { !$0.text.isEmpty }, "\(context)")
    for format in TableFormat.allCases { _ = TableWriter.write(table.rows, as: format) }
    guard !table.rows.isEmpty else { return }
    let written = TableWriter.write(table.rows, as: table.format)
    let again = try? SystemTable.read(Array(written.utf8))
    // Words that the command does not have may be taken differently in their new place.
    #expect(again.map(Tables.outline) == Tables.outline(table), "\(context)")
    #expect(again?.rows.map(\.metric) == table.rows.map(\.metric), "\(context)")
  }

  /// Rows that fuzzing found to be read otherwise once they were written.
  @Test(arguments: [
    "default via 192.0.2.1 dev eth0 metric 100 linkdown\ndefault via 192.0.2.1 dev eth1 metric 100 metric 5\n",
    "default via 192.0.2.1 dev eth0\nblackhole 10.66.0.0 nexthop via 10.9.0.1 dev eth1 weight 3\n",
    "default via 192.0.2.1 dev eth0\nblackhole 10.66.0.0/16 metric 5 encap mpls 100\n",
    "0.0.0.0 0.0.0.0 192.168.1.1 192.168.1.4 35\n162.133.xxx.xx/32 255.255.255.255 On-link 127.0.0.1 331\n",
  ])
  func writtenAndReadAgain(_ text: String) {
    guard let table = try? Tables.read(text: text) else { return }
    Self.check(table, Array(text.utf8), "written")
  }

  /// Any bytes at all.
  @Test(arguments: [3, UInt64.random(in: 1000...UInt64(UInt32.max))])
  func noise(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let bytes = (0..<generator.below(200)).map { _ in UInt8(generator.below(256)) }
      _ = try? SystemTable.read(bytes)
    }
  }

  @Test func hugeTexts() throws {
    let row = "10.1/24            192.168.252.1      UGSc                utun5       \n"
    let heading = "Destination Gateway Flags Netif Expire\n"
    #expect(try Tables.read(text: heading + String(repeating: row, count: 5000)).rows.count == 5000)
    for unit in ["[", "{", "\"", "=", "a ", "\n", "\\", "[{", "10.", "nexthop ", "\u{FEFF}"] {
      _ = try? Tables.read(text: String(repeating: unit, count: 10000))
      _ = try? Tables.read(text: "default via 192.0.2.1 dev eth0 \n" + String(repeating: unit, count: 10000))
    }
  }
}
