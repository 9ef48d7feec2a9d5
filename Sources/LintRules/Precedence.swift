public import SourceText

/// Which rule speaks where several see the same thing.
public enum Precedence {
  /// For each rule the rules whose findings it silences: those with a cause that meets its own (SPEC §3). Group 0,
  /// `expectation-not-met`, pairs with one repair and the states of a server are added to the list of the specification
  /// where an effect would be told twice.
  static let silences: [String: Set<String>] = {
    let intent: Set = [
      "subnet-without-server-route", "subnet-partly-covered-by-routes", "full-tunnel-without-default-route",
      "expectation-not-met",
    ]
    let services: Set = [
      "private-dns-without-service-route", "dns-server-unreachable", "service-dns-without-endpoint-route",
      "vpe-subnet-without-route",
    ]
    let loop: Set = [
      "subnet-without-server-route", "route-covers-server-public-ip", "deliver-to-internet", "route-destination-public",
      "route-wider-than-vpc", "expectation-not-met",
    ]
    let beyond: Set = [
      "client-pool-overlaps-route-destination", "client-pool-overlaps-other-vpc", "client-pool-overlaps-on-prem",
      "client-pool-overlaps-classic",
    ]
    return [
      "full-tunnel-without-server-routes": intent.union(["subnet-covered-only-by-drop"]).union(services),
      "split-tunnel-without-server-routes": intent.union(services),
      "split-tunnel-default-route": loop,
      "split-tunnel-def1-routes": loop,
      "route-covers-server-public-ip": [
        "deliver-to-internet", "route-destination-public", "route-destination-unrelated", "expectation-not-met",
      ],
      "deliver-to-internet": [
        "route-redundant", "route-destination-public", "route-destination-unrelated", "route-wider-than-vpc",
        "expectation-not-met", "deliver-to-service-endpoints", "private-dns-without-service-route",
        "dns-server-unreachable",
      ],
      "route-destination-special": [
        "deliver-to-internet", "route-destination-public", "route-destination-unrelated",
        "split-drop-route-captures-traffic",
      ],
      "route-destination-public": ["route-destination-unrelated", "route-wider-than-vpc"],
      "full-tunnel-without-default-route": ["expectation-not-met"],
      "subnet-covered-only-by-drop": [
        "subnet-partly-covered-by-routes", "subnet-without-server-route", "split-drop-route-captures-traffic",
      ],
      "subnet-partly-covered-by-routes": [
        "subnet-without-server-route", "expectation-not-met", "vpe-subnet-without-route", "dns-server-unreachable",
      ],
      "subnet-without-server-route": ["expectation-not-met", "vpe-subnet-without-route", "dns-server-unreachable"],
      "vpe-subnet-without-route": ["expectation-not-met"],
      "private-dns-without-service-route": [
        "dns-server-unreachable", "service-dns-without-endpoint-route", "deliver-to-service-endpoints",
        "expectation-not-met",
      ],
      "dns-server-unreachable": [
        "service-dns-without-endpoint-route", "deliver-to-service-endpoints", "expectation-not-met",
      ],
      "expectation-not-met": ["service-dns-without-endpoint-route", "deliver-to-service-endpoints"],
      "acl-without-rules": [
        "server-uses-default-security-group", "server-sg-blocks-tunnel", "server-acl-blocks-tunnel-inbound",
        "server-acl-blocks-tunnel-outbound", "workload-acl-blocks-vpn", "server-acl-blocks-route-traffic",
        "dangling-acl",
      ],
      "security-group-without-rules": [
        "server-uses-default-security-group", "server-sg-blocks-tunnel", "server-sg-blocks-destination",
        "workload-sg-blocks-client-pool", "workload-sg-blocks-vpn-subnet", "vpe-dns-port-blocked",
        "dangling-security-group",
      ],
      "client-pool-overlaps-address-prefix": beyond.union(["client-pool-overlaps-subnet"]),
      "client-pool-overlaps-subnet": beyond,
      "client-pool-overlaps-other-vpc": ["client-pool-overlaps-route-destination", "client-pool-overlaps-classic"],
      "client-pool-overlaps-on-prem": ["client-pool-overlaps-route-destination", "client-pool-overlaps-classic"],
      "user-route-conflicts-with-client-pool": ["user-route-more-specific-than-pool-route"],
      "service-route-hand-written": ["route-name-reserved"],
      "service-route-outside-pool": ["service-route-missing-or-extra"],
      "service-route-next-hop-stale": ["service-route-missing-or-extra"],
      "client-pool-overlaps-reserved-range": ["client-pool-not-private"],
      "client-pool-prefix-length": ["client-pool-too-small"],
      "subnet-prefix-length": ["vpn-subnet-too-small"],
      "route-destination-duplicate": ["route-redundant", "route-shadowed-by-more-specific"],
      "route-shadowed-by-more-specific": ["route-redundant"],
      "server-uses-default-security-group": ["server-sg-blocks-tunnel"],
      "route-shadowed-by-client-lan": ["route-equals-existing-client-route", "route-captures-client-lan"],
      "server-health-reason": ["server-not-ready-for-routes"],
      "server-suspended": ["server-not-ready-for-routes"],
      "auth-fields-mixed": [
        "certificate-auth-without-client-ca", "username-auth-without-identity-provider", "crl-missing",
        "uploaded-crl-disables-ca-crl",
      ],
      "certificate-auth-without-client-ca": ["crl-missing", "uploaded-crl-disables-ca-crl"],
      "crl-expired": ["uploaded-crl-disables-ca-crl"],
    ]
  }()

