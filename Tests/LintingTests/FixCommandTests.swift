import Foundation
import TestSupport
import Testing

@testable import vpnlint

/// Fixes as files, by the program itself.
final class FixCommandTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  private static let redundant = Run.faulty.replacing("routes: [", with: "routes: [{destination: 10.0.0.0/25}, ")
  private static let mended = Run.faulty.replacing("0.0/24}]", with: "0.0/24}, {destination: 10.1.0.0/24}]")
    .replacing("10.1.0.0/24}, {destination: 10.1.0.0/24}]", with: "10.1.0.0/24}]")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(Self.redundant, to: "net.yaml")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: path))
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  private func run(_ arguments: String...) throws -> (text: String, status: Int32) {
    try Program.run(arguments, in: folder)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
  }

  @Test func `what keeps reachability is fixed, the rest is reported`() throws {
    let (text, status) = try run("--fix", "--format", "oneline", "net.yaml")
    #expect(status == 1)
    #expect(text.hasPrefix("net.yaml:6:5: error[VPN201]: no VPN server route covers subnet `db`"), "\(text)")
    #expect(text.contains("\nnet.yaml: fixed 1 finding (route-redundant)\n1 file: 1 error; "), "\(text)")
    #expect(try read("net.yaml") == Run.faulty)
    #expect(try names() == ["net.yaml"])
  }

  @Test(arguments: [["--unsafe-fixes"], ["--fix", "--unsafe-fixes"]])
  func `everything is fixed if asked for`(_ options: [String]) throws {
    let (text, status) = try Program.run(options + ["net.yaml"], in: folder)
    #expect(status == 0 && text.contains("fixed 2 findings (route-redundant, subnet-without-server-route)"), "\(text)")
    #expect(try read("net.yaml") == Self.mended)
    #expect(try run("--unsafe-fixes", "--quiet", "net.yaml") == ("", 0))
    #expect(try read("net.yaml") == Self.mended)
  }

  @Test func `a diff writes nothing and can be applied`() throws {
    let (text, status) = try run("--diff", "--unsafe-fixes", "--quiet", "net.yaml")
    #expect(status == 1, "the file is as it was")
    #expect(
      text == """
        --- net.yaml
        +++ net.yaml
        @@ -3,4 +3,4 @@
           - name: client-vpn
             client_ip_pool: 192.168.252.0/22
             enable_split_tunneling: true
        -    routes: [{destination: 10.0.0.0/25}, {destination: 10.0.0.0/24}]
        \\ No newline at end of file
        +    routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}]
        \\ No newline at end of file

        """)
    #expect(try read("net.yaml") == Self.redundant)
    #expect(try names() == ["net.yaml"])
  }

  @Test func `a diff tells of the fixes that it does not show`() throws {
    try write(Run.faulty, to: "net.yaml")
    let (text, status) = try run("--diff", "net.yaml")
    #expect(status == 1 && text.hasPrefix("1 file: 1 error; fixable: 1 with --unsafe-fixes; "), "\(text)")
    try write(Self.redundant, to: "net.yaml")
    #expect(
      try run("--diff", "net.yaml").text.contains(
        "\nnet.yaml: would fix 1 finding (route-redundant)\n1 file: 1 error, 1 info; fixable: 1 with --unsafe-fixes; "))
  }

  @Test func `fixes that are left out are told`() throws {
    // Each fix brings a finding with it, so that half of them is tried after half.
    let servers = (0..<40).map {
      "  - {name: v\($0), client_ip_pool: 192.168.252.0/22, enable_split_tuneling: true, routes: [{destination: 10.0.0.0/24}]}\n"
    }
    try write(
      "vpc: {subnets: [{name: a, ipv4_cidr_block: 10.0.0.0/24}]}\nvpn_servers:\n\(servers.joined())", to: "net.yaml")
    let sentence =
      "net.yaml: some fixes are left out, as verifying each would take too long; "
      + "mend some of the findings by hand and run vpnlint again\n"
    #expect(try run("--diff", "--unsafe-fixes", "net.yaml").text.contains(sentence))
    #expect(try !run("--diff", "--unsafe-fixes", "--quiet", "net.yaml").text.contains("left out"))
    try write(Self.redundant, to: "net.yaml")
    #expect(try !run("--diff", "--unsafe-fixes", "net.yaml").text.contains("left out"))
  }

  @Test func `permissions stay, and a link leads to the file that is written`() throws {
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.appending(path: "net.yaml").path())
    try manager.createSymbolicLink(atPath: folder.appending(path: "link.yaml").path(), withDestinationPath: "net.yaml")
    #expect(try run("--fix", "link.yaml").text.contains("link.yaml: fixed 1 finding"))
    #expect(try read("net.yaml") == Run.faulty)
    #expect(try manager.destinationOfSymbolicLink(atPath: folder.appending(path: "link.yaml").path()) == "net.yaml")
    let attributes = try manager.attributesOfItem(atPath: folder.appending(path: "net.yaml").path())
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o640)
    #expect(try names() == ["link.yaml", "net.yaml"])
  }

  @Test func `a file that changed underneath is left as it is`() throws {
    let path = folder.appending(path: "net.yaml").path()
    try write("something else", to: "net.yaml")
    #expect(throws: AtomicFile.WriteProblem.self) {
      try AtomicFile.write(Array("new".utf8), to: path, inPlaceOf: Array(Self.redundant.utf8))
    }
    #expect(try read("net.yaml") == "something else")
    try AtomicFile.write(Array("new".utf8), to: path, inPlaceOf: Array("something else".utf8))
    #expect(try read("net.yaml") == "new")
    #expect(try names() == ["net.yaml"])
  }

  @Test func `what cannot be fixed is refused`() throws {
    #expect(
      try run("--fix", "-")
        == ("vpnlint: --fix cannot write standard input; name a file, or use --diff to see what would change\n", 2))
    #expect(
      try run("--unsafe-fixes", "-").text
        == "vpnlint: --unsafe-fixes cannot write standard input; name a file, or use --diff to see what would change\n")
    #expect(
      try run("--import", "--diff", "net.yaml").text
        == "vpnlint: --import reads the outputs of other programs, and there is nothing to fix in them; leave out --diff\n"
    )
    let (text, status) = try run("--fix", "--write-baseline", "base.json", "net.yaml")
    #expect(status == 2 && text.hasPrefix("Error: --write-baseline and fixes exclude each other; fix first\n"))
    for jobs in ["0", "-1", "many", "2000"] {
      let (text, status) = try run("--jobs=\(jobs)", "net.yaml")
      #expect(status == 2 && text.contains("`\(jobs)` is not a number of files from 1 to 1024"), "\(text)")
    }
  }

  @Test func `a report replaces nothing that was read`() throws {
    try FileManager.default.createDirectory(at: folder.appending(path: "sub"), withIntermediateDirectories: true)
    try write(Self.redundant, to: "sub/net.yaml")
    try write("fail_on: never", to: "sub/.vpnlint.yaml")
    for target in ["sub/net.yaml", "sub/.vpnlint.yaml"] {
      let before = try read(target)
      let (text, status) = try run("sub", "--report", "json:\(target)")
      #expect(status == 2 && text.contains("the report json is not written: \(target) was read by this run"), "\(text)")
      #expect(try read(target) == before)
    }
    #expect(try run("--quiet", "--write-baseline", "base.json", "net.yaml").status == 0)
    let baseline = try read("base.json")
    #expect(try run("--baseline", "base.json", "--report", "json:base.json", "net.yaml").status == 2)
    #expect(try read("base.json") == baseline)
  }

  @Test func `statistics count by rule`() throws {
    let (text, _) = try run("--statistics", "--quiet", "--format", "json", "net.yaml")
    #expect(
      text.hasSuffix(
        "     1  VPN215  route-redundant (1 with a fix)\n     1  VPN201  subnet-without-server-route (1 with a fix)\n"),
      "\(text)")
  }

  @Test func `the number of jobs changes nothing`() throws {
    for number in 0..<20 { try write(number % 3 == 0 ? Self.redundant : Run.faulty, to: "net-\(number).yaml") }
    let plain = try run("--statistics", ".")
    for jobs in ["1", "2", "7"] { #expect(try run("--statistics", "--jobs", jobs, ".") == plain) }
  }
}
