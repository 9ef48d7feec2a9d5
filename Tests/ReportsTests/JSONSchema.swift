/// Validates values by a JSON Schema (draft 2020-12, or 7 as that of SARIF). It knows the keywords that vpnlint and SARIF
/// write and fails on any other, so that nothing is passed over in silence.
final class JSONSchema {
  /// A schema that cannot be used.
  struct Unusable: Error, CustomStringConvertible {
    let description: String
  }

  let root: JSONValue
  private var patterns: [String: Regex<AnyRegexOutput>] = [:]

  init(_ root: JSONValue?) throws {
    guard let root else { throw Unusable(description: "not JSON") }
    self.root = root
  }

  /// What is wrong with a value, a sentence each with its path.
  func problems(of value: JSONValue) throws -> [String] { try problems(of: value, by: root, at: "") }

  func problems(of value: JSONValue, by schema: JSONValue, at path: String = "") throws -> [String] {
    switch schema {
    case .flag(true): return []
    case .flag(false): return ["\(path): not allowed"]
    case .object(let keywords):
      var problems: [String] = []
      for (keyword, operand) in keywords.sorted(by: { $0.key < $1.key }) {
        problems += try self.problems(of: value, by: keyword, operand, in: schema, at: path)
      }
      return problems
    default: throw Unusable(description: "\(path): a schema is an object or a flag")
    }
  }

  /// Every schema below the root with its path, for tests of the schema itself.
  func everySchema() throws -> [(path: String, schema: JSONValue)] { try schemas(below: root, at: "#") }

  private func schemas(below schema: JSONValue, at path: String) throws -> [(path: String, schema: JSONValue)] {
    var found = [(path, schema)]
    guard case .object(let keywords) = schema else { return found }
    for (keyword, operand) in keywords.sorted(by: { $0.key < $1.key }) {
      switch keyword {
      case "items", "not", "additionalProperties": found += try schemas(below: operand, at: "\(path)/\(keyword)")
      case "properties", "patternProperties", "$defs":
        for key in operand.keys {
          guard let inner = operand[key] else { continue }
          found += try schemas(below: inner, at: "\(path)/\(keyword)/\(key)")
        }
      case "anyOf", "oneOf", "allOf":
        for (index, inner) in operand.items.enumerated() {
          found += try schemas(below: inner, at: "\(path)/\(keyword)/\(index)")
        }
      default: break
      }
    }
    return found
  }

  private func problems(
    of value: JSONValue, by keyword: String, _ operand: JSONValue, in schema: JSONValue, at path: String
  ) throws -> [String] {
    switch keyword {
    case "$schema", "$comment", "$defs", "title", "description", "default", "examples": return []
    case "$id", "id", "definitions": return []
    case "format": return problems(of: value, format: operand.string, at: path)
    case "minItems":
      guard case .integer(let least) = operand else { throw Unusable(description: "minItems is no whole number") }
      return value.type == "array" && value.items.count < least ? ["\(path): fewer than \(least) items"] : []
    case "uniqueItems":
      let items = value.items.map(\.json)
      return operand == .flag(true) && Set(items).count < items.count ? ["\(path): an item is there twice"] : []
    case "$ref": return try problems(of: value, by: target(operand), at: path)
    case "type":
      let types = operand.string.map { [$0] } ?? operand.items.compactMap(\.string)
      let isOneOf = types.contains(value.type) || (value.type == "integer" && types.contains("number"))
      return isOneOf ? [] : ["\(path): \(value.type) instead of \(types.joined(separator: " or "))"]
    case "enum": return operand.items.contains(value) ? [] : ["\(path): \(value.json) is not one of \(operand.json)"]
    case "anyOf", "oneOf", "allOf": return try problems(of: value, combined: keyword, operand.items, at: path)
    case "not": return try problems(of: value, by: operand, at: path).isEmpty ? ["\(path): \(operand.json) holds"] : []
    case "minimum", "maximum": return try problems(of: value, bound: keyword, operand, at: path)
    case "pattern":
      guard let text = value.string, try !matches(text, operand) else { return [] }
      return ["\(path): \(value.json) does not match \(operand.json)"]
    case "items":
      return try value.items.enumerated().flatMap { try problems(of: $1, by: operand, at: "\(path)/\($0)") }
    case "required":
      guard case .object(let fields) = value else { return [] }
      return operand.items.compactMap(\.string).filter { fields[$0] == nil }.map { "\(path): no `\($0)`" }
    case "properties":
      return try value.keys.flatMap { key in
        guard let inner = operand[key], let field = value[key] else { return [String]() }
        return try problems(of: field, by: inner, at: "\(path)/\(key)")
      }
    case "patternProperties":
      return try value.keys.flatMap { key in
        try operand.keys.filter { try matches(key, .text($0)) }.flatMap { pattern -> [String] in
          guard let inner = operand[pattern], let field = value[key] else { return [] }
          return try problems(of: field, by: inner, at: "\(path)/\(key)")
        }
      }
    case "additionalProperties":
      return try value.keys.flatMap { key in
        let isKnown = try hasKey(key, schema)
        guard !isKnown, let field = value[key] else { return [String]() }
        return try problems(of: field, by: operand, at: "\(path)/\(key)")
      }
    default: throw Unusable(description: "\(path): unknown keyword `\(keyword)`")
    }
  }

