/// Writes `ip -j route`: one line, the keys in the order of iproute2.
enum IPRouteJSONWriter {
  static func write(_ rows: [SystemRow]) -> String {
    "[" + rows.map(object).joined(separator: ",") + "]\n"
  }

  private static func object(_ row: SystemRow) -> String {
    var members: [String] = []
    if !row.kind.isEmpty { members.append(member("type", row.kind)) }
    members.append(member("dst", IPRouteWriter.destination(row)))
    var attributes = row.attributes
    if row.metric != 0 { attributes.append(SystemRow.Attribute("metric", String(row.metric))) }
    let isSingle = row.nextHops.isEmpty
    members += path(isSingle ? row.gateway : .onLink, isSingle ? row.interface : "", attributes)
    if !isSingle {
      let hops = row.nextHops.map { braced(path($0.gateway, $0.interface, $0.attributes)) }
      members.append("\"nexthops\":[" + hops.joined(separator: ",") + "]")
    }
    return braced(members)
  }

  private static func braced(_ members: [String]) -> String { "{" + members.joined(separator: ",") + "}" }

  private static func path(
    _ gateway: SystemRow.Gateway, _ interface: String, _ attributes: [SystemRow.Attribute]
  ) -> [String] {
    var members = attributes.filter { IPRouteWord.leading.contains($0.name) }.map(member)
    switch gateway {
    case .onLink: break
    case .ipv6(let address): members.append("\"via\":" + braced([member("family", "inet6"), member("host", address)]))
    case .address, .masked: members.append(member("gateway", gateway.text))
    }
    if !interface.isEmpty { members.append(member("dev", interface)) }
    return members + rest(IPRouteWord.ordered(attributes))
  }

  /// What follows the interface: flags as a list, which is always there, and metrics as an object in a list.
  private static func rest(_ attributes: [SystemRow.Attribute]) -> [String] {
    let flags = attributes.filter(\.value.isEmpty)
    let metrics = attributes.filter { IPRouteWord.metrics.contains($0.name) && !$0.value.isEmpty }
    var before: [String] = []
    var after: [String] = []
    for attribute in attributes where !attribute.value.isEmpty && !IPRouteWord.metrics.contains(attribute.name) {
      if IPRouteWord.comesBeforeFlags(attribute.name) {
        before.append(member(attribute))
      } else {
        after.append(attribute.name == "realm" ? realm(attribute.value) : member(attribute))
      }
    }
    let list = "\"flags\":[" + flags.map { quoted($0.name) }.joined(separator: ",") + "]"
    let objects = metrics.isEmpty ? [] : ["\"metrics\":[" + braced(metrics.map(metric)) + "]"]
    return before + [list] + after + objects
  }

  private static func realm(_ value: String) -> String {
    let parts = value.split(separator: "/", maxSplits: 1).map(String.init)
    let members = parts.count == 2 ? [member("from", parts[0]), member("to", parts[1])] : [member("to", value)]
    return "\"flow\":" + braced(members)
  }

  /// Without the unit, and without `lock`, which JSON does not show.
  private static func metric(_ attribute: SystemRow.Attribute) -> String {
    var value = attribute.value[...]
    if value.hasPrefix("lock ") { value = value.dropFirst(5) }
    if IPRouteWord.milliseconds.contains(attribute.name), value.hasSuffix("ms") { value = value.dropLast(2) }
    return member(SystemRow.Attribute(attribute.name, String(value)))
  }

  private static func member(_ attribute: SystemRow.Attribute) -> String {
    let isNumber = IPRouteWord.numbers.contains(attribute.name) && isNumber(attribute.value)
    let name = IPRouteWord.jsonName(attribute.name)
    return isNumber ? "\(quoted(name)):\(attribute.value)" : member(name, attribute.value)
  }

  private static func isNumber(_ text: String) -> Bool {
    Int(text).map { String($0) == text } ?? false
  }

  private static func member(_ name: String, _ value: String) -> String { "\(quoted(name)):\(quoted(value))" }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
