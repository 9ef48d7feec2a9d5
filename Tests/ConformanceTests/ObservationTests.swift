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

  /// Every table of the recorded runs, whatever the profile and the client's own network make of it: who is connected is
  /// not told to connect again, since the model is the one that the client got its routes from.
  @Test func everyVerdictIsConsistent() throws {
    for record in try Corpus.records(Corpus.recorded) {
      let seen = try observation(record.table, record)
      let name = record.config.name
      #expect(seen.isConnected == record.connected && seen.network == record.config.memberPool, "\(name)")
      #expect(seen.mode == record.config.mode.rawValue, "\(name)")
      #expect(seen.isLooped == !record.tunnelAlive, "\(name)")
      #expect(!seen.advice.contains { $0.hasPrefix("reconnect") }, "\(name): \(seen.advice)")
      let strays = record.table.filter { $0.gateway == vpnGateway(record) && $0.dev == "lan0" }
      let conflicts = seen.advice.filter { $0.contains("renumber LAN ") }
      // Where the LAN's own gateway has the address, its default and static rows are no strays.
      if strays.isEmpty { #expect(conflicts.isEmpty == !hasGatewayInTunnel(record), "\(name): \(conflicts)") }
      if !conflicts.isEmpty { #expect(conflicts.count == 1 && !seen.advice[0].hasPrefix("reconnect"), "\(name)") }
    }
  }

  /// Full tunnel, and the host route to the server leads into the tunnel.
  private func hasGatewayInTunnel(_ record: Record) -> Bool {
    record.config.mode == .full
      && record.table.contains { $0.dev == "tun0" && $0.gateway == record.config.clientLAN.gateway }
  }

  /// Where packets to a subnet of the VPC leave by the LAN although the VPN has a row for them, that is told.
  @Test func rowsThatWentAstrayAreTold() throws {
    var told = 0
    for record in try Corpus.records(Corpus.recorded) {
      let lan = record.config.clientLAN
      let own = Set(lan.routes.map(\.destination) + [lan.cidr, "0.0.0.0/0", "\(record.config.serverPublicIP)/32"])
      let strays = record.table.filter {
        $0.gateway == vpnGateway(record) && $0.dev == "lan0" && !own.contains($0.dst)
      }
      guard !strays.isEmpty else { continue }
      told += 1
      let lost = try Set(
        observation(record.table, record).lost.filter { $0.fate == .astray }.map(\.destination.description))
      #expect(Set(strays.map(\.dst)).isSubset(of: lost), "\(record.config.name): \(strays.map(\.dst)) \(lost)")
    }
    #expect(told >= 8)
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