  /// Rules whose findings only findings at least as heavy may stand for: an expectation is written by hand, and what
  /// clients lose without DNS or an endpoint weighs more than a subnet that is judged by an info.
  private static let givesWayToEquals: Set = [
    "expectation-not-met", "dns-server-unreachable", "vpe-subnet-without-route",
  ]

  /// For each rule the rules that silence it.
  private static let silencers: [String: [String]] = silences.reduce(into: [:]) { result, row in
    for silenced in row.value { result[silenced, default: []].append(row.key) }
  }

  /// The findings of one document that remain, in the same order: effects of others are taken away, and of equal
  /// causes the heaviest finding stays.
  public static func apply(_ findings: [Finding]) -> [Finding] {
    guard findings.count > 1 else { return findings }
    var causes: [Key: Extents] = [:]
    for finding in findings where silences[finding.rule] != nil {
      causes[Key(finding.rule, finding), default: Extents()].insert(finding)
    }
    for key in causes.keys { causes[key]?.prepare() }
    let remaining = findings.filter { finding in
      let least = givesWayToEquals.contains(finding.rule) ? finding.severity : .info
      return !(silencers[finding.rule] ?? []).contains { silencer in
        causes[Key(silencer, finding)]?.meet(finding.cause.extent, atLeast: least) ?? false
      }
    }
    return withoutEqualCauses(remaining)
  }

  /// Of equal causes the heaviest finding stays. Where one rule finds the same in two places, because two resources
  /// have one name or two values are wrong alike, both stay and the later gets a number.
  private static func withoutEqualCauses(_ findings: [Finding]) -> [Finding] {
    var result: [Finding?] = []
    var speakers: [String: [Int]] = [:]
    for var finding in findings {
      let subject = finding.cause.subject
      if let rivals = speakers[subject], let last = rivals.last.flatMap({ result[$0] }) {
        if last.rule == finding.rule, last.primary.span != finding.primary.span {
          finding.cause = finding.cause.numbered(rivals.count + 1)
        } else {
          if last.speaksBefore(finding) { continue }
          for rival in rivals { result[rival] = nil }
          speakers[subject] = []
        }
      }
      speakers[subject, default: []].append(result.count)
      result.append(finding)
    }
    return result.compactMap(\.self)
  }

  /// Findings of one rule about one resource.
  private struct Key: Hashable {
    let rule, resource: String

    init(_ rule: String, _ finding: Finding) {
      self.rule = rule
      resource = finding.cause.resource
    }
  }

  /// The extents of findings, by severity, made to answer whether one of them meets another extent: sorted by their
  /// lower bounds, each with the highest upper bound so far.
  private struct Extents {
    private var spans: [Severity: [(lower: UInt32, upper: UInt32)]] = [:]

    mutating func insert(_ finding: Finding) {
      let extent = finding.cause.extent ?? 0...UInt32.max
      spans[finding.severity, default: []].append((extent.lowerBound, extent.upperBound))
    }

    mutating func prepare() {
      for severity in spans.keys {
        var sorted = (spans[severity] ?? []).sorted { $0.lower < $1.lower }
        for index in sorted.indices.dropFirst() {
          sorted[index].upper = max(sorted[index].upper, sorted[index - 1].upper)
        }
        spans[severity] = sorted
      }
    }

    func meet(_ extent: ClosedRange<UInt32>?, atLeast least: Severity) -> Bool {
      guard let extent else { return spans.keys.contains { $0 >= least } }
      return spans.contains { severity, sorted in
        guard severity >= least else { return false }
        var (low, high) = (0, sorted.count)
        while low < high {
          let middle = (low + high) / 2
          if sorted[middle].lower <= extent.upperBound { low = middle + 1 } else { high = middle }
        }
        return low > 0 && sorted[low - 1].upper >= extent.lowerBound
      }
    }
  }
}

extension Finding {
  /// Of two findings with equal causes the heavier speaks; of equally heavy ones that with the lower code.
  fileprivate func speaksBefore(_ other: Finding) -> Bool {
    severity == other.severity ? code <= other.code : severity > other.severity
  }
}
