import ClientVPN
import Forwarding
import SourceText

// How resources of a plan of Terraform are called in findings.

extension PlannedChange {
  /// The resource in words: "VPN server `x`".
  var inWords: String {
    switch resource {
    case .vpnServer: "VPN server `\(name)`"
    case .serverRoute: "VPN server route `\(name)`"
    case .subnet: "subnet `\(name)`"
    case .networkACL: "network ACL `\(name)`"
    case .networkACLRule: "network ACL rule `\(name)`"
    }
  }

  /// A cause about the resource.
  func cause(_ aspect: String) -> Cause { Cause("plan/\(address)", aspect) }
}

/// A rule about what a plan of Terraform is about to do.
protocol PlanRule: ModelRule {
  static func check(_ change: PlannedChange, _ report: (Finding) -> Void)
}

extension PlanRule {
  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for change in analysis.model.changes { check(change, report) }
  }

  /// A finding about a change, with the place of its resource.
  static func finding(
    _ message: String, _ change: PlannedChange, _ aspect: String, at span: Span, _ label: String
  ) -> Finding {
    finding(message, change.cause(aspect), at: span, label).label(change.span, "this resource of the plan")
  }
}
