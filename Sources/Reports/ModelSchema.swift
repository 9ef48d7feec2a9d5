import ClientVPN

/// The JSON Schema of the model file (draft 2020-12), for editors: made from the keys that the decoder takes.
public enum ModelSchema {
  /// The text of the schema.
  public static func text(toolVersion: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      SchemaHead.write(
        title: "Model of a VPC with client VPN servers", command: "vpnlint schema", toolVersion, to: &writer)
      write(.model, to: &writer)
      writer.object("$defs") { writer in
        for kind in ModelObject.allCases where kind != .model {
          writer.object(kind.rawValue) { writer in
            writer.string("title", kind.title)
            write(kind, to: &writer)
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private static func write(_ kind: ModelObject, to writer: inout JSONWriter) {
    let keys = kind.keys
    writer.string("description", kind.text)
    writer.string("type", "object")
    let required = keys.filter { $0.isRequired && $0.synonym == nil }.map(\.name)
    if !required.isEmpty { writeRequired(required, to: &writer) }
    writeRivals(keys, to: &writer)
    writer.object("properties") { writer in
      for key in keys {
        write(key, to: &writer)
        if let synonym = key.synonym { write(key, asSynonym: synonym, to: &writer) }
      }
      writeNotKnown(keys, to: &writer)
    }
    writer.object("patternProperties") { writer in
      writer.object(passivePattern(beside: keys)) {
        $0.string("description", "A key of the API that says nothing about reachability: accepted, and not read.")
      }
    }
    writer.bool("additionalProperties", false)
  }

  /// Keys that an object has, unless it says that it does not know something.
  private static func writeRequired(_ keys: [String], to writer: inout JSONWriter) {
    writer.array("anyOf") { writer in
      writer.object(inline: true) { $0.strings("required", [ModelObject.notKnown.name]) }
      writer.object(inline: true) { $0.strings("required", keys) }
    }
  }

  private static func writeNotKnown(_ keys: [KeyDescription], to writer: inout JSONWriter) {
    writer.object(ModelObject.notKnown.name) { writer in
      writer.string("description", ModelObject.notKnown.text)
      let names = keys.flatMap { [$0.name] + ($0.synonym.map { [$0] } ?? []) }
      ValueSchema(.list(.word(names)), of: ModelObject.notKnown.name, isOptional: true).write(
        itemExamples: [], to: &writer)
    }
  }

  /// Keys of which an object has one alone.
  private static func writeRivals(_ keys: [KeyDescription], to writer: inout JSONWriter) {
    let pairs = keys.flatMap { key in
      (key.synonym.map { [(key, $0)] } ?? []) + key.meaning.rivals.map { (key, $0) }
    }
    guard !pairs.isEmpty else { return }
    writer.array("allOf") { writer in
      for (key, rival) in pairs {
        writer.object { writer in
          if key.isRequired {
            writer.array("anyOf") { writer in
              writer.object(inline: true) { $0.strings("required", [ModelObject.notKnown.name]) }
              writer.object { writer in
                writer.array("oneOf") { writer in
                  for name in [key.name, rival] { writer.object(inline: true) { $0.strings("required", [name]) } }
                }
              }
            }
          } else {
            writer.object("not", inline: true) { $0.strings("required", [key.name, rival]) }
          }
        }
      }
    }
  }

  private static func write(
    _ key: KeyDescription, asSynonym synonym: String? = nil, to writer: inout JSONWriter
  ) {
    writer.object(synonym ?? key.name) { writer in
      let text = key.meaning.text
      writer.string("description", synonym == nil ? text : "In short for `\(key.name)`. \(text)")
      let isList = if case .list = key.meaning.value { true } else { false }
      if let value = key.meaning.defaultValue { writer.plain("default", value) }
      if !isList { writer.examples(key.meaning.examples) }
      ValueSchema(key.meaning.value, of: key.name, isOptional: !key.isRequired)
        .write(itemExamples: isList ? key.meaning.examples : [], to: &writer)
    }
  }

  /// The keys of the API that the object does not have as its own. A pattern, so that editors do not offer them.
  private static func passivePattern(beside keys: [KeyDescription]) -> String {
    let own = Set(keys.flatMap { [$0.name] + ($0.synonym.map { [$0] } ?? []) })
    return "^(?:\(ModelObject.passiveKeys.filter { !own.contains($0) }.joined(separator: "|")))$"
  }
}

/// What stands at the top of each schema.
enum SchemaHead {
  static func write(title: String, command: String, _ toolVersion: String, to writer: inout JSONWriter) {
    writer.string("$schema", "https://json-schema.org/draft/2020-12/schema")
    writer.string("$comment", "Written by `\(command)`, vpnlint \(toolVersion).")
    writer.string("title", title)
  }
}

// What schemas consist of.
extension JSONWriter {
  mutating func strings(_ key: String, _ values: [String]) {
    array(key, inline: true) { writer in
      for value in values { writer.string(nil, value) }
    }
  }

  mutating func plain(_ key: String? = nil, _ value: PlainValue) {
    switch value {
    case .text(let text): string(key, text)
    case .number(let number): self.number(key, number)
    case .flag(let flag): bool(key, flag)
    }
  }

  mutating func examples(_ values: [PlainValue]) {
    guard !values.isEmpty else { return }
    array("examples", inline: true) { writer in
      for value in values { writer.plain(nil, value) }
    }
  }
}
