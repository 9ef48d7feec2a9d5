import ClientVPN

/// The part of a schema that says which values a key takes. Keywords that concern one type alone stand side by side, so
/// that editors see at a glance what to offer; null is as if the key were absent.
struct ValueSchema {
  private let shape: ValueShape
  /// The name of the key, below which a page of the API has its list.
  private let key: String
  private let isOptional: Bool

  init(_ shape: ValueShape, of key: String, isOptional: Bool = false) {
    (self.shape, self.key, self.isOptional) = (shape, key, isOptional)
  }

  func write(itemExamples: [PlainValue] = [], to writer: inout JSONWriter) {
    switch shape {
    case .object(let kind): writeObject(kind, to: &writer)
    case .objectOrLink(let kind): Self.writeLink(besides: kind, to: &writer)
    case .list(let item): writeList(of: item, itemExamples, to: &writer)
    case .word(let words): writeWords(words, to: &writer)
    case .wordOrBelow(let inner, let words): Self.writeWords(words, orBelow: inner, to: &writer)
    case .filterProtocol(let words): Self.writeProtocols(words, to: &writer)
    case .integer(let range):
      writeType(["integer"], to: &writer)
      if let range {
        writer.number("minimum", range.lowerBound)
        if range.upperBound != .max { writer.number("maximum", range.upperBound) }
      }
    case .flag: writeType(["boolean", "string"], pattern: SchemaPattern.oldFlag, to: &writer)
    case .time: writeType(["string"], pattern: SchemaPattern.time, to: &writer)
    case .service: writeType(["string"], pattern: SchemaPattern.service, to: &writer)
    case .ports:
      writeType(["integer", "string"], pattern: SchemaPattern.ports, to: &writer)
      writer.number("minimum", 0)
    case .text(let inner): writeText(["string", "number"], orBelow: inner, to: &writer)
    case .reference: writeText(["string", "number"], orBelow: ["name", "id", "crn", "href"], to: &writer)
    case .address: writeText(pattern: SchemaPattern.address, orBelow: ["address"], to: &writer)
    case .nextHop: writeText(pattern: SchemaPattern.address, orBelow: ["address"], mayLackIt: true, to: &writer)
    case .network: writeText(pattern: SchemaPattern.network, orBelow: ["cidr_block"], to: &writer)
    case .networkOrAddress:
      writeText(pattern: SchemaPattern.networkOrAddress, orBelow: ["cidr_block", "address"], to: &writer)
    case .anything: return
    case .peer: writePeer(to: &writer)
    case .target: writeType(["string", "integer"], pattern: SchemaPattern.target, to: &writer)
    }
  }

  private func writeType(_ types: [String], pattern: String? = nil, to writer: inout JSONWriter) {
    let types = types + (isOptional ? ["null"] : [])
    if types.count == 1 { writer.string("type", types[0]) } else { writer.strings("type", types) }
    if let pattern { writer.string("pattern", pattern) }
  }

  // MARK: Objects and lists

  private func writeObject(_ kind: ModelObject, to writer: inout JSONWriter) {
    guard isOptional else { return Self.writeReference(to: kind, &writer) }
    writer.array("anyOf") { writer in
      writer.object(inline: true) { Self.writeReference(to: kind, &$0) }
      writer.object(inline: true) { $0.string("type", "null") }
    }
  }

  private static func writeReference(to kind: ModelObject, _ writer: inout JSONWriter) {
    writer.string("$ref", "#/$defs/\(kind.rawValue)")
  }

  /// An object, or what the API gives in its place: where it can be read.
  private static func writeLink(besides kind: ModelObject, to writer: inout JSONWriter) {
    writer.array("anyOf") { writer in
      writer.object(inline: true) { writeReference(to: kind, &$0) }
      writer.object { writer in
        writer.string("description", "A reference of the API: the \(kind.title) is there, and not modelled.")
        writer.string("type", "object")
        writer.strings("required", ["href"])
        writer.object("properties", inline: true) { $0.bool("destination", false) }
      }
    }
  }

  /// A list, or a page of the API that holds it: `{"first": …, "limit": 50, "total_count": 1, "routes": […]}`.
  private func writeList(of item: ValueShape, _ examples: [PlainValue], to writer: inout JSONWriter) {
    func writeItems(_ writer: inout JSONWriter) {
      writer.object("items") { writer in
        writer.examples(examples)
        ValueSchema(item, of: key).write(to: &writer)
      }
    }
    writeType(["array", "object"], to: &writer)
    writeItems(&writer)
    writer.strings("required", [key])
    writer.object("properties") { writer in
      writer.object(key) { writer in
        writer.string("description", "The list in a page of the API's answer.")
        writer.string("type", "array")
        writeItems(&writer)
      }
    }
  }

  // MARK: Words

  private func writeWords(_ words: [String], to writer: inout JSONWriter) {
    writeType(["string"], to: &writer)
    writer.array("enum", inline: true) { writer in
      for word in words { writer.string(nil, word) }
      if isOptional { writer.null() }
    }
  }

  private static func writeWords(_ words: [String], orBelow inner: String, to writer: inout JSONWriter) {
    writer.array("anyOf") { writer in
      writer.object(inline: true) { $0.strings("enum", words) }
      writer.object { writer in
        writer.string("type", "object")
        writer.strings("required", [inner])
        writer.object("properties") { writer in
          writer.object(inner, inline: true) { $0.strings("enum", words) }
        }
      }
    }
  }

  private static func writeProtocols(_ words: [String], to writer: inout JSONWriter) {
    writer.string("type", "string")
    writer.array("anyOf") { writer in
      writer.object(inline: true) { $0.strings("enum", words) }
      writer.object(inline: true) { $0.string("pattern", SchemaPattern.numberedProtocol) }
    }
  }

  // MARK: Texts, and the API's objects that have them

  private func writeText(
    _ types: [String] = ["string"], pattern: String? = nil, orBelow inner: [String], mayLackIt: Bool = false,
    to writer: inout JSONWriter
  ) {
    writeType(types + (inner.isEmpty ? [] : ["object"]), pattern: pattern, to: &writer)
    guard !inner.isEmpty else { return }
    if !mayLackIt { Self.writeOneRequired(inner, to: &writer) }
    writer.object("properties") { writer in
      for name in inner {
        writer.object(name, inline: true) { writer in
          if types.count == 1 { writer.string("type", types[0]) } else { writer.strings("type", types) }
          if let pattern { writer.string("pattern", pattern) }
        }
      }
    }
  }

  private func writePeer(to writer: inout JSONWriter) {
    writeType(["string", "object"], pattern: SchemaPattern.peer, to: &writer)
    Self.writeOneRequired(["cidr_block", "address", "name", "id", "crn"], to: &writer)
    writer.object("properties") { writer in
      for (name, pattern) in [
        ("cidr_block", SchemaPattern.networkOrAddress), ("address", SchemaPattern.networkOrAddress),
      ] {
        writer.object(name, inline: true) {
          $0.string("type", "string")
          $0.string("pattern", pattern)
        }
      }
      for name in ["name", "id", "crn"] {
        writer.object(name, inline: true) { $0.strings("type", ["string", "number"]) }
      }
    }
  }

  private static func writeOneRequired(_ names: [String], to writer: inout JSONWriter) {
    guard names.count > 1 else { return writer.strings("required", names) }
    writer.array("anyOf", inline: true) { writer in
      for name in names { writer.object { $0.strings("required", [name]) } }
    }
  }
}
