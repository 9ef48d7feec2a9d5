import SourceText

/// A network of 200 subnets in three zones, two servers with 40 routes each, and 14 networks beyond the VPC.
enum LargeModel {
  static let file = SourceFile(name: "large.yaml", bytes: Array(text.utf8))

  private static let text = """
    vpc:
      name: large
      subnets:
    \(subnets)
    vpn_servers:
    \(server("vpn-a", pool: "172.16.0.0/20", length: 18, step: 64))
    \(server("vpn-b", pool: "172.17.0.0/20", length: 20, step: 48))
    networks:
    \((0..<14).map { "  - {name: office-\($0), cidrs: [192.168.\($0).0/24], via: vpn_gateway}" }.joined(separator: "\n"))
    """

  private static let subnets = (0..<200).map { number in
    let (zone, place) = (number % 3, number / 3)
    let block = "10.\(zone * 64 + place / 16).\(place % 16 * 16).0/20"
    return "    - {name: subnet-\(number), ipv4_cidr_block: \(block), zone: jp-tok-\(zone + 1)}"
  }.joined(separator: "\n")

  private static func server(_ name: String, pool: String, length: Int, step: Int) -> String {
    let routes = (0..<40).map { number in
      let (zone, place) = (number / 14, number % 14)
      return "      - {destination: 10.\(zone * 64 + place / 4).\(place % 4 * 64 + (step == 64 ? 0 : 16)).0/\(length)}"
    }
    return "  - name: \(name)\n    client_ip_pool: \(pool)\n    enable_split_tunneling: true\n    routes:\n"
      + routes.joined(separator: "\n")
  }
}
