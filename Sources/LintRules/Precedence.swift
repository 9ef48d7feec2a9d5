public import SourceText

/// Which rule speaks where several see the same thing.
public enum Precedence {
  /// For each rule the rules whose findings it silences: those with a cause that meets its own (SPEC §3). Group 0 and
  /// `expectation-not-met` are added to the list of the specification where an effect would be told twice.
  static let silences: [String: Set<String>] = {
    let intent: Set = [
      "subnet-without-server-route", "subnet-partly-covered-by-routes", "full-tunnel-without-default-route",
      "expectation-not-met",
    ]
    let loop: Set = [
      "subnet-without-server-route", "route-covers-server-public-ip", "deliver-to-internet", "route-destination-public",
      "route-wider-than-vpc", "expectation-not-met",
    ]
    return [
      "full-tunnel-without-server-routes": intent,
      "split-tunnel-without-server-routes": intent,
      "split-tunnel-default-route": loop,
      "split-tunnel-def1-routes": loop,
      "route-covers-server-public-ip": [
        "deliver-to-internet", "route-destination-public", "route-destination-unrelated", "expectation-not-met",
      ],
      "deliver-to-internet": [
        "route-redundant", "route-destination-public", "route-destination-unrelated", "route-wider-than-vpc",
        "expectation-not-met",
      ],
      "route-destination-public": ["route-destination-unrelated", "route-wider-than-vpc"],
      "full-tunnel-without-default-route": ["expectation-not-met"],
      "subnet-covered-only-by-drop": [
        "subnet-partly-covered-by-routes", "subnet-without-server-route", "split-drop-route-captures-traffic",
      ],
      "subnet-partly-covered-by-routes": ["subnet-without-server-route", "expectation-not-met"],
      "subnet-without-server-route": ["expectation-not-met"],
      "client-pool-overlaps-address-prefix": ["client-pool-overlaps-route-destination", "client-pool-overlaps-subnet"],
      "client-pool-overlaps-subnet": ["client-pool-overlaps-route-destination"],
      "client-pool-overlaps-reserved-range": ["client-pool-not-private"],
      "subnet-prefix-length": ["vpn-subnet-too-small"],
      "route-destination-duplicate": ["route-redundant", "route-shadowed-by-more-specific"],
      "route-shadowed-by-more-specific": ["route-redundant"],
    ]
  }()

  /// The findings of one document that remain, in the same order: effects of others are taken away, and of equal
  /// causes the heaviest finding stays.
  public static func apply(_ findings: [Finding]) -> [Finding] {
    var byResource: [String: [Finding]] = [:]
    for finding in findings where silences[finding.rule] != nil {
      byResource[finding.cause.resource, default: []].append(finding)
    }
    var heaviest: [String: Int] = [:]
    var kept: [Finding?] = findings.map { finding in
      let rivals = byResource[finding.cause.resource] ?? []
      let isEffect = rivals.contains { rival in
        silences[rival.rule]?.contains(finding.rule) ?? false && rival.cause.meets(finding.cause)
          && (finding.rule != "expectation-not-met" || rival.severity >= finding.severity)
      }
      return isEffect ? nil : finding
    }
    for (index, finding) in kept.enumerated() {
      guard let finding else { continue }
      guard let other = heaviest[finding.cause.subject], let rival = kept[other] else {
        heaviest[finding.cause.subject] = index
        continue
      }
      let staysFirst = (rival.severity, finding.code) >= (finding.severity, rival.code)
      kept[staysFirst ? index : other] = nil
      heaviest[finding.cause.subject] = staysFirst ? other : index
    }
    return kept.compactMap(\.self)
  }
}
