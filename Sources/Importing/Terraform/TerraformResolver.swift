import SourceText
import SourceTree

/// What an attribute of a resource stands for.
enum TerraformLink {
  /// Another resource of the input, by its position.
  case instance(Int, at: Span)
  /// The default ACL, table or group that a VPC of the input has.
  case vpcDefault(Int, at: Span)
  /// The id of something that the input does not have.
  case foreign(NodeIndex)
  /// Not known until apply; what gives it, and how that is called in a sentence.
  case unknown(String, because: String, at: Span)
}

/// Finds what attributes stand for: by ids where these are known, else by the references of the configuration, through
/// inputs and outputs of modules.
struct TerraformResolver {
  let input: TerraformInput
  private var json: JSONText { input.json }
  /// How many references are followed one after the other.
  private static let deepest = 32

  /// One instance of a module, seen from inside.
  private struct Scope {
    let module: TerraformModule
    let path: [TerraformAddress.Step]
    /// `for_each` of the block in which the reference stands, and the key of the instance.
    let forEach: NodeIndex?
    let key: String?
  }

  /// What a reference leads to.
  private enum Target {
    case instance(Int, attributes: [TerraformAddress.Step])
    case blocked(String, because: String)
  }

  // MARK: Attributes

  /// What an attribute at a path, keys and positions in lists, stands for: nothing if it is not set.
  func links(_ path: [String], of position: Int, to types: Set<String>, depth: Int = 0) -> [TerraformLink] {
    let instance = input.instances[position]
    let value = self.value(at: path, of: instance.values)
    if let value {
      if json.isNull(value) { return [] }
      let known = self.known(value, types)
      let isWhole = json.tree.kind(value) != .sequence || !json.tree.items(value).contains(where: json.isNull)
      if isWhole { return known }
      return merged(known, resolved(path, of: instance, to: types, depth))
    }
    return resolved(path, of: instance, to: types, depth)
  }

  /// What an attribute with one value stands for.
  func link(_ path: String..., of position: Int, to types: Set<String>) -> TerraformLink? {
    let links = links(path, of: position, to: types)
    guard links.count > 1, let first = links.first else { return links.first }
    return .unknown(
      "one of \(links.count)", because: "it is one of \(links.count) resources, and the plan does not tell which",
      at: first.place(json))
  }

  /// The value at a path; null where it is written so.
  private func value(at path: [String], of values: NodeIndex) -> NodeIndex? {
    var node: NodeIndex? = values
    for step in path {
      guard let current = node else { return nil }
      if json.tree.kind(current) == .sequence {
        let items = Array(json.tree.items(current))
        node = Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
      } else {
        node = json.tree.keys(current).first { json.tree.text($0) == step }.map { json.tree.value(ofKey: $0) }
      }
    }
    return node
  }

  private func known(_ value: NodeIndex, _ types: Set<String>) -> [TerraformLink] {
    switch json.tree.kind(value) {
    case .sequence: return json.tree.items(value).filter { !json.isNull($0) }.flatMap { known($0, types) }
    case .mapping: return json.value("id", "crn", of: value).map { known($0, types) } ?? []
    case .scalar, .alias:
      let found = input.instances(withID: json.tree.text(value)).first { types.contains(input.instances[$0].type) }
      return [found.map { .instance($0, at: json.span(value)) } ?? .foreign(value)]
    }
  }

  private func merged(_ known: [TerraformLink], _ others: [TerraformLink]) -> [TerraformLink] {
    var positions = Set(known.compactMap(\.position))
    return known
      + others.filter { link in
        guard let position = link.position else { return true }
        return positions.insert(position).inserted
      }
  }

  // MARK: References

  private func resolved(
    _ path: [String], of instance: TerraformInstance, to types: Set<String>, _ depth: Int
  ) -> [TerraformLink] {
    guard depth < Self.deepest, let module = input.configuration?.module(at: instance.module),
      let expression = input.expression(at: path, of: instance)
    else { return [] }
    let scope = Scope(
      module: module, path: instance.module, forEach: input.block(of: instance)?.forEach, key: instance.key)
    let targets = targets(of: expression, scope, depth + 1)
    let place = self.place(of: expression)
    var links: [TerraformLink] = []
    var seen: Set<Int> = []
    for target in targets {
      guard case .instance(let position, let attributes) = target else { continue }
      for link in follow(position, attributes, to: types, at: place, depth + 1) {
        if let position = link.position, !seen.insert(position).inserted { continue }
        links.append(link)
      }
    }
    guard links.isEmpty else { return links }
    for case .blocked(let what, let reason) in targets { return [.unknown(what, because: reason, at: place)] }
    return targets.isEmpty && !hasReferences(expression)
      ? [] : [.unknown("apply", because: "what gives it is not in the plan", at: place)]
  }

  /// From a resource that a reference names to one of the types that are asked for.
  private func follow(
    _ position: Int, _ attributes: [TerraformAddress.Step], to types: Set<String>, at place: Span, _ depth: Int
  ) -> [TerraformLink] {
    let instance = input.instances[position]
    let attribute = attributes.first?.name
    if types.contains(instance.type), attribute != "vpc" || instance.type == TerraformType.vpc {
      return [.instance(position, at: place)]
    }
    let defaults = [
      "default_network_acl": TerraformType.networkACL, "default_routing_table": TerraformType.routingTable,
      "default_security_group": TerraformType.securityGroup,
    ]
    if instance.type == TerraformType.vpc, let attribute, let type = defaults[attribute], types.contains(type) {
      return [.vpcDefault(position, at: place)]
    }
    guard let attribute else { return [] }
    return links([attribute], of: position, to: types, depth: depth + 1)
  }

