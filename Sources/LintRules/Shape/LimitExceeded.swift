import SourceText
import SourceTree

/// A text that asks for more than a reader is willing to give.
enum LimitExceeded: Rule {
  static let info = RuleInfo(
    code: "VPN012", name: "limit-exceeded", severity: .error, isMandatory: true,
    summary: "the file is too large, nests too deep, its aliases stand for too much, or it has too many findings",
    why: """
      A few lines of aliases can stand for billions of values, and deep nesting costs time out of proportion. Reading \
      stops at a limit, so that one file cannot hold up a run. No network needs that much.
      """,
    repair:
      "Divide the file, write it with less nesting, or write out what the aliases stand for; options raise the limits.",
    source: "README, \"Limits\"",
    examples: [
      .bad(
        "256 lists, one inside the other",
        """
        vpc: \(String(repeating: "[", count: 255))⟦[⟧\(String(repeating: "]", count: 256))
        vpn_servers: []
        """),
      .good(
        "an anchor and its alias",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: &app 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: *app}]
        """),
    ])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for problem in subject.syntaxProblems {
      switch problem.kind {
      case .tooDeep(let limit): report(tooDeep(limit, problem.span))
      case .tooLarge(let limit): report(tooLarge(limit, problem.span))
      case .tooManyAliases(let limit): report(tooManyAliases(limit, problem.span))
      case .tooManyTagDirectives(let limit): report(tooManyTagDirectives(limit, problem.span))
      default: continue
      }
    }
    if let untold = subject.untold { report(tooManyFindings(untold.limit, untold.first)) }
  }

  private static func tooDeep(_ limit: Int, _ span: Span) -> Finding {
    finding(
      "the file nests more than \(limit) level\(limit == 1 ? "" : "s") deep", Cause("file", "depth"), at: span,
      "one level more than \(limit)"
    )
    .note("levels below an alias count where it stands")
    .help("write the model with less nesting; a model needs about six levels")
    .help(
      limit < SourceLimits.largestDepth
        ? "or raise the limit with --max-depth, up to \(SourceLimits.largestDepth)"
        : "the limit of \(limit) cannot be raised: the time to read nested brackets grows with the square of their number"
    )
  }

  private static func tooLarge(_ limit: Int, _ span: Span) -> Finding {
    let size = limit < 1 << 20 ? "\(limit) bytes" : "\(limit >> 20) MiB"
    return finding("the file is larger than \(size)", Cause("file", "size"), at: span, "not read")
      .help("divide the file, one VPC a file, or raise the limit with --max-size")
  }

  private static func tooManyAliases(_ limit: Int, _ span: Span) -> Finding {
    finding(
      "the aliases of the file stand for more than \(limit) value\(limit == 1 ? "" : "s")", Cause("file", "aliases"),
      at: span, "passes the limit here"
    )
    .note("each alias counts as all the values of its anchor")
    .help("write out what the aliases stand for, divide the file, or raise the limit with --max-aliases")
  }

  private static func tooManyFindings(_ limit: Int, _ span: Span) -> Finding {
    finding(
      "the file has more than \(limit) finding\(limit == 1 ? "" : "s"); the rest are left out",
      Cause("file", "findings"), at: span, "the first that is left out"
    )
    .help("repair what is reported and run vpnlint again, or raise the limit with --max-findings")
  }

  private static func tooManyTagDirectives(_ limit: Int, _ span: Span) -> Finding {
    finding(
      "the file has more than \(limit) `%TAG` lines", Cause("file", "tag-directives"), at: span,
      "one more than \(limit)"
    )
    .help("remove the `%TAG` lines; a model needs none")
  }
}
