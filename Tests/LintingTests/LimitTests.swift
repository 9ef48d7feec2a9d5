import Foundation
import LintRules
import Linting
import SourceText
import TestSupport
import Testing

/// Limits: what a run says where one is hit, and the options that raise them.
final class LimitTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(Run.faulty, to: "net.yaml")
    try write("default via 192.0.2.1 dev eth0\n", to: "table.txt")
    try write(#"{"vpn_servers": [{"name": "a", "client_ip_pool": "192.168.252.0/22"}]}"#, to: "server.json")
    try write(#"{"subnets": [{"name": "app", "ipv4_cidr_block": "10.0.0.0/24"}]}"#, to: "subnets.json")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: path))
  }

  private func run(_ arguments: [String]) throws -> (text: String, status: Int32) {
    try Program.run(arguments, in: folder)
  }

  /// Every command that reads a model or a table.
  private static let commands: [[String]] = [
    ["lint", "net.yaml"], ["routes", "net.yaml"], ["trace", "net.yaml", "10.0.0.5"], ["diagram", "net.yaml"],
    ["observe", "net.yaml", "table.txt"], ["diff", "net.yaml", "net.yaml"], ["import", "net.yaml"],
  ]

  /// What kept a file from being judged is an error, whatever is asked for.
  @Test(arguments: [
    ["--only", "VPN201"], ["--baseline", "base.json"], ["--baseline", "base.json", "--only", "VPN201"],
    ["--fail-on", "error", "--severity", "VPN201=off"],
  ])
  func `nothing silences what keeps a file from being judged`(_ options: [String]) throws {
    try write("vpc: [\n", to: "broken.yaml")
    #expect(try run(["lint", "--write-baseline", "base.json", "broken.yaml"]).status == 0)
    #expect(try !String(contentsOf: folder.appending(path: "base.json"), encoding: .utf8).contains("yaml-syntax"))
    let broken = try run(["lint"] + options + ["--format", "oneline", "broken.yaml"])
    #expect(broken.text.contains("(yaml-syntax)") && broken.status == 1, "\(broken.text)")
    let deep = try run(["lint"] + options + ["--format", "oneline", "--max-depth", "2", "net.yaml"])
    #expect(deep.text.contains("(limit-exceeded)") && deep.status == 1, "\(deep.text)")
  }

  @Test(arguments: [["--skip", "VPN001"], ["--severity", "yaml-syntax=info"], ["--severity", "VPN012=off"]])
  func `who would silence it is told`(_ options: [String]) throws {
    let (text, status) = try run(["lint"] + options + ["net.yaml"])
    #expect(text.contains("` is always an error: it tells what keeps a file from being judged") && status == 2)
  }

  @Test(arguments: commands) func `a file that is too large is named with the option`(_ command: [String]) throws {
    let (text, status) = try run(command + ["--max-size", "100"])
    #expect(text.contains("net.yaml: larger than the 100 bytes that vpnlint reads; raise the limit with --max-size"))
    #expect(status == 2)
    let size = Run.faulty.utf8.count
    #expect(try run(command + ["--max-size", "\(size)"]).status != 2)
    #expect(try run(command + ["--max-size", "\(size - 1)"]).status == 2)
  }

  @Test(arguments: [
    ("64K", true), ("2G", true), ("2147483648", true), ("2147483649", false), ("3G", false),
    ("0", false), ("K", false), ("1k", false), ("99999999999999999999G", false), ("1.5M", false),
    ("", false), ("-1", false), ("-", false),
  ])
  func sizes(_ size: String, isOne: Bool) throws {
    let (text, status) = try run(["lint", "--max-size", size, "net.yaml"])
    #expect(status == (isOne ? 1 : 2), "\(text)")
    #expect(isOne || text.contains("`\(size)` is not a size from 1 byte to 2G"))
  }

  @Test(arguments: [
    ("--max-depth", "a depth from 1 to 256"), ("--max-findings", "a number of findings from 1"),
    ("--max-aliases", "a number of values from 1"), ("--jobs", "a number of files from 1 to 1024"),
  ])
  func `a number below zero is told with the range`(_ option: String, _ range: String) throws {
    let (text, status) = try run([option, "-5", "net.yaml"])
    #expect(text.contains("`-5` is not \(range)") && status == 2, "\(text)")
    #expect(try run(["net.yaml", option]).text.contains("Missing value for '\(option)"))
    guard option.hasPrefix("--max-depth") || option.hasPrefix("--max-aliases") else { return }
    #expect(try run(["routes", "net.yaml", option, "-5"]).text.contains("`-5` is not \(range)"))
  }

  @Test(arguments: [["--import", "server.json", "subnets.json"]])
  func `files that are one input count together`(_ files: [String]) throws {
    let (text, status) = try run(["lint", "--max-size", "100"] + files)
    #expect(text.contains("vpnlint: the files together: larger than the 100 bytes that vpnlint reads;") && status == 2)
    #expect(!(try run(["lint", "--max-size", "200"] + files).text.contains("larger than")))
    #expect(try run(["import", "--max-size", "100"] + files.dropFirst()).status == 2)
    #expect(try run(["import", "--max-size", "200"] + files.dropFirst()).status == 0)
  }

  @Test func `the table of a client has a size too`() throws {
    try write(String(repeating: "default via 192.0.2.1 dev eth0\n", count: 50), to: "long.txt")
    let (text, status) = try run(["observe", "net.yaml", "long.txt", "--max-size", "1000"])
    #expect(text.contains("long.txt: larger than the 1000 bytes that vpnlint reads") && status == 2)
  }

  @Test(arguments: commands) func `depth`(_ command: [String]) throws {
    let (text, status) = try run(command + ["--max-depth", "3"])
    #expect(text.contains("the file nests more than 3 levels deep") && text.contains("net.yaml:1:17"), "\(text)")
    #expect(text.contains("or raise the limit with --max-depth, up to 256") && status == 1)
    #expect(try run(command + ["--max-depth", "1"]).text.contains("the file nests more than 1 level deep"))
    #expect(!(try run(command + ["--max-depth", "5"])).text.contains("levels deep"))
  }

  @Test func `no option makes libyaml slow`() throws {
    let (text, status) = try run(["lint", "--max-depth", "257", "net.yaml"])
    #expect(text.contains("`257` is not a depth from 1 to 256; deeper nesting is never read") && status == 2)
    try write(String(repeating: "[", count: 300), to: "deep.yaml")
    #expect(try run(["lint", "deep.yaml"]).text.contains("the limit of 256 cannot be raised"))
  }

  @Test(arguments: commands) func `aliases`(_ command: [String]) throws {
    try write(
      Run.faulty + "\nnetworks:\n  - &n {name: x, cidrs: [172.16.0.0/16], via: vpn_gateway}\nclient_sites: [*n]\n",
      to: "net.yaml")
    let (text, status) = try run(command + ["--max-aliases", "7"])
    #expect(
      text.contains("the aliases of the file stand for more than 7 values") && text.contains("net.yaml:9:16"),
      "\(text)")
    #expect(text.contains("divide the file, or raise the limit with") && status == 1)
    #expect(!(try run(command + ["--max-aliases", "100"])).text.contains("stand for"))
  }

  @Test func `findings`() throws {
    try write((1...5).map { "k\($0): 1\n" }.joined() + Run.faulty, to: "net.yaml")
    func places(_ most: String) throws -> [String] {
      let (text, status) = try run(["lint", "--format", "oneline", "--max-findings", most, "net.yaml"])
      #expect(status == 1)
      return text.split(separator: "\n").filter { $0.hasPrefix("net.yaml") }.map(String.init)
    }
    let all = try places("6")
    #expect(all.count == 6)
    let some = try places("2")
    #expect(some.prefix(2) == all.prefix(2))
    #expect(
      some.dropFirst(2).map { $0 } == [
        "net.yaml:3:1: error[VPN012]: the file has more than 2 findings; the rest are left out: the first that is left out (limit-exceeded)"
      ])
    #expect(try run(["--max-findings", "0", "net.yaml"]).text.contains("`0` is not a number of findings from 1"))
  }

  @Test func `findings that are left out make no suppression unused and no entry stale`() throws {
    let text = "k1: 1\nk2: 1 # vpnlint: allow(unknown-key): on purpose\n" + Run.faulty
    var options = LintOptions()
    options.mostFindings = 1
    let report = Linter(options).lint(Run.file("net.yaml", text))
    #expect(report.findings.map(\.finding.rule) == ["unknown-key", "limit-exceeded"])
    options.only = ["unknown-key"]
    #expect(Linter(options).lint(Run.file("net.yaml", text)).findings.map(\.finding.rule).last == "limit-exceeded")
  }

  @Test func `a baseline has every finding`() throws {
    try write((1...5).map { "k\($0): 1\n" }.joined() + Run.faulty, to: "net.yaml")
    _ = try run(["--max-findings", "2", "--write-baseline", "b.json", "net.yaml"])
    #expect(try run(["--baseline", "b.json", "net.yaml"]).status == 0)
    // Left out are findings, which the baseline knows, too: entries are not stale.
    #expect(!(try run(["--baseline", "b.json", "--max-findings", "2", "net.yaml"])).text.contains("VPN018"))
  }
}
