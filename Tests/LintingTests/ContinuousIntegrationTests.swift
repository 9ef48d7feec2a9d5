import Foundation
import SourceTree
import TestSupport
import Testing

/// The files of `samples/ci` do what they say, as far as that can be tried without the services they are made for.
final class ContinuousIntegrationTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(
      at: folder.appending(path: "infrastructure"), withIntermediateDirectories: true)
    try write(Run.faulty, to: "infrastructure/net.yaml")
    try write("a: 1", to: "infrastructure/other.yaml")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: path))
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// Runs a line of a shell script with vpnlint on the path, and a Terraform that only notes how it was called.
  private func shell(_ script: String, _ environment: [String: String] = [:]) throws -> Int32 {
    let program = try #require(Program.location)
    let stub = folder.appending(path: "bin")
    try FileManager.default.createDirectory(at: stub, withIntermediateDirectories: true)
    try write("#!/bin/sh\necho \"$@\" >>called\n", to: "bin/terraform")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: stub.appending(path: "terraform").path())
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    let path = "\(stub.path()):\(program.deletingLastPathComponent().path()):/usr/bin:/bin"
    process.environment = environment.merging(["PATH": path]) { own, _ in own }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// The scalars of a YAML file that a path of keys leads to; `*` is every item of a list.
  private func texts(_ path: String, _ keys: String...) throws -> [String] {
    let file = try Repository.file(path)
    let tree = SourceTree.read(file)
    #expect(tree.problems.isEmpty, "\(path)")
    var nodes = tree.documents
    for key in keys {
      nodes = nodes.flatMap { node in
        key == "*"
          ? Array(tree.items(node)) : tree.keys(node).filter { tree.text($0) == key }.map { tree.value(ofKey: $0) }
      }
    }
    return nodes.map(tree.text)
  }

  @Test func `the GitHub workflow annotates, sums up and writes SARIF`() throws {
    let steps = try texts("samples/ci/github-workflow.yml", "jobs", "vpnlint", "steps", "*", "run")
    let lint = try #require(steps.last { $0.hasPrefix("vpnlint ") })
    #expect(try shell(lint, ["GITHUB_STEP_SUMMARY": "summary.md"]) == 1)
    #expect(try read("summary.md").hasPrefix("## ❌ vpnlint: not ready to deploy\n"))
    let uploaded = try texts("samples/ci/github-workflow.yml", "jobs", "vpnlint", "steps", "*", "with", "sarif_file")
    #expect(try uploaded.map { try read($0).contains("\"ruleId\": \"VPN201\"") } == [true])
    let install = try #require(steps.firstIndex(of: "make -C .vpnlint install"))
    #expect(steps[..<install].contains { $0.hasPrefix("apt-get ") && $0.hasSuffix(" make") }, "the image has no make")
  }

  @Test func `the GitLab job writes what it hands over`() throws {
    let script = try texts("samples/ci/gitlab-ci.yml", "vpnlint", "script", "*")
    #expect(try script.map { try shell($0) } == [1])
    for report in ["codequality", "junit"] {
      let names = try texts("samples/ci/gitlab-ci.yml", "vpnlint", "artifacts", "reports", report)
      #expect(try names.map { try read($0).contains("VPN201") } == [true], "\(report)")
    }
  }

  @Test func `the hooks search the repository for models`() throws {
    let ids = try texts(".pre-commit-hooks.yaml", "*", "id")
    let used = try texts("samples/ci/pre-commit-config.yaml", "repos", "*", "hooks", "*", "id")
    #expect(Set(used).isSubset(of: ids))
    let entries = try texts(".pre-commit-hooks.yaml", "*", "entry")
    let arguments = try texts(".pre-commit-hooks.yaml", "*", "args", "*")
    #expect(entries.count == ids.count && arguments.count == ids.count)
    for (entry, argument) in zip(entries, arguments) {
      #expect(try shell("\(entry) \(argument)") == 1)
      try FileManager.default.removeItem(at: folder.appending(path: "infrastructure/net.yaml"))
      #expect(try shell("\(entry) \(argument)") == 0, "no model, nothing to find")
      try write(Run.faulty, to: "infrastructure/net.yaml")
    }
  }

  @Test func `Terraform applies only what is in order`() throws {
    let script = Repository.root.appending(path: "samples/ci/terraform-apply.sh").path()
    #expect(try shell("'\(script)' infrastructure/net.yaml plan.out") == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "called").path()))
    #expect(try read("vpnlint.md").contains("VPN201"))
    try write(
      Run.faulty.replacing("routes: [", with: "routes: [{destination: 10.1.0.0/24}, "), to: "infrastructure/net.yaml")
    #expect(try shell("'\(script)' infrastructure/net.yaml plan.out") == 0)
    #expect(try read("called") == "apply plan.out\n")
  }
}
