import IPv4Space

/// The two ends of the tunnel: OpenVPN's settings.
struct LabTunnel {
  let configuration: LabConfiguration

  /// Shell commands that write all files of both ends into the current folder.
  func script() throws -> String {
    """
    \(Self.certificates)
    mkdir clients
    \(file("server.conf", try server()))
    \(file("clients/DEFAULT", try pushed().map { "push \"\($0)\"" }))
    \(file("client.conf", client()))
    """
  }

  /// What the server pushes: its routes and the pool if only they are to go through the tunnel; otherwise only the order
  /// to send everything.
  func pushed() throws -> [String] {
    var options = ["redirect-gateway def1"]
    if configuration.mode == .split {
      options = try (configuration.routes.map(\.destination) + [configuration.pool]).map { destination in
        let prefix = try IPv4Prefix(cidr: destination)
        return "route \(prefix.address) \(prefix.dottedMask)"
      }
    }
    return options + configuration.dns.map { "dhcp-option DNS \($0)" } + configuration.serverPush
  }

  /// An authority and two certificates for one run.
  private static let certificates = """
    : >empty.cnf
    certificate() {
      name=$1
      shift
      openssl req -x509 -config empty.cnf -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \\
        -subj "/CN=$name" -keyout "$name.key" -out "$name.crt" "$@" 2>openssl.log || { cat openssl.log; exit 1; }
    }
    certificate ca -addext basicConstraints=critical,CA:TRUE
    for end in server client; do
      certificate $end -CA ca.crt -CAkey ca.key \\
        -addext keyUsage=digitalSignature -addext extendedKeyUsage=${end}Auth
    done
    """

  private func server() throws -> [String] {
    let member = try IPv4Prefix(cidr: configuration.memberPool)
    let (ping, restart) = (configuration.keepalive.first ?? 10, configuration.keepalive.last ?? 60)
    return common("server") + [
      "server \(member.first) \(member.dottedMask)", "topology subnet", "local \(configuration.serverPublicIP)",
      "port 443", "dh none", "keepalive \(ping) \(restart)", "client-config-dir clients", "verb 3",
      configuration.transport == .udp ? "proto udp4" : "proto tcp4-server",
    ] + (configuration.transport == .udp ? ["explicit-exit-notify 1"] : [])
  }

  private func client() -> [String] {
    common("client") + [
      "client", "remote \(configuration.serverPublicIP) 443", "nobind", "remote-cert-tls server", "verb 4",
      configuration.transport == .udp ? "proto udp4" : "proto tcp4-client",
    ] + configuration.clientDirectives
  }

  private func common(_ name: String) -> [String] {
    // In the kernel's own OpenVPN packets take another way; only newer versions know the word.
    ["dev tun0", "dev-type tun", "ignore-unknown-option disable-dco", "disable-dco", "script-security 1"]
      + ["ca ca.crt", "cert \(name).crt", "key \(name).key", "log \(name).log"]
  }

  private func file(_ name: String, _ lines: [String]) -> String {
    "cat >\(name) <<'END'\n\(lines.joined(separator: "\n"))\nEND"
  }
}
