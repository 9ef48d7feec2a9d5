import ClientVPN
import LintRules
import Linting
import Reports
import SourceText
import SourceTree
import Testing

/// What `vpnlint init` writes.
@Suite struct StarterTests {
  private let model = SourceFile(name: "network.yaml", bytes: Array(StarterModel.text.utf8))
  private let settings = SourceFile(name: ".vpnlint.yaml", bytes: Array(StarterSettings.text.utf8))

  @Test func `the model has no findings`() {
    #expect(Sample.report(model).rendered(.oneline) == "")
    #expect(Sample.report(model).notModelled.isEmpty)
  }

  @Test func `the model is valid and shows every part`() throws {
    let schema = try JSONSchema(JSONValue(ModelSchema.text(toolVersion: "0.0.0")))
    let value = try #require(JSONValue.documents(of: model).first)
    #expect(try schema.problems(of: value) == [])
    let parts = ModelObject.model.keys.map(\.name).filter { $0 != "provider" }
    #expect(value.keys == parts.sorted())
    let lists = ["address_prefixes", "network_acls", "routing_tables", "security_groups", "subnets", "workloads"]
    #expect(Set(lists).isSubset(of: value["vpc"]?.keys ?? []))
  }

  @Test func `the model's first line names the schema`() {
    #expect(StarterModel.text.hasPrefix("# yaml-language-server: $schema=\(StarterModel.schemaFile)\n#"))
    #expect(StarterSettings.text.hasPrefix("# yaml-language-server: $schema=\(StarterSettings.schemaFile)\n#"))
  }

  @Test func `lines fit a window`() {
    for text in [StarterModel.text, StarterSettings.text] {
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
      for line in text.split(separator: "\n") { #expect(line.count <= 130 && !line.hasSuffix(" "), "\(line)") }
    }
  }

  @Test func `the settings are understood and change nothing`() {
    let read = Settings.read(settings)
    #expect(read.isSound)
    #expect(read.content.levels.isEmpty && read.content.exclude.isEmpty && read.content.quotas.isEmpty)
    #expect(read.content.failOn == .error && read.content.homeLANs == HomeLANs.common)
  }

  @Test func `what the settings have in comments is understood too`() throws {
    let text = StarterSettings.text.replacing("  # ", with: "  ")
    let read = Settings.read(SourceFile(name: ".vpnlint.yaml", bytes: Array(text.utf8)))
    #expect(read.isSound)
    #expect(read.content.levels.count == 2 && read.content.exclude.count == 2)
    #expect(read.content.quotas.count == Quota.allCases.count)
  }
}
