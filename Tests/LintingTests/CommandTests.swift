import Foundation
import TestSupport
import Testing

/// Settings and baselines as files, by the program itself.
final class CommandTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  init() throws {
    for path in ["a/net.yaml", "a/old-1/net.yaml", "b/net.yaml"] { try write(Run.faulty, to: path) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ text: String, to path: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// The status, and of the findings the files and codes.
  private func run(_ arguments: String..., in place: String = "") throws -> String {
    let (text, status) = try Program.run(["--format", "oneline"] + arguments, in: folder.appending(path: place))
    let findings = text.matches(of: /(?m)^(\S+?):\d+:\d+: \w+\[(\w+)\]/).map { "\($0.output.1) \($0.output.2)" }
    return (["\(status)"] + findings).joined(separator: ", ")
  }

  /// The status, and everything that is printed.
  private func output(_ arguments: String...) throws -> (text: String, status: Int32) {
    try Program.run(arguments, in: folder)
  }

  @Test(arguments: [["a/net.yaml"], ["."], ["a", "b/net.yaml", "none"], ["--", "a"], []])
  func `options that say what holds anyway change nothing`(_ paths: [String]) throws {
    try write("fail_on: never", to: "b/.vpnlint.yaml")
    let plain = try Program.run(["lint"] + paths, in: folder)
    #expect(try Program.run(paths, in: folder) == plain)
    #expect(try Program.run(["lint", "--format", "text", "--color", "auto"] + paths, in: folder) == plain)
  }

  @Test func `a name for standard input wants standard input`() throws {
    let (text, status) = try output("--stdin-filename", "net.yaml", "b/net.yaml")
    #expect(text == "vpnlint: --stdin-filename names standard input, but no path is `-`; add `-` to read it\n")
    #expect(status == 2)
  }

  @Test(arguments: [
    ["--only", "VPN201", "--skip", "VPN201"],
    ["--only", "subnet-without-server-route,VPN002", "--skip", "VPN201,VPN002"],
    ["--only", "VPN201", "--severity", "VPN201=off"], ["--only", ","],
  ])
  func `a lint without rules is refused`(_ options: [String]) throws {
    let (text, status) = try Program.run(options + ["b"], in: folder)
    #expect(text.hasPrefix("Error: --only, --skip and --severity leave no rule to run\n") && status == 2, "\(text)")
  }

  @Test(arguments: ["x", "1e9", "-1", "+1", "253402300800", "99999999999999999999"])
  func `a date that is no number is refused`(_ date: String) throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let sentence =
      "vpnlint: SOURCE_DATE_EPOCH is `\(date)`, which is not a number of seconds since 1970; unset or correct it\n"
    #expect(try place.shell("SOURCE_DATE_EPOCH=\(date) $vpnlint net.yaml") == (sentence, 2))
    #expect(try place.shell("SOURCE_DATE_EPOCH=\(date) $vpnlint manual") == (sentence, 2))
    #expect(try place.shell("SOURCE_DATE_EPOCH=253402300799 $vpnlint -q net.yaml").status == 1)
    #expect(try place.shell("SOURCE_DATE_EPOCH= $vpnlint -q net.yaml").status == 1)
  }

  @Test func `a folder without models is told`() throws {
    try FileManager.default.createDirectory(at: folder.appending(path: "none"), withIntermediateDirectories: true)
    #expect(try output("none") == ("no model found\n", 0))
    #expect(try output("--quiet", "none") == ("", 0))
    try write("a: 1", to: "other/app.yaml")
    #expect(try output("other", "none") == ("no model found; passed over: 1 that is not a model\n", 0))
  }

  @Test func `a model that says there is no server is told`() throws {
    try write("vpc: {subnets: []}\nvpn_servers: []\n", to: "none.yaml")
    let (text, status) = try output("none.yaml")
    #expect(text.hasPrefix("1 file: no findings; nothing to judge: 1 without a VPN server; ") && status == 0, "\(text)")
    #expect(try !output("b/net.yaml").text.contains("nothing to judge"))
    try write("vpc: {subnets: []}\n", to: "none.yaml")
    #expect(try !output("none.yaml").text.contains("nothing to judge"), "what is missing is a finding")
  }

