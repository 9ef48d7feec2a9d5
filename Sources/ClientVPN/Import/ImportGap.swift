public import SourceText

/// Something that a model, or the text that it was imported from, does not tell: what depends on it is not known.
public struct ImportGap: Hashable, Sendable {
  /// Path of the resource in the model by names, such as `vpc/subnets/app`.
  public let resource: String
  /// The field that is not known, such as `network_acl`.
  public let field: String
  /// The fact, one line that stands alone: "the network ACL of subnet `app` is not known until apply".
  public let fact: String
  /// What follows for verdicts and why, for a note.
  public let consequence: String
  /// Where it says so.
  public let span: Span

  /// Whether it is about VPN servers, or about the whole input.
  public var isAboutServers: Bool { resource.hasPrefix("vpn_servers") || resource.isEmpty }

  /// Makes a gap.
  public init(_ resource: String, _ field: String, _ fact: String, _ consequence: String, at span: Span) {
    self.resource = resource
    self.field = field
    self.fact = fact
    self.consequence = consequence
    self.span = span
  }
}