  private func problems(
    of value: JSONValue, combined keyword: String, _ schemas: [JSONValue], at path: String
  ) throws -> [String] {
    let results = try schemas.map { try problems(of: value, by: $0, at: path) }
    let holding = results.filter(\.isEmpty).count
    switch keyword {
    case "allOf": return results.flatMap { $0 }
    case "anyOf" where holding > 0, "oneOf" where holding == 1: return []
    default: return ["\(path): \(keyword): \(holding) of \(results.count) hold: \(results.flatMap { $0 })"]
    }
  }

  /// References of RFC 3986 have no blanks and other characters that must be written with `%`.
  private func problems(of value: JSONValue, format: String?, at path: String) -> [String] {
    guard format == "uri" || format == "uri-reference", let text = value.string else { return [] }
    let isReference = text.wholeMatch(of: /([A-Za-z0-9\-._~:\/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*/) != nil
    return isReference ? [] : ["\(path): \(value.json) is no \(format ?? "")"]
  }

  private func problems(
    of value: JSONValue, bound keyword: String, _ operand: JSONValue, at path: String
  ) throws -> [String] {
    guard case .integer(let bound) = operand else { throw Unusable(description: "\(keyword) is no whole number") }
    let number: Double
    switch value {
    case .integer(let integer): number = Double(integer)
    case .number(let double): number = double
    default: return []
    }
    let holds = keyword == "minimum" ? number >= Double(bound) : number <= Double(bound)
    return holds ? [] : ["\(path): \(value.json) is beyond the \(keyword) \(bound)"]
  }

  /// Whether the schema of an object speaks of a key.
  func hasKey(_ key: String, _ schema: JSONValue) throws -> Bool {
    if schema["properties"]?[key] != nil { return true }
    return try (schema["patternProperties"]?.keys ?? []).contains { try matches(key, .text($0)) }
  }

  private func matches(_ text: String, _ pattern: JSONValue) throws -> Bool {
    guard let source = pattern.string else { throw Unusable(description: "a pattern is a text") }
    let regex = try patterns[source] ?? Regex(source)
    patterns[source] = regex
    return text.firstMatch(of: regex) != nil
  }

  /// The schema that a `$ref` names: `#/$defs/subnet`.
  func target(_ reference: JSONValue) throws -> JSONValue {
    let parts = (reference.string ?? "").split(separator: "/")
    guard parts.count == 3, parts[0] == "#", let target = root[String(parts[1])]?[String(parts[2])] else {
      throw Unusable(description: "\(reference.json) leads nowhere")
    }
    return target
  }
}
