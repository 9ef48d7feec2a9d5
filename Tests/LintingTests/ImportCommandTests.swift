import Foundation
import SourceText
import TestSupport
import Testing

/// `vpnlint import`, and inputs of other programs given to the other commands.
@Suite(.serialized) struct ImportCommandTests {
  private static let api = Repository.files(below: "samples/import/api", withSuffix: ".json")

  private func run(_ arguments: [String]) throws -> (text: String, status: Int32) {
    try Program.run(arguments, in: Repository.root)
  }

  @Test func writesAModelThatImportsAsItself() throws {
    let first = try run(["import"] + Self.api)
    #expect(first.status == 0)
    #expect(first.text.hasPrefix("# Made by `vpnlint import` from samples/import/api/address_prefixes.json, "))
    let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let model = folder.appending(path: "model.yaml")
    try Data(first.text.utf8).write(to: model)
    #expect(try run(["import", model.path()]).text == first.text)
    #expect(try run(["lint", "--quiet", "--format", "oneline", model.path()]).status == 1)
  }

  @Test func lintJoinsFiles() throws {
    let result = try run(["lint", "--import", "--format", "oneline", "--quiet"] + Self.api)
    #expect(result.status == 1)
    #expect(result.text.contains("samples/import/api/vpn_server.json:5:11: error[VPN201]"))
  }

  @Test func fixesAreRefusedForJoinedFiles() throws {
    #expect(try run(["lint", "--import", "--fix"] + Self.api).status == 2)
  }

  /// A plan is the output of another program: it is never written.
  @Test func aPlanIsNotFixed() throws {
    let plan = "samples/import/terraform-state.json"
    let before = try Repository.file(plan).bytes
    let result = try run(["lint", "--fix", "--unsafe-fixes", "--format", "oneline", plan])
    #expect(result.status == 1)
    #expect(try Repository.file(plan).bytes == before)
    #expect(!result.text.contains("fixable"))
  }

  @Test func otherCommandsTakeAPlan() throws {
    let plan = "samples/import/terraform-plan.json"
    let routes = try run(["routes", plan, "--os", "linux"])
    #expect(routes.status == 0 && routes.text.contains("10.0.0.0/24"))
    let trace = try run(["trace", plan, "10.1.0.5:443"])
    #expect(trace.status == 0 && trace.text.contains("no-return-path"))
  }

  /// Below a directory files are linted that hold a VPN server; the other outputs are passed over.
  @Test func directoriesAreSearchedForInputsWithServers() throws {
    let result = try run(["lint", "--format", "oneline", "samples/import"])
    #expect(result.text.contains("terraform-state.json:187:21: error[VPN201]"))
    #expect(!result.text.contains("api/subnets.json"))
    #expect(result.text.contains("passed over"))
  }

  @Test func whatIsNoInputEndsWithOneFinding() throws {
    let result = try run(["import", "samples/broken/truncated.json"])
    #expect(result.status == 1)
    #expect(result.text.contains("VPN001"))
    let several = try run(["import", "samples/networks/article-split/network.yaml", Self.api[0]])
    #expect(several.status == 2)
    #expect(several.text.contains("is no JSON"))
    #expect(try run(["import", "no-such-file.json"]).status == 2)
    for text in ["vpc:\n  subnets: [\n", "\u{1}", "\t\tvpc: {}"] {
      let file = try TemporaryFile(text)
      let (found, status) = try run(["import", file.path])
      #expect(found.contains("VPN001") && !found.hasPrefix(text) && status == 1, "\(found)")
    }
  }
}
