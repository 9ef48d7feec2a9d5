import ClientVPN
import Forwarding
import SourceText

/// A server name that the service refuses.
enum ServerNameInvalid: ModelRule {
  static let info = RuleInfo(
    code: "VPN705", name: "server-name-invalid", severity: .error,
    summary: "the name of the server is not one that the service accepts",
    why: "The service refuses to create the server, or to rename it.",
    repair: """
      Write lower-case letters, digits and hyphens, at most 63, beginning with a letter and not ending with a hyphen. \
      Clients that are connected notice nothing of a new name.
      """,
    source: "Terraform provider and IBM VPC SDK: pattern of names",
    examples: [
      .bad(
        "capitals and an underscore",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: ⟦Client_VPN⟧
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "letters, digits and hyphens",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn-2
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let provider = analysis.model.provider
    let reported = placesOfMissingNames(analysis.model.problems)
    var next = 0
    for server in analysis.model.servers where !server.nameIsUnknown && !provider.isValidName(server.name.value) {
      // Servers and problems both stand in the order of the file.
      while next < reported.count, reported[next] < server.span.start { next += 1 }
      let isReported = next < reported.count && reported[next] < server.span.end
      if server.name.value.isEmpty, isReported { continue }
      report(refused(server, provider))
    }
  }

  /// Where a server is reported already because its name is absent or not text.
  private static func placesOfMissingNames(_ problems: [ModelProblem]) -> [UInt32] {
    problems.compactMap { problem in
      switch problem.kind {
      case .missingKey("name"), .wrongType("name", _, _, _):
        return problem.path.contains("/routes/") ? nil : problem.span.start
      default: return nil
      }
    }
  }

  private static func refused(_ server: VPNServer, _ provider: ProviderProfile) -> Finding {
    let name = server.name.value
    let better = mended(name, provider)
    return finding(
      name.isEmpty ? "a VPN server has an empty name" : "the service refuses the name of \(server.inWords)",
      Cause(server.path, "name"), at: server.name.span, fault(name, provider)
    )
    .note("a name is at most \(provider.longestName) lower-case letters, digits and hyphens, a letter first")
    .help(better.map { "write a name such as `\($0)`" } ?? "choose a name of this form")
  }

  /// The first thing that is wrong with the name.
  private static func fault(_ name: String, _ provider: ProviderProfile) -> String {
    let isLetter = { (character: Character) in ("a"..."z").contains(character) }
    guard let first = name.first else { return "no name" }
    if let other = name.first(where: { !isLetter($0) && !("0"..."9").contains($0) && $0 != "-" }) {
      return "`\(other)` is not a lower-case letter, digit or hyphen"
    }
    if !isLetter(first) { return "begins with `\(first)`, not with a letter" }
    if name.hasSuffix("-") { return "ends with a hyphen" }
    return "\(Words.count(name.utf8.count, "character")), \(name.utf8.count - provider.longestName) too many"
  }

  /// The name in lower case with hyphens for what is not allowed, if that makes a name.
  private static func mended(_ name: String, _ provider: ProviderProfile) -> String? {
    let better = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    return provider.isValidName(better) ? better : nil
  }
}
