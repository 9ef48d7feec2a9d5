import SourceText
import SourceTree

/// What expressions of a configuration refer to.
struct TerraformExpressions {
  let json: JSONText

  init(json: JSONText) { self.json = json }

  /// Addresses by the expressions that they stand in: modules that refer to each other are gone through many times.
  private final class Addresses {
    var known: [NodeIndex: [TerraformAddress]] = [:]
  }

  private let addresses = Addresses()

  func addresses(in expression: NodeIndex) -> [TerraformAddress] {
    if let known = addresses.known[expression] { return known }
    let found = longest(references(in: expression).map { json.tree.text($0) }).map { TerraformAddress($0) }
    addresses.known[expression] = found
    return found
  }

  /// The references of an expression, however deep they stand in its blocks.
  func references(in expression: NodeIndex) -> [NodeIndex] {
    switch json.tree.kind(expression) {
    case .sequence: json.tree.items(expression).flatMap(references)
    case .mapping:
      json.tree.keys(expression).flatMap { key in
        let value = json.tree.value(ofKey: key)
        guard json.tree.text(key) == "references", json.tree.kind(value) == .sequence else {
          return references(in: value)
        }
        return Array(json.tree.items(value))
      }
    case .scalar, .alias: []
    }
  }

  /// Terraform lists `a.b.id` together with `a.b`; the longer one says more.
  private func longest(_ references: [String]) -> [String] {
    var beginnings: Set<Substring> = []
    for reference in references {
      for index in reference.utf8.indices where [UInt8(ascii: "."), UInt8(ascii: "[")].contains(reference.utf8[index]) {
        beginnings.insert(reference[..<index])
      }
    }
    return references.filter { !beginnings.contains($0[...]) }
  }

  func place(of expression: NodeIndex) -> Span {
    json.span(references(in: expression).first ?? expression)
  }
}
