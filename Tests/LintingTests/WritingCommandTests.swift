import Foundation
import TestSupport
import Testing

/// `init`, `schema`, `rules` and `explain`, by the program itself.
final class WritingCommandTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func run(_ arguments: String...) throws -> (text: String, status: Int32) {
    try Program.run(arguments, in: folder)
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  @Test func `what init writes is clean`() throws {
    #expect(try run("init", "net.yaml") == ("vpnlint: net.yaml: written\n", 0))
    #expect(try run("init", "--settings", ".vpnlint.yaml") == ("vpnlint: .vpnlint.yaml: written\n", 0))
    #expect(try run("--fail-on", "info", "net.yaml") == ("1 file: no findings\n", 0))
    #expect(try run("init") == (read("net.yaml"), 0))
    #expect(try run("init", "-") == (read("net.yaml"), 0))
    #expect(try run("init", "--settings") == (read(".vpnlint.yaml"), 0))
  }

  @Test func `init leaves what is there`() throws {
    try Data("precious".utf8).write(to: folder.appending(path: "net.yaml"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: "link.yaml").path(), withDestinationPath: "nowhere.yaml")
    for name in ["net.yaml", "link.yaml"] {
      let (text, status) = try run("init", name)
      #expect(text == "vpnlint: \(name): is there already and was left as it is; choose another name\n" && status == 2)
    }
    #expect(try read("net.yaml") == "precious")
    #expect(
      try run("init", "none/net.yaml") == ("vpnlint: none/net.yaml: there is no folder `none`; make it first\n", 2))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted() == ["link.yaml", "net.yaml"])
  }

  @Test func `schema prints one or the other`() throws {
    let (model, settings) = (try run("schema"), try run("schema", "--settings"))
    #expect(model.status == 0 && model.text.contains("\"client_ip_pool\""))
    #expect(
      settings.status == 0 && settings.text.contains("\"home_lans\"") && !settings.text.contains("client_ip_pool"))
  }

  @Test func `rules in every format`() throws {
    #expect(try run("rules") == run("rules", "--format", "text"))
    #expect(try run("rules", "--format", "markdown").text.hasPrefix("# The rules of vpnlint\n"))
    #expect(try run("rules", "--format", "json").text.hasPrefix("{\n  \"version\": 1,\n"))
    let (text, status) = try run("rules", "--format", "html")
    #expect(text.contains("there is no format `html`; the formats are text, markdown and json") && status == 2)
  }

  @Test(arguments: [
    ("subnet-without-sever-route", "did you mean `subnet-without-server-route`?"),
    ("Route-Host-Bit", "did you mean `route-host-bits`?"), ("201", "did you mean `VPN201`?"),
    ("VPN999", "`vpnlint rules` lists them"), ("\u{1B}[31m", "`vpnlint rules` lists them"),
  ]) func `explain names the nearest rule`(_ name: String, _ hint: String) throws {
    let (text, status) = try run("explain", name)
    let shown = name.replacing("\u{1B}", with: "\\u{1B}")
    #expect(text == "vpnlint: there is no rule `\(shown)`; \(hint)\n" && status == 2)
  }

  @Test func `explain takes names and codes`() throws {
    #expect(try run("explain", "vpn201") == run("explain", "subnet-without-server-route"))
    #expect(try run("explain", "--color", "always", "VPN201").text.hasPrefix("\u{1B}[1mVPN201 "))
  }
}
