import Linting
import Reports
import SourceText
import Testing

/// What fixes change, as a unified diff.
struct UnifiedDiffTests {
  private func diff(_ text: String, name: String = "net.yaml", isShown: Bool = false) -> String {
    let file = SourceFile(name: name, bytes: Array(text.utf8))
    return UnifiedDiff.text(Linter().fix(file, .changesReachability), isShown: isShown)
  }

  private static let text = """
    vpc: {subnets: [{name: a, ipv4_cidr_block: 10.0.0.0/24}]}
    # 2
    # 3
    # 4
    vpn_servers:
      - name: client-vpn
        client_ip_pool: 192.168.253.0/22
        enable_split_tunneling: true
        # 9
        # 10
        # 11
        # 12
        # 13
        # 14
        # 15
        routes: []
    """

  @Test func `changes far from each other are hunks of their own`() {
    #expect(
      diff(Self.text) == """
        --- net.yaml
        +++ net.yaml
        @@ -4,7 +4,7 @@
         # 4
         vpn_servers:
           - name: client-vpn
        -    client_ip_pool: 192.168.253.0/22
        +    client_ip_pool: 192.168.252.0/22
             enable_split_tunneling: true
             # 9
             # 10
        @@ -13,4 +13,4 @@
             # 13
             # 14
             # 15
        -    routes: []
        \\ No newline at end of file
        +    routes: [{destination: 10.0.0.0/24, action: deliver}]
        \\ No newline at end of file

        """)
  }

  @Test func `line ends of Windows stay in the diff, and are left out on a terminal`() {
    let text = Self.text.replacing("\n", with: "\r\n")
    #expect(diff(text).utf8.count { $0 == 13 } == 11)
    #expect(diff(text, isShown: true).utf8.count { $0 == 13 } == 0)
  }

  @Test func `nothing to fix is no diff`() {
    #expect(diff("vpc: {subnets: []}\nvpn_servers: []\n").isEmpty)
  }

  @Test func `a name does not act`() {
    #expect(diff(Self.text, name: "a\u{1B}[2J.yaml").hasPrefix("--- a\\u{1B}[2J.yaml\n"))
  }
}
