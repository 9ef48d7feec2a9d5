import Foundation
import IPv4Space

/// One run as a shell script: build everything, connect, look, disconnect. What it sees it prints below headings.
///
/// The script lives in namespaces of its own for mounts, processes and the network. When it ends, however it ends, the
/// kernel takes away everything that it has made: processes, network namespaces, files.
struct LabRun {
  let configuration: LabConfiguration

  /// The command that runs it.
  func command() throws -> [String] {
    Self.confined(try script())
  }

  /// What makes a command root's.
  static let asRoot = NSUserName() == "root" ? [] : ["sudo", "-n"]

  /// A command for a script in namespaces of its own.
  static func confined(_ script: String) -> [String] {
    asRoot + [
      "timeout", "--signal=KILL", "60", "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child",
      "--mount-proc", "sh", "-euc", script,
    ]
  }

  private func script() throws -> String {
    let gateway = try IPv4Prefix(cidr: configuration.memberPool).host(1)
    let probes = configuration.probes.joined(separator: " ")
    return """
      \(Self.workplace)
      \(try LabNetwork(configuration: configuration).script())
      \(try LabTunnel(configuration: configuration).script())

      table() { echo "@@ $1"; ip -n client -j route show; }
      start() { ip netns exec "$1" openvpn --config "$1.conf" & }
      ready() {
        for try in $(seq 500); do
          if grep -qs 'Initialization Sequence Completed' "$1.log"; then return 0; fi
          kill -0 "$2" 2>/dev/null || return 1
          sleep 0.02
        done
        return 1
      }

      start server
      ready server $! || { cat server.log; exit 1; }
      table before
      began=$(date +%s%N)
      start client
      client=$!
      if ready client $client; then echo "@@ connected"; echo $(($(date +%s%N) - began)); fi
      table during
      ip netns exec client sh <<'END'
      for address in \(probes); do
        echo "@@ route $address"
        ip -j route get $address 2>&1 && ip -j route get fibmatch $address 2>&1
      done
      for address in \(probes); do ping -n -c 1 -W 1 $address >ping.$address 2>&1 & done
      ping -n -c 1 -W 1 -I tun0 \(gateway) >ping.gateway 2>&1 &
      wait
      for address in \(probes) gateway; do echo "@@ ping $address"; cat ping.$address; done
      END
      echo "@@ log"
      cat client.log
      kill $client && wait $client || true
      table after
      """
  }

  /// A folder in memory. It hides the machine's own list of named network namespaces.
  private static let workplace = """
    mount -t tmpfs lab /run
    mkdir /run/lab
    cd /run/lab
    """
}
