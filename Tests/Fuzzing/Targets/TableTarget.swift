import ClientVPN
import Forwarding
import IPv4Space
import Linting
import Reports
import SourceText
import SystemTables

/// The routing table of a system, by itself and below a row that tells its format: no line is lost, what is read can be
/// written and read again, and `observe` and `routes --base` have an answer.
enum TableTarget {
  static func run(_ bytes: [UInt8], after row: String) {
    check(bytes)
    if !row.isEmpty { check(Array(row.utf8) + bytes) }
  }

  private static func check(_ bytes: [UInt8]) {
    let table: SystemTable
    do throws(SystemTableError) {
      table = try SystemTable.read(bytes)
    } catch {
      expect(error.line >= 1 && !error.description.isEmpty, "\(error)")
      return
    }
    let lines = table.rows.map(\.line)
    expect(lines == lines.sorted() && lines.allSatisfy { $0 >= 1 }, "rows out of order")
    expect(table.notUnderstood.allSatisfy { !$0.text.isEmpty && $0.line >= 1 }, "a line without text")
    for format in TableFormat.allCases { _ = TableWriter.write(table.rows, as: format) }
    readAgain(table)
    ask(table)
  }

  private static func readAgain(_ table: SystemTable) {
    guard !table.rows.isEmpty else { return }
    let written = TableWriter.write(table.rows, as: table.format)
    guard let again = try? SystemTable.read(Array(written.utf8)) else {
      fatalError("cannot be read again:\n\(written)")
    }
    let (before, after) = (outline(table), outline(again))
    expect(before == after, "read again, \(before) is \(after):\n\(written)")
  }

  private static func outline(_ table: SystemTable) -> [String] {
    table.rows.map { row in
      let destination = row.destination?.canonical.description ?? row.destinationText
      return "\(destination) \(row.gateway) \(row.interface) \(row.metric)"
    }
  }

  private static func ask(_ table: SystemTable) {
    guard let model else { fatalError("the model of this target has findings") }
    if let report = try? ObservationReport(table, model, server: nil) {
      let reporter = ObservationReporter(model.file, table: "table", TextStyle())
      _ = reporter.text(report, as: .text)
      expectJSON(reporter.text(report, as: .json))
    }
    if let report = try? TableReport(model, server: nil, site: nil, system: nil, base: table) {
      let reporter = TableReporter()
      _ = reporter.text(report, as: .text)
      _ = reporter.remarks(report)
      expectJSON(reporter.text(report, as: .json))
    }
  }

  private static let model: ModelFile? = {
    let text = """
      vpc:
        name: tokyo
        subnets:
          - {name: app, ipv4_cidr_block: 10.0.0.0/24}
          - {name: db, ipv4_cidr_block: 10.1.0.0/24}
      vpn_servers:
        - name: client-vpn
          client_ip_pool: 192.168.252.0/22
          enable_split_tunneling: true
          public_ips: [{address: 162.133.10.11}]
          routes:
            - {name: to-app, destination: 10.0.0.0/24, action: deliver}
            - {name: to-db, destination: 10.1.0.0/24, action: translate}
      """
    let file = ModelFile(SourceFile(name: "net.yaml", bytes: Array(text.utf8)))
    return file.report.isFailing ? nil : file
  }()
}
