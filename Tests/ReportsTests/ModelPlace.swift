import ClientVPN
import SourceText
import SourceTree

/// A place in a model where an object of some kind stands, with the smallest model around it.
struct ModelPlace {
  /// The schema of the object.
  let schema: JSONValue
  /// The smallest object of the kind.
  private let smallest: [String: JSONValue]
  /// Puts an object into the model.
  private let surround: (JSONValue) -> JSONValue

  /// A place of every kind of object in a schema, by the kind's name there.
  static func all(_ schema: JSONSchema) throws -> [String: ModelPlace] {
    let root = try ModelPlace(schema.root, schema) { $0 }
    var places = ["model": root]
    var open = [root]
    while let place = open.popLast() {
      for key in place.schema["properties"]?.keys ?? [] {
        guard let value = place.schema["properties"]?[key] else { continue }
        let alternatives = [value] + (value["anyOf"]?.items ?? [])
        let items = [value["items"]].compactMap { $0 }.flatMap { [$0] + ($0["anyOf"]?.items ?? []) }
        for (found, isItem) in alternatives.map({ ($0, false) }) + items.map({ ($0, true) }) {
          guard let reference = found["$ref"], let name = reference.string?.split(separator: "/").last.map(String.init),
            places[name] == nil
          else { continue }
          let inner = try ModelPlace(schema.target(reference), schema) { object in
            place.around(key, isItem ? .list([object]) : object)
          }
          places[name] = inner
          open.append(inner)
        }
      }
    }
    return places
  }

  private init(_ object: JSONValue, _ schema: JSONSchema, surround: @escaping (JSONValue) -> JSONValue) throws {
    (self.schema, self.surround) = (object, surround)
    var smallest: [String: JSONValue] = [:]
    // An object that does not say that it does not know something.
    let alternatives = (object["allOf"]?.items ?? []).compactMap {
      $0["anyOf"]?.items.last?["oneOf"]?.items.first?["required"]
    }
    for name in ([object["anyOf"]?.items.last?["required"]].compactMap { $0 } + alternatives).flatMap(\.items)
      .compactMap(\.string)
    {
      guard let value = object["properties"]?[name] else { continue }
      smallest[name] = try Self.smallestValue(value, schema)
    }
    self.smallest = smallest
  }

  private static func smallestValue(_ schema: JSONValue, _ whole: JSONSchema) throws -> JSONValue {
    if let reference = schema["$ref"] {
      return .object(try ModelPlace(whole.target(reference), whole) { $0 }.smallest)
    }
    let types = schema["type"]?.string.map { [$0] } ?? schema["type"]?.items.compactMap(\.string) ?? []
    if types.first == "array" { return .list([]) }
    let word = schema["enum"]?.items.first ?? schema["anyOf"]?.items.first?["enum"]?.items.first
    return schema["examples"]?.items.first ?? word ?? .text("x")
  }

  private func around(_ key: String, _ value: JSONValue) -> JSONValue {
    var object = smallest
    object[key] = value
    return surround(.object(object))
  }

  /// What the decoder finds wrong with the form of the model if the smallest object is given a further key, or another
  /// value for one that it has.
  func problems(adding key: String, _ value: JSONValue) -> [ModelProblem.Kind] {
    var object = smallest
    for pair in synonyms where pair.contains(key) {
      for name in pair { object[name] = nil }
    }
    object[key] = value
    let file = SourceFile(name: "model.json", bytes: Array(surround(.object(object)).json.utf8))
    let tree = SourceTree.read(file)
    return tree.documents.flatMap { Decoder.model(of: $0, in: tree).problems }.map(\.kind).filter(Self.isOfForm)
  }

  /// Names of which one alone can stand in the object.
  private var synonyms: [[String]] {
    (schema["allOf"]?.items ?? [])
      .map { $0["anyOf"]?.items.last?["oneOf"]?.items.flatMap { $0["required"]?.items ?? [] } ?? [] }
      .map { $0.compactMap(\.string) }
  }

  /// Names that lead nowhere, or that contradict each other, are beyond a schema.
  private static func isOfForm(_ kind: ModelProblem.Kind) -> Bool {
    switch kind {
    case .unresolvedReference, .contradictingAttachment, .duplicateName: false
    // Whether it is a part of the client pool.
    case .invalidValue("tunnel_network", _, _, _): false
    default: true
    }
  }
}