  private func targets(of expression: NodeIndex, _ scope: Scope, _ depth: Int) -> [Target] {
    guard depth < Self.deepest else { return [] }
    let references = longest(self.references(in: expression).map { json.tree.text($0) })
    let addresses = references.map { TerraformAddress($0) }
    let isKeyed = addresses.contains { ["each", "count"].contains($0.steps.first?.name) }
    return zip(addresses, references).flatMap { address, text in
      targets(of: address.steps, text, scope, isKeyed: isKeyed, depth + 1)
    }
  }

  private func targets(
    of steps: [TerraformAddress.Step], _ text: String, _ scope: Scope, isKeyed: Bool, _ depth: Int
  ) -> [Target] {
    switch steps.first?.name {
    case "each": return targets(ofEach: scope, depth)
    case "var": return steps.count > 1 ? targets(ofInput: steps[1].name, scope, depth) : []
    case "local":
      return [.blocked(text, because: "it comes from `\(text)`, and a plan does not hold what local values stand for")]
    case "module": return targets(ofOutput: steps, scope, isKeyed: isKeyed, depth)
    case "count", "path", "terraform", "self", nil: return []
    case "data"?: return targets(ofBlock: Array(steps.dropFirst()), text, "data.", scope, isKeyed: isKeyed)
    default: return targets(ofBlock: steps, text, "", scope, isKeyed: isKeyed)
    }
  }

  /// `each.value`: what `for_each` goes through, under the key of this instance where that has keys.
  private func targets(ofEach scope: Scope, _ depth: Int) -> [Target] {
    guard let forEach = scope.forEach else { return [] }
    let all = targets(of: forEach, scope, depth)
    let own = all.filter { target in
      guard case .instance(let position, _) = target else { return false }
      return input.instances[position].key == scope.key
    }
    return own.isEmpty ? all : own
  }

  private func targets(ofInput name: String, _ scope: Scope, _ depth: Int) -> [Target] {
    guard let call = scope.module.call else {
      return [.blocked("var.\(name)", because: "it is given by variable `\(name)`, whose value is not known")]
    }
    guard let expression = json.value(name, of: call.block.expressions) else {
      return [
        .blocked(
          "module.\(call.name).\(name)", because: "input `\(name)` of module `\(call.name)` is left at its default")
      ]
    }
    let outer = Scope(
      module: call.parent, path: scope.path.dropLast(), forEach: call.block.forEach, key: scope.path.last?.key)
    return targets(of: expression, outer, depth)
  }

  private func targets(
    ofOutput steps: [TerraformAddress.Step], _ scope: Scope, isKeyed: Bool, _ depth: Int
  ) -> [Target] {
    guard steps.count > 2, let module = scope.module.calls[steps[1].name]?.module,
      let expression = module.outputs[steps[2].name]
    else { return [] }
    let keys = input.keys(ofModule: steps[1].name, in: scope.path)
    return chosen(keys, steps[1].key, scope, isKeyed: isKeyed) { $0 }.flatMap { key in
      let path = scope.path + [TerraformAddress.Step(name: steps[1].name, key: key)]
      return targets(of: expression, Scope(module: module, path: path, forEach: nil, key: nil), depth)
    }
  }

  private func targets(
    ofBlock steps: [TerraformAddress.Step], _ text: String, _ prefix: String, _ scope: Scope, isKeyed: Bool
  ) -> [Target] {
    guard steps.count > 1 else { return [] }
    let block = "\(prefix)\(steps[0].name).\(steps[1].name)"
    let all = input.instances(of: block, in: scope.path)
    guard !all.isEmpty else {
      let when = prefix.isEmpty ? "the plan has no such resource" : "it is read during apply"
      return TerraformType.all.contains(steps[0].name)
        ? [.blocked(text, because: "it comes from `\(text)`, and \(when)")] : []
    }
    return chosen(all, steps[1].key, scope, isKeyed: isKeyed) { input.instances[$0].key }.map {
      .instance($0, attributes: Array(steps.dropFirst(2)))
    }
  }

  /// Of several the one with the key that is named, else with the key of the own instance if the reference is about it.
  private func chosen<Element>(
    _ all: [Element], _ named: String?, _ scope: Scope, isKeyed: Bool, key: (Element) -> String?
  ) -> [Element] {
    if let named { return all.filter { key($0) == named } }
    guard isKeyed, all.count > 1, let own = scope.key else { return all }
    let matching = all.filter { key($0) == own }
    return matching.isEmpty ? all : matching
  }

  // MARK: Expressions

  /// The references of an expression, however deep they stand in its blocks.
  private func references(in expression: NodeIndex) -> [NodeIndex] {
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

  private func hasReferences(_ expression: NodeIndex) -> Bool { !references(in: expression).isEmpty }

  /// Terraform lists `a.b.id` together with `a.b`; the longer one says more.
  private func longest(_ references: [String]) -> [String] {
    references.filter { short in
      !references.contains {
        $0.utf8.count > short.utf8.count && ($0.hasPrefix(short + ".") || $0.hasPrefix(short + "["))
      }
    }
  }

  private func place(of expression: NodeIndex) -> Span {
    json.span(references(in: expression).first ?? expression)
  }
}

extension TerraformLink {
  /// The position of the resource.
  var position: Int? {
    if case .instance(let position, _) = self { position } else { nil }
  }

  /// Where it is written.
  func place(_ json: JSONText) -> Span {
    switch self {
    case .instance(_, let place), .vpcDefault(_, let place), .unknown(_, _, let place): place
    case .foreign(let node): json.span(node)
    }
  }
}
