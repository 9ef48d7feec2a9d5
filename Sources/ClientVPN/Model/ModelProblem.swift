public import IPv4Space
public import SourceText

/// Something in a document that the decoder could not take as it is.
public struct ModelProblem: Hashable, Sendable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    /// If the nearest key is in the object already, `other` is the key that stands for it.
    case unknownKey(String, nearest: String?, effect: String?)
    case missingKey(String)
    /// A document that has neither of the two required keys.
    case noModel
    /// `used` tells which value was taken all the same.
    case wrongType(key: String, expected: String, found: String, used: String?)
    case invalidCIDR(key: String, text: String, IPv4Notation.Problem)
    case invalidAddress(key: String, text: String, IPv4Notation.Problem)
    case ipv6(String)
    case invalidValue(key: String, text: String, expected: String, nearest: String?)
    /// `synonym` is the other name under which the key was given first.
    case duplicateKey(String, synonym: String?)
    case duplicateName(kind: String, name: String)
    /// `known` are the names there are if eight or fewer, `count` is their number.
    case unresolvedReference(kind: String, name: String, nearest: String?, known: [String], count: Int)
    /// Two resources say different things about one attachment.
    case contradictingAttachment(kind: String, subnet: String, here: String, there: String)
    case unsupportedVersion(String)
    case unsupportedProvider(String)
  }

  /// What is wrong.
  public let kind: Kind
  /// The place to edit.
  public let span: Span
  /// The other place that took part, if any.
  public let other: Span?
  /// Path of the resource by names, such as `vpn_servers/client-vpn`.
  public let path: String
  /// The resource in words, such as "VPN server `client-vpn`".
  public let object: String

  /// Makes a problem.
  public init(kind: Kind, span: Span, other: Span?, path: String, object: String) {
    self.kind = kind
    self.span = span
    self.other = other
    self.path = path
    self.object = object
  }
}
