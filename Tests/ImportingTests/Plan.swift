/// A plan of Terraform with a VPC, subnets `app` and `vpn`, and a VPN server with a route to `app`, for tests to change.
struct Plan {
  var resources: [String] = []
  var changes: [String] = []
  var configuration: [String] = []
  var modules = ""
  var planned = ""
  var more = ""

  static let server =
    #""client_ip_pool": "192.168.252.0/22", "certificate_crn": "crn:v1:bluemix:public:secrets-manager:jp-tok:a/0123456789abcdef0123456789abcdef:11111111-2222-3333-4444-555555555555:secret:66666666-7777-8888-9999-000000000000", "#
    + #""client_authentication": [{"method": "username", "identity_provider": "iam"}]"#

  init(
    server: String = #"\#(Plan.server), "enable_split_tunneling": true"#,
    _ expressions: [String: String] = ["subnets": "ibm_is_subnet.vpn.id"], unknown: String = "", route: Bool = true
  ) {
    add("ibm_is_vpc", "main", #""name": "main", "address_prefix_management": "manual""#, [:])
    for (name, cidr) in [("app", "10.0.0.0/24"), ("vpn", "10.0.9.0/28")] {
      add(
        "ibm_is_subnet", name, #""name": "\#(name)", "zone": "jp-tok-1", "ipv4_cidr_block": "\#(cidr)""#,
        ["vpc": "ibm_is_vpc.main.id"])
    }
    add("ibm_is_vpn_server", "vpn", #""name": "team-vpn", \#(server)"#, expressions, unknown: unknown)
    if route {
      add(
        "ibm_is_vpn_server_route", "app", #""name": "app", "destination": "10.0.0.0/24", "action": "deliver""#,
        ["vpn_server": "ibm_is_vpn_server.vpn.id"])
    }
  }

  /// A resource with its values, what gives other arguments, and those that the plan calls unknown.
  mutating func add(
    _ type: String, _ name: String, _ values: String, _ expressions: [String: String], unknown: String = "",
    key: String? = nil
  ) {
    let address = "\(type).\(name)" + (key.map { #"[\"\#($0)\"]"# } ?? "")
    let index = key.map { #""index": "\#($0)", "# } ?? ""
    resources.append(
      #"{"address": "\#(address)", "mode": "managed", "type": "\#(type)", "name": "\#(name)", \#(index)"values": {\#(values)}}"#
    )
    changes.append(
      #"{"address": "\#(address)", "mode": "managed", "type": "\#(type)", "name": "\#(name)", "#
        + #""change": {"actions": ["create"], "after": {\#(values)}, "after_unknown": {\#(unknown)}}}"#)
    let block = #"{"mode": "managed", "type": "\#(type)", "name": "\#(name)", "#
    if configuration.contains(where: { $0.hasPrefix(block) }) { return }
    let arguments = expressions.sorted { $0.key < $1.key }.map { #""\#($0.key)": \#(Self.expression($0.value))"# }
    configuration.append(block + #""expressions": {\#(arguments.joined(separator: ", "))}}"#)
  }

  /// References as Terraform writes them: each with its beginnings. What begins with a bracket stands as it is.
  private static func expression(_ references: String) -> String {
    if references.hasPrefix("{") || references.hasPrefix("[") { return references }
    let all = references.split(separator: " ").flatMap { reference -> [String] in
      let parts = reference.split(separator: ".")
      return [String(reference)] + (parts.count > 2 ? [parts.dropLast().joined(separator: ".")] : [])
    }
    return #"{"references": [\#(all.map { "\"\($0.replacing("\"", with: "\\\""))\"" }.joined(separator: ", "))]}"#
  }

  var text: String {
    """
    {"format_version": "1.2", \(more)
     "planned_values": {"root_module": {"resources": [\(resources.joined(separator: ",\n"))]\(planned)}},
     "resource_changes": [\(changes.joined(separator: ",\n"))],
     "configuration": {"root_module": {"resources": [\(configuration.joined(separator: ",\n"))], "module_calls": {\(modules)}}}}
    """
  }
}
