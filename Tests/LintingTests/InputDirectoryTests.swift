import Foundation
import TestSupport
import Testing

/// Directories of JSON files that describe one network, and inputs that do not tell the routes, given to all commands.
final class InputDirectoryTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  private static let servers = """
    {"vpn_servers": [{"id": "r006-1", "name": "team-vpn", "client_ip_pool": "172.16.0.0/20", "enable_split_tunneling": true,
      "vpc": {"id": "r006-v", "name": "prod"}, "resource_type": "vpn_server"}]}
    """
  private static let routes = """
    {"routes": [{"id": "r006-r", "name": "app", "destination": "10.0.0.0/24", "action": "deliver",
      "href": "https://us-south.iaas.cloud.ibm.com/v1/vpn_servers/r006-1/routes/r006-r", "resource_type": "vpn_server_route"}]}
    """
  private static let subnets = """
    {"subnets": [{"id": "r006-s", "name": "app", "ipv4_cidr_block": "10.0.0.0/24", "vpc": {"id": "r006-v", "name": "prod"},
      "resource_type": "subnet"}]}
    """
  private static let table = """
    default via 192.168.1.1 dev eth0
    10.0.0.0/24 via 172.16.0.1 dev tun0
    172.16.0.0/21 dev tun0 proto kernel scope link src 172.16.0.2
    172.16.0.0/20 via 172.16.0.1 dev tun0
    192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.20

    """

  init() throws {
    try FileManager.default.createDirectory(at: folder.appending(path: "net"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: folder.appending(path: "later"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: folder.appending(path: "empty"), withIntermediateDirectories: true)
    for (name, text) in [("servers", Self.servers), ("routes", Self.routes), ("subnets", Self.subnets)] {
      try write(text, to: "net/\(name).json")
      try write(
        text.replacing("\"enable_split_tunneling\": true", with: "\"enable_split_tunneling\": false"),
        to: "later/\(name).json")
    }
    try write("vpc: {}\n", to: "empty/model.yaml")
    try write(Self.table, to: "table.txt")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: path))
  }

  private func run(_ arguments: String...) throws -> (text: String, status: Int32) {
    try Program.run(arguments, in: folder)
  }

  @Test func `a directory is one network to every command`() throws {
    let trace = try run("trace", "net", "10.0.0.4")
    #expect(
      trace.status == 0 && trace.text.contains("reachable") && trace.text.contains("(line 1 of net/routes.json)"),
      "\(trace)")
    #expect(try run("routes", "net").text.contains("10.0.0.0/24"))
    #expect(try run("observe", "net", "table.txt").text.contains("2 of 2 pushed routes are in the table"))
    #expect(try run("diagram", "net").text.contains("It has 1 route."))
    #expect(try run("import", "net").text.contains("destination: 10.0.0.0/24"))
    let diff = try run("diff", "net", "later")
    #expect(diff.status == 0)
    #expect(diff.text.contains("net/servers.json:1 -> later/servers.json:1"), "\(diff.text)")
    for format in ["sarif", "github"] {
      #expect(try run("diff", "net", "later", "--format", format).text.contains("later/servers.json"))
    }
  }

  @Test func `a directory without JSON is refused`() throws {
    let (text, status) = try run("trace", "empty", "10.0.0.4")
    #expect(status == 2 && text.contains("this one has none"), "\(text)")
  }

  // MARK: Routes that the input does not tell

  @Test func `trace says that the routes are not known`() throws {
    #expect(try run("trace", "net/servers.json", "10.0.0.4").text.contains("are not all known"))
  }

  @Test func `routes says that rows are missing`() throws {
    #expect(try run("routes", "net/servers.json").text.contains("are not all known"))
    #expect(try run("routes", "net/servers.json", "--format", "json").text.contains("\"routes_known\": false"))
    #expect(try run("routes", "net", "--format", "json").text.contains("\"routes_known\": true"))
  }

  @Test func `observe calls nothing left over`() throws {
    let text = try run("observe", "net/servers.json", "table.txt").text
    #expect(text.contains("1 of 1 pushed routes that are known are in the table"), "\(text)")
    #expect(text.contains("unknown   10.0.0.0/24") && !text.contains("not pushed any more"), "\(text)")
    #expect(text.contains("add the routes of VPN server `team-vpn` to the input"))
    let json = try run("observe", "net/servers.json", "table.txt", "--format", "json").text
    #expect(json.contains("\"left_over\": []") && json.contains("\"unknown\": [\"10.0.0.0/24\"]"), "\(json)")
  }

  @Test func `diagram says that routes are not known`() throws {
    let text = try run("diagram", "net/servers.json").text
    #expect(text.contains("Its routes are not known.") && !text.contains("It forwards nothing."))
  }

  // MARK: Settings

  @Test(arguments: ["sarif", "github"]) func `settings decide about the findings of diff`(_ format: String) throws {
    let rule = "update-disconnects-clients"
    #expect(try run("diff", "net", "later", "--format", format).text.contains(format == "sarif" ? rule : "::warning"))
    try write("rules: {\(rule): error}\n", to: ".vpnlint.yaml")
    #expect(
      try run("diff", "net", "later", "--format", format).text.contains(
        format == "sarif" ? "\"level\": \"error\"" : "::error"))
    try write("rules: {\(rule): off}\n", to: "off.yaml")
    for options in [["--config", "off.yaml"], ["--no-config"]] {
      let text = try Program.run(["diff", "net", "later", "--format", format] + options, in: folder).text
      #expect(text.contains("\(rule)\"") == (options.count == 1 && format == "sarif") || format == "github")
      #expect(format == "sarif" || text.contains("::warning") == (options.count == 1))
    }
    try write("rules: {no-such-rule: off}\n", to: ".vpnlint.yaml")
    #expect(try run("diff", "net", "later", "--format", format).status == 1)
    #expect(try run("diff", "net", "later").status == 0)
    #expect(try run("diff", "net", "later", "--format", format, "--config", "off.yaml", "--no-config").status == 2)
  }
}