  @Test func `the nearest settings govern`() throws {
    try write("fail_on: never", to: ".vpnlint.yaml")
    try write("rules: {VPN201: off}", to: "b/.vpnlint.yaml")
    #expect(try run("a/net.yaml", "b/net.yaml") == "0, a/net.yaml VPN201")
    #expect(try run("net.yaml", in: "a") == "0, net.yaml VPN201")
    #expect(try run("--fail-on", "error", "a/net.yaml") == "1, a/net.yaml VPN201")
    #expect(try run("--no-config", "b/net.yaml") == "1, b/net.yaml VPN201")
    #expect(try run("--config", "b/.vpnlint.yaml", "a") == "0")
    #expect(try run("--config", "none", "a") == "2")
  }

  @Test func `a thing wrong with settings is told once, by a path from the working directory`() throws {
    try write("fial_on: never", to: ".vpnlint.yaml")
    #expect(
      try run(folder.path() + "/b", "net.yaml", "old-1/net.yaml", in: "a").hasPrefix("1, ../.vpnlint.yaml VPN017, "))
    #expect(try run("a/net.yaml", "b/net.yaml") == "1, .vpnlint.yaml VPN017, a/net.yaml VPN201, b/net.yaml VPN201")
  }

  @Test func `excluded files are linted only if named`() throws {
    try write("exclude: [\"**/old-*\", b]", to: ".vpnlint.yaml")
    #expect(try run(".") == "1, ./a/net.yaml VPN201")
    #expect(try run("..", in: "a") == "1, ../a/net.yaml VPN201")
    #expect(try run("b/net.yaml") == "1, b/net.yaml VPN201")
  }

  @Test func `a baseline is written and read`() throws {
    #expect(try run("--write-baseline", "base.json", "a") == "0")
    #expect(try run("--baseline", "base.json", "a") == "0")
    #expect(try run("--baseline", "base.json", ".") == "1, ./b/net.yaml VPN201")
    try write(Run.faulty.replacing("routes: [", with: "routes: [{destination: 10.1.0.0/24}, "), to: "a/net.yaml")
    #expect(try run("--baseline", "base.json", "--fail-on", "warning", "a") == "1, base.json VPN018")
    #expect(try run("--write-baseline", "base.json", "a") == "0")
    #expect(try run("--baseline", "base.json", "--fail-on", "warning", "a") == "0")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted() == ["a", "b", "base.json"])
  }

  @Test func `a baseline knows files from its own folder, whatever path leads to them`() throws {
    #expect(try run("--write-baseline", "a/base.json", "a") == "0")
    #expect(try read("a/base.json").contains("\"file\": \"net.yaml\""))
    #expect(try run("--baseline", "a/base.json", folder.path() + "/a/net.yaml") == "0")
    #expect(try run("--baseline", "base.json", "net.yaml", "../a/old-1", in: "a") == "0")
    #expect(try run("--baseline", "../a/base.json", "--fail-on", "warning", "../a", in: "b") == "0")
    #expect(try run("--baseline", "a/base.json", "b/net.yaml") == "1, b/net.yaml VPN201")
  }

  @Test func `a comment cannot call in order what was not read`() throws {
    try write("# vpnlint: allow-file(yaml-syntax): r\nvpc: [\n", to: "b/net.yaml")
    #expect(try run("b/net.yaml") == "1, b/net.yaml VPN001")
  }

  @Test func `what is no baseline is never overwritten`() throws {
    for text in ["", "{}", Run.faulty] {
      try write(text, to: "precious")
      #expect(try run("--write-baseline", "precious", "a") == "2")
      #expect(try read("precious") == text)
    }
    #expect(try run("--write-baseline", "none/base.json", "a") == "2")
    #expect(try run("--write-baseline", "base.json", "a", "none") == "2")
    #expect(try run("--baseline", "base.json", "a") == "2")
  }
}
