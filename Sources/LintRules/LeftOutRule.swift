/// A rule that could be thought of and is not there, and why.
public struct LeftOutRule: Sendable {
  /// The name that it would have.
  public let name: String
  /// Why it is not there, in one sentence.
  public let reason: String

  /// Makes an entry.
  public init(_ name: String, _ reason: String) { (self.name, self.reason) = (name, reason) }
}

extension RuleCatalog {
  /// What can be wrong with a client VPN and is not looked at, because no model holds the facts.
  public static let leftOut: [LeftOutRule] = [
    LeftOutRule(
      "certificate-expired", "A model names the certificate of a server by its CRN and does not hold its dates."),
    LeftOutRule(
      "certificate-expiring", "A model names the certificate of a server by its CRN and does not hold its dates."),
    LeftOutRule(
      "certificate-updated-in-place",
      "A model names a certificate by its CRN: that another one stands under the same CRN cannot be seen in two models."
    ),
    LeftOutRule(
      "ca-chain-too-long", "A model does not hold the certificates of a chain, which may have 11 authorities."),
    LeftOutRule("ca-issuer-url-missing", "Whether a private CA encodes its URL stands in its certificates alone."),
    LeftOutRule(
      "client-cert-wrong-eku", "What a certificate of a client may be used for stands in that certificate alone."),
    LeftOutRule("client-cert-wrong-issuer", "Who issued the certificate of a client stands in that certificate alone."),
    LeftOutRule(
      "client-ca-is-public",
      "A CRN does not tell whether a client CA is private, or one from which anybody gets certificates."),
    LeftOutRule(
      "secrets-manager-authorization-missing",
      "Whether VPN servers may read secrets stands in policies of IAM, for which a model has no key."),
    LeftOutRule(
      "vpn-client-role-missing",
      "Which users have the role VPN Client stands in policies of IAM, for which a model has no key."),
    LeftOutRule(
      "cbr-blocks-client", "Context-based restrictions of an account have no key in a model."),
    LeftOutRule(
      "sg-acl-port-mismatch",
      "Rules that open another port than that of the server are told by a note of the four rules about the blocked tunnel."
    ),
    LeftOutRule("quota-vpcs", "A model holds one VPC, and the quota is for all of a region."),
    LeftOutRule("quota-vpn-gateways", "A model has no VPN gateways, only networks behind them."),
    LeftOutRule("quota-reserved-ips", "A model does not hold the reserved addresses of a region."),
    LeftOutRule(
      "quota-authentications", "How many clients log in within a second cannot be seen in a list of sessions."),
  ]
}
