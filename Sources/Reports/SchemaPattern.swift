/// Regular expressions for values, in the part of ECMA-262 that every validator knows.
enum SchemaPattern {
  private static let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
  private static let quad = "\(octet)(?:\\.\(octet)){3}"
  private static let length = "/(?:3[0-2]|[12]?[0-9])"
  private static let portNumber =
    "(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"

  static let address = "^\(quad)(?:/32)?$"
  static let network = "^\(quad)\(length)$"
  static let networkOrAddress = "^\(quad)(?:\(length))?$"
  /// A network, an address, or a text that cannot be meant as one.
  static let peer = "^(?:\(quad)(?:\(length))?|[^/:]*[^/:.0-9][^/:]*)$"
  /// A network, an address, or a name, which is neither IPv6 nor begins like an address.
  static let target = "^(?:\(quad)(?:\(length))?|(?!(?:[0-9a-fA-F/.]*:){2}[0-9a-fA-F/.:]*$)(?:[^0-9].*|[0-9][^.]*)?)$"
  static let service = "^(?:icmp|(?:tcp|udp)/\(portNumber))$"
  static let ports = "^[0-9]+(?:-[0-9]+)?$"
  static let numberedProtocol = "^number_(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])$"
  /// The words for true and false of YAML 1.1 that later versions take as texts.
  static let oldFlag = "^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$"
  static let time =
    "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    + "(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?"
    + "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))?$"
  /// A path that stays below its folder.
  static let pathBelow = "^(?!/)(?!(?:.*/)?\\.\\.(?:/|$)).+$"
}
