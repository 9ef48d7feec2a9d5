import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A text that is not an IPv4 address or network.
enum InvalidCIDR: ModelRule {
  static let info = RuleInfo(
    code: "VPN005", name: "invalid-cidr", severity: .error,
    summary: "a value is not an IPv4 address or network in CIDR notation",
    why: """
      The service refuses such a value, and nothing can be said about the addresses that were meant. Numbers with \
      leading zeros are refused because some programs read them as octal.
      """,
    repair: "Write four numbers from 0 to 255 with dots between, and for a network a slash and a length from 0 to 32.",
    source: "Terraform provider, resource_ibm_is_vpn_server: pattern of a CIDR",
    examples: [
      .bad(
        "a number over 255, and a network without a length",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: ⟦10.0.300.0/24⟧}
            - {name: web, ipv4_cidr_block: ⟦10.0.2.0⟧}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "networks with their lengths",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      switch problem.kind {
      case .invalidCIDR(let key, let text, let reason):
        report(malformed(key, words(reason, text, form: "10.0.0.0/24"), problem))
      case .invalidAddress(let key, let text, let reason):
        report(malformed(key, words(reason, text, form: "10.0.0.5"), problem))
      default: continue
      }
    }
  }

  private struct Words {
    let fact, label, help: String
    var note: String?
  }

  private static func malformed(
    _ key: String, _ words: Words, _ problem: ModelProblem
  ) -> Finding {
    finding(
      "`\(key)`\(problem.ofObject) \(words.fact)", Cause(problem.resource, key), at: problem.span, words.label
    )
    .note(words.note)
    .help(words.help)
  }

  private static func words(_ problem: IPv4Notation.Problem, _ text: String, form: String) -> Words {
    switch problem {
    case .ipv6, .notFourOctets:
      Words(
        fact: "is not four numbers with dots between", label: "not of the form \(form)",
        help: "write an address of the form \(form)")
    case .octetTooLarge(let octet):
      Words(
        fact: "has a number over 255", label: "\(octet) is over 255, the highest number of an address",
        help: "write numbers from 0 to 255")
    case .leadingZero(let digits):
      Words(
        fact: "has a number with a leading zero", label: "a number begins with \(digits)",
        help: "write \(withoutLeadingZeros(text)) if the numbers are decimal",
        note: "some programs read numbers with a leading zero as octal, 010 as 8")
    case .lengthMissing:
      Words(fact: "has no prefix length", label: "an address where a network goes", help: networkHelp(text))
    case .lengthOutOfRange(let length):
      Words(
        fact: length.isEmpty ? "has nothing after the slash" : "has a prefix length that is not 0 to 32",
        label: length.isEmpty ? "the prefix length is missing" : "/\(length) is not a length from 0 to 32",
        help: maskHelp(text, length) ?? "write the number of bits that the network fixes, such as /24")
    case .notAnAddress:
      Words(
        fact: "is a network where one address goes", label: "a network, not one address",
        help: "write one address without a prefix length, of the form \(form)")
    }
  }

  private static func networkHelp(_ text: String) -> String {
    guard let address = try? IPv4Notation.address(text) else { return "write the length, such as /24" }
    if address.bits == 0 { return "write 0.0.0.0/0 for every address" }
    return "write \(IPv4Prefix(address, length: 24).canonical), or \(address)/32 for the single address"
  }

  /// Of a mask in place of a length, the same network with the length.
  private static func maskHelp(_ text: String, _ mask: String) -> String? {
    guard let bits = (try? IPv4Notation.address(mask))?.bits else { return nil }
    let prefix = IPv4Prefix(IPv4Address(bits: bits), length: UInt8((~bits).leadingZeroBitCount))
    guard prefix.mask == bits else { return nil }
    return "write the mask as a length: \(text.dropLast(mask.utf8.count))\(prefix.length)"
  }

  private static func withoutLeadingZeros(_ text: String) -> String {
    var result = ""
    for (character, next) in zip(text, text.dropFirst() + ".") {
      let beginsNumber = result.last.map { !$0.isNumber } ?? true
      if character == "0", beginsNumber, next.isNumber { continue }
      result.append(character)
    }
    return result
  }
}
