import Foundation
import Linting
import LintRules
import Reports
import SourceText
import TestSupport
import Testing

/// The command `diff`, and what it does with several documents and with suppressions.
final class DiffTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  private static let network = """
    vpc: {name: prod, subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
    vpn_servers:
      - name: client-vpn
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
        routes:
          - {destination: 10.0.0.0/24}

    """
  private static let added = network + "      - {destination: 10.1.0.0/24}\n"

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(Self.network, to: "old.yaml")
    try write(Self.added, to: "new.yaml")
    try write(Self.network.replacing("tunneling: true", with: "tunneling: false"), to: "full.yaml")
    try write(Self.network.replacing("client_ip_pool", with: "client_ip_poool"), to: "bad.yaml")
    try write(Self.network.replacing("    routes:", with: "    port: 1194\n    routes:"), to: "port.yaml")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: path))
  }

  private func diff(_ arguments: String...) throws -> (text: String, status: Int32) {
    try Program.run(["diff"] + arguments, in: folder)
  }

  @Test func `a route added while clients are connected reads as it must`() throws {
    let (text, status) = try diff("old.yaml", "new.yaml")
    #expect(
      text.hasPrefix("clients gain 10.1.0.0/24 (subnet `db`); connected clients must reconnect to get it\n"), "\(text)")
    #expect(status == 0)
    for name in ["old", "new"] {
      let full = try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
        .replacing("tunneling: true", with: "tunneling: false")
      try write(full, to: "\(name)-full.yaml")
    }
    #expect(
      try diff("old-full.yaml", "new-full.yaml").text.hasPrefix(
        "clients gain 10.1.0.0/24 (subnet `db`); in force at once, nobody has to reconnect\n"))
  }

  @Test(arguments: [
    (["old.yaml", "new.yaml"], [true, false, true, false]), (["new.yaml", "old.yaml"], [false, true, true, false]),
    (["old.yaml", "full.yaml"], [false, false, true, true]), (["old.yaml", "port.yaml"], [false, false, true, true]),
    (["old.yaml", "old.yaml"], [false, false, false, false]),
  ])
  func `the threshold decides about the status`(_ files: [String], _ fails: [Bool]) throws {
    let thresholds = ["widened", "narrowed", "reconnect", "disconnect"]
    for (threshold, fails) in zip(thresholds, fails) {
      let status = try Program.run(["diff", "--fail-on", threshold] + files, in: folder).status
      #expect(status == (fails ? 1 : 0), "\(files) \(threshold)")
    }
    let all = thresholds.flatMap { ["--fail-on", $0] }
    #expect(try Program.run(["diff"] + all + files, in: folder).status == (fails.contains(true) ? 1 : 0))
  }

  @Test func `a model that is not well formed ends it with its findings`() throws {
    for files in [["old.yaml", "bad.yaml"], ["bad.yaml", "old.yaml"]] {
      let (text, status) = try Program.run(["diff"] + files, in: folder)
      #expect(status == 1 && text.contains("bad.yaml:4:5"), "\(text)")
    }
  }

  @Test func `wrong use is refused`() throws {
    #expect(try diff("-", "-").status == 2)
    #expect(try diff("old.yaml").status == 2)
    #expect(try diff("old.yaml", "none.yaml").status == 2)
    #expect(try diff("old.yaml", "new.yaml", "--format", "junit").status == 2)
    #expect(try diff("old.yaml", "new.yaml", "--fail-on", "anything").status == 2)
  }

  @Test(arguments: DiffFormat.allCases) func `two runs give the same bytes`(_ format: DiffFormat) throws {
    let first = try diff("old.yaml", "full.yaml", "--format", format.rawValue)
    #expect(try diff("old.yaml", "full.yaml", "--format", format.rawValue) == first)
  }

  // MARK: Documents

  private func report(_ old: String, _ new: String) -> DiffReport {
    DiffReport(
      ModelFile(Run.file("old.yaml", old)), ModelFile(Run.file("new.yaml", new), number: ModelFile.newNumber))
  }

  @Test func `documents are matched by their VPCs`() {
    let other = Self.network.replacing("name: prod", with: "name: test").replacing(
      "10.0.0.0/24}\n", with: "10.9.0.0/24}\n")
    #expect(report("\(Self.network)---\n\(other)", "\(other)---\n\(Self.network)").changes.isEmpty)
    let both = report(Self.network, "\(other)---\n\(Self.network)")
    #expect(both.changes.map(\.kind) == ["server-added"])
    #expect(report("\(Self.network)---\n\(other)", Self.network).changes.map(\.kind) == ["server-removed"])
    #expect(
      report(Self.network, Self.network.replacing("name: prod", with: "name: p")).changes.map(\.kind) == ["vpc-renamed"]
    )
  }

  @Test func `documents with ids are matched by them`() {
    let first = Self.network.replacing("name: prod", with: "id: r-1, name: a")
    let second = Self.network.replacing("name: prod", with: "id: r-2, name: b")
    let renamed = Self.network.replacing("name: prod", with: "id: r-2, name: a")
    let kinds = report("\(first)---\n\(second)", "\(renamed)---\n\(first.replacing("name: a,", with: "name: b,"))")
    #expect(kinds.changes.map(\.kind) == ["vpc-renamed", "vpc-renamed"])
  }

  @Test func `a new pool is told as one`() {
    let moved = Self.network.replacing("192.168.252.0/22", with: "10.5.0.0/22")
    let verdict = report(Self.network, moved).verdict.joined()
    #expect(verdict.contains("packets for 10.5.0.0/22 (the client pool) into the tunnel"), "\(verdict)")
  }

  // MARK: Findings

  @Test func `a finding about a change can be allowed, and a lint does not call that unused`() {
    let line = "      # vpnlint: allow(reconnect-after-route-change, reachability-widened): announced\n"
    let allowed = Self.network + line + "      - {destination: 10.1.0.0/24}\n"
    let found = report(Self.network, allowed).findings.findings
    #expect(found.map { "\($0.finding.rule) \($0.suppression != nil)" }.contains("reconnect-after-route-change true"))
    #expect(!Linter().lint(Run.file("net.yaml", allowed)).findings.contains { $0.finding.rule == "unused-suppression" })
  }

  @Test func `places in the old file are told as such`() {
    let found = report(Self.added, Self.network).findings.findings.map(\.finding)
    let finding = found.first { $0.rule == "reconnect-after-route-change" }
    #expect(finding?.notes.contains { $0.hasSuffix("(old.yaml:8)") } ?? false, "\(String(describing: finding))")
    #expect(found.allSatisfy { $0.labels.allSatisfy { $0.span.file == ModelFile.newNumber } })
  }

  @Test func `a server that goes is found, whatever goes with it`() throws {
    let none = "vpc: {name: prod, subnets: []}\nvpn_servers: []\n"
    let other = Self.network.replacing("name: prod", with: "name: test")
    for (old, new, line) in [(Self.network, none, 2), ("\(other)---\n\(Self.network)", other, 1)] {
      let found = report(old, new).findings
      let finding = try #require(found.findings.first?.finding)
      #expect(finding.message == "VPN server `client-vpn` is removed, which disconnects all its clients")
      #expect(LineIndex(found.file).position(finding.primary.span.start).line == line)
      #expect(finding.primary.span.file == ModelFile.newNumber && found.findings.count == 1)
      #expect(
        finding.notes.contains { $0.contains("(old.yaml:") } && finding.notes.contains { $0.contains("clients lose") })
      for format in [DiffFormat.sarif, .github] {
        let text = DiffReporter(toolVersion: "0").text(report(old, new), as: format)
        #expect(text.contains("is removed, which disconnects"))
      }
    }
  }

  /// A page's address would become a link by itself, take the backtick behind it along, and bring the image to life.
  @Test func `names in Markdown make no links`() throws {
    let hostile = Self.network.replacing("name: client-vpn", with: "name: 'a`![i](http://e.x/i) www.e.x'")
    let report = report(hostile, hostile + "      - {name: 'a`![i](http://e.x/i)', destination: 10.1.0.0/24}\n")
    let text = DiffReporter(toolVersion: "0").text(report, as: .markdown)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("| route") })
    #expect(
      line.hasPrefix("| route ``a`![i](http://e.x/i)`` added to VPN server ``a`![i](http://e.x/i) www.e.x``: 10.1"),
      "\(line)")
  }

  @Test func `names cannot act in a terminal`() {
    let hostile = Self.added.replacing("name: db", with: #"name: "d\e[31m|<b>""#)
    let report = report(Self.network, hostile)
    for format in DiffFormat.allCases {
      let text = DiffReporter(toolVersion: "0").text(report, as: format)
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "\(format)")
    }
  }
}
