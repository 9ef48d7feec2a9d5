import Foundation
import IPv4Space
import Linting
import SourceText
import SystemTables
import Testing

/// What `observe` makes of the tables that real clients had.
struct ObservationTests {
  /// A table in the form in which it was recorded.
  private func table(_ rows: [Record.Row]) throws -> SystemTable {
    try SystemTable.read(Array(try JSONEncoder().encode(rows)))
  }

  private func observation(_ rows: [Record.Row], _ record: Record) throws -> ObservationReport {
    let model = ModelFile(SourceFile(name: "model.yaml", bytes: Array(record.config.modelText.utf8)))
    return try ObservationReport(try table(rows), model, server: nil)
  }

  /// A profile that changes routes, or next hops that are reached by the LAN: then the table is another one.
  private func isPlain(_ record: Record) -> Bool {
    let strays = record.table.contains { $0.gateway == vpnGateway(record) && $0.dev == "lan0" }
    return record.config.clientDirectives.isEmpty && record.config.serverPush.isEmpty && !strays
  }

  private func vpnGateway(_ record: Record) -> String? {
    (try? IPv4Notation.prefix(record.config.memberPool)).map { "\(IPv4Address(bits: $0.first.bits + 1))" }
  }

  private static let records = [Corpus.recorded, Corpus.extra].flatMap { (try? Corpus.records($0)) ?? [] }

  @Test func noTableBeforeConnectingIsTakenForATunnel() throws {
    for record in Self.records {
      #expect(try !observation(record.tableBefore, record).isConnected, "\(record.config.name)")
    }
  }

  @Test func everyTunnelIsFound() throws {
    var plain = 0
    for record in Self.records where isPlain(record) {
      plain += 1
      let seen = try observation(record.table, record)
      #expect(seen.isConnected && seen.interface == "tun0", "\(record.config.name)")
      #expect(seen.network == record.config.memberPool, "\(record.config.name)")
      #expect(seen.mode == record.config.mode.rawValue, "\(record.config.name)")
      #expect(seen.missing.isEmpty && seen.leftOver.isEmpty, "\(record.config.name): \(seen.missing) \(seen.leftOver)")
      let hostBits = Set(record.config.routes.map(\.destination)).filter { destination in
        (try? IPv4Notation.prefix(destination).hasHostBits) ?? false
      }
      #expect(Set(seen.refused.map(\.destination.description)).isSubset(of: hostBits), "\(record.config.name)")
      #expect(seen.isLooped == record.loop, "\(record.config.name)")
    }
    #expect(plain > 100)
  }

  /// A route that was added after connecting is missing, one that was removed is left over.
  @Test func changesSinceConnectingAreFound() throws {
    var changed = 0
    for record in Self.records where isPlain(record) && record.config.mode == .split && !record.loop {
      var today = record
      today.config.routes.append(.init(destination: "100.127.3.0/24", action: .deliver))
      let withAddition = try observation(record.table, today)
      #expect(withAddition.missing.map(\.destination.description) == ["100.127.3.0/24"], "\(record.config.name)")
      #expect(withAddition.advice.contains { $0.hasPrefix("reconnect: 100.127.3.0/24 was added") })
      guard let removed = record.config.routes.last, try !IPv4Notation.prefix(removed.destination).hasHostBits else {
        continue
      }
      today.config.routes = record.config.routes.filter { $0.destination != removed.destination }
      let isRow = record.table.contains { $0.dst == removed.destination && $0.dev == "tun0" }
      let network = try IPv4Notation.prefix(removed.destination)
      let tunnel = try IPv4Notation.prefix(record.config.memberPool)
      guard isRow, removed.destination != record.config.pool, !tunnel.contains(network) else { continue }
      changed += 1
      let left = try observation(record.table, today).leftOver.map(\.destination.description)
      #expect(left == [removed.destination], "\(record.config.name)")
    }
    #expect(changed > 30)
  }
}
