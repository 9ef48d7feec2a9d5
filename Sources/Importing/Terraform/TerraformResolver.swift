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
  /// Not known until apply; what gives it, and how that is called in a sentence. `among` are the positions of resources of
  /// which it is one; empty if it may be any.
  case unknown(String, because: String, among: [Int], at: Span)
}

/// Finds what attributes stand for: by ids where these are known, else by the references of the configuration, through
/// inputs and outputs of modules.
struct TerraformResolver {
  let input: TerraformInput
  private let expressions: TerraformExpressions
  private var json: JSONText { input.json }

  init(input: TerraformInput) {
    self.input = input
    expressions = TerraformExpressions(json: input.json)
  }

  /// How far one attribute is followed: references one after the other, and all of them together. What goes in circles
  /// ends too.
  private final class Walk {
    private static let deepest = 32
    private var depth = 0
    private var left: Int

    init(steps: Int) { left = steps }

    /// Goes one reference further; nothing once it was far enough.
    func follow<Result>(_ body: () -> [Result]) -> [Result] {
      guard depth < Self.deepest, left > 0 else { return [] }
      depth += 1
      left -= 1
      defer { depth -= 1 }
      return body()
    }
  }

  /// One instance of a module, seen from inside.
  private struct Scope {
    let module: TerraformModule
    let path: [TerraformAddress.Step]
    /// `for_each` of the block in which the reference stands, and the key of the instance.
    let forEach: NodeIndex?
    let key: String?
    /// How many instances the block has.
    let count: Int

    /// Whether the number of the instance is none of something else of which there are `others`: `count.index + 1` has the
    /// same references as `count.index`.
    func isOtherwiseNumbered(_ others: Int) -> Bool { forEach == nil && key != nil && others > 1 && others != count }
  }

  /// What a reference leads to.
  private enum Target {
    case instance(Int, attributes: [TerraformAddress.Step])
    /// One of these, and nothing tells which.
    indirect case choice([Target])
    /// `isPending` if it may be what is not known until apply: what is known beforehand gives nothing that is not.
    case blocked(String, because: String, isPending: Bool)

    var isBlocked: Bool { if case .blocked = self { true } else { false } }
  }

  // MARK: Attributes

  /// What an attribute at a path, keys and positions in lists, stands for: nothing if it is not set.
  func links(_ path: [String], of position: Int, to types: Set<String>) -> [TerraformLink] {
    links(path, of: position, to: types, steps: 4096)
  }

  /// What an attribute with one value stands for.
  func link(_ path: String..., of position: Int, to types: Set<String>) -> TerraformLink? {
    link(at: path, of: position, to: types)
  }

  /// What an attribute with one value at a path stands for.
  func link(at path: [String], of position: Int, to types: Set<String>) -> TerraformLink? {
    let links = links(path, of: position, to: types, steps: 256)
    guard links.count > 1, let first = links.first else { return links.first }
    return oneOf(links, at: first.place(json))
  }

  /// What a whole expression stands for in an instance of a module, unless it depends on the key of the resource: all
  /// instances of a block have the same answer.
  private struct Question: Hashable {
    let expression: NodeIndex
    let module: [TerraformAddress.Step]
    let types: Set<String>
    let steps: Int
  }

  private final class Answers {
    var known: [Question: [TerraformLink]] = [:]
  }

  private let answers = Answers()

  private func links(_ path: [String], of position: Int, to types: Set<String>, steps: Int) -> [TerraformLink] {
    let instance = input.instances[position]
    guard input.value(at: path, of: instance) == nil, let expression = input.expression(at: path, of: instance),
      !expressions.addresses(in: expression).contains(where: { ["each", "count"].contains($0.steps.first?.name) })
    else { return links(path, of: position, to: types, Walk(steps: steps)) }
    let question = Question(expression: expression, module: instance.module, types: types, steps: steps)
    if let known = answers.known[question] { return known }
    let links = links(path, of: position, to: types, Walk(steps: steps))
    answers.known[question] = links
    return links
  }

  private func oneOf(_ links: [TerraformLink], at place: Span) -> TerraformLink {
    let positions = links.compactMap(\.position)
    return .unknown(
      "one of \(links.count)", because: "it is one of \(links.count) resources, and the plan does not tell which",
      among: positions.count == links.count ? positions : [], at: place)
  }

  private func links(_ path: [String], of position: Int, to types: Set<String>, _ walk: Walk) -> [TerraformLink] {
    let instance = input.instances[position]
    guard let value = input.value(at: path, of: instance) else {
      return walk.follow { resolved(path, of: instance, to: types, walk) }
    }
    if json.isNull(value) {
      return input.isPending(path, of: instance) ? walk.follow { resolved(path, of: instance, to: types, walk) } : []
    }
    let known = known(value, types)
    let open = json.tree.kind(value) == .sequence ? json.tree.items(value).count(where: json.isNull) : 0
    return open == 0 ? known : filled(known, open, walk.follow { resolved(path, of: instance, to: types, walk) })
  }

  /// The items of a list that are known, and those that fill its open places: all that the configuration names besides,
  /// if they are as many.
  private func filled(_ known: [TerraformLink], _ open: Int, _ named: [TerraformLink]) -> [TerraformLink] {
    let all = merged(known, named)
    let others = Array(all.dropFirst(known.count))
    guard others.count != open, !others.contains(where: \.isUnknown),
      let place = (named.first ?? known.first)?.place(json)
    else { return all }
    if others.count > open { return known + [oneOf(others, at: place)] }
    return all + [.unknown("apply", because: "what gives it is not in the plan", among: [], at: place)]
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
    _ path: [String], of instance: TerraformInstance, to types: Set<String>, _ walk: Walk
  ) -> [TerraformLink] {
    guard let module = input.configuration?.module(at: instance.module),
      let expression = input.expression(at: path, of: instance)
    else {
      return input.isPending(path, of: instance)
        ? [
          .unknown(
            "apply", because: "the input does not tell what gives it", among: [], at: json.span(instance.node))
        ] : []
    }
    let scope = Scope(
      module: module, path: instance.module, forEach: input.block(of: instance)?.forEach, key: instance.key,
      count: input.instances(of: instance.block, in: instance.module).count)
    let targets = targets(of: expression, scope, walk)
    let place = expressions.place(of: expression)
    let links = links(to: targets, of: types, at: place, walk)
    let blocks = targets.compactMap { target -> (link: TerraformLink, isPending: Bool)? in
      guard case .blocked(let what, let reason, let isPending) = target else { return nil }
      return (.unknown(what, because: reason, among: [], at: place), isPending)
    }
    guard links.isEmpty else { return links + (blocks.first(where: \.isPending).map { [$0.link] } ?? []) }
    if let block = blocks.first { return [block.link] }
    return targets.isEmpty && expressions.references(in: expression).isEmpty
      ? [] : [.unknown("apply", because: "what gives it is not in the plan", among: [], at: place)]
  }

  /// From what references lead to on to resources of the types that are asked for, each once.
  private func links(
    to targets: [Target], of types: Set<String>, at place: Span, _ walk: Walk
  ) -> [TerraformLink] {
    var links: [TerraformLink] = []
    var seen: Set<Int> = []
    for target in targets {
      let found: [TerraformLink]
      switch target {
      case .blocked: continue
      case .instance(let position, let attributes):
        found = walk.follow { follow(position, attributes, to: types, at: place, walk) }
      case .choice(let targets):
        let all = walk.follow { self.links(to: targets, of: types, at: place, walk) }
        found = all.count > 1 ? [oneOf(all, at: place)] : all
      }
      for link in found {
        if let position = link.position, !seen.insert(position).inserted { continue }
        links.append(link)
      }
    }
    return links
  }

  /// From a resource that a reference names to one of the types that are asked for.
  private func follow(
    _ position: Int, _ attributes: [TerraformAddress.Step], to types: Set<String>, at place: Span, _ walk: Walk
  ) -> [TerraformLink] {
    let instance = input.instances[position]
    let attribute = attributes.first?.name
    if types.contains(instance.type), attribute != "vpc" || instance.type == TerraformType.vpc {
      return [.instance(position, at: place)]
    }
    guard let attribute else { return [] }
    if instance.type == TerraformType.vpc, let type = Self.defaults[attribute], types.contains(type) {
      return [.vpcDefault(position, at: place)]
    }
    return links([attribute], of: position, to: types, walk)
  }

  /// Attributes of a VPC that stand for what the service makes with it.
  private static let defaults = [
    "default_network_acl": TerraformType.networkACL, "default_routing_table": TerraformType.routingTable,
    "default_security_group": TerraformType.securityGroup,
  ]

  /// What an expression stands for. `isKeyed` if it is about the key of the own instance.
  private func targets(of expression: NodeIndex, _ scope: Scope, _ walk: Walk, isKeyed: Bool = false) -> [Target] {
    let addresses = expressions.addresses(in: expression)
    // A value may name any instance; the key, and the number as it is taken to stand, name the own one.
    let isKeyed = isKeyed || addresses.contains { ["each.key", "count.index"].contains($0.beginning) }
    let found = addresses.map { address in
      (address, targets: walk.follow { targets(of: address, scope, isKeyed: isKeyed, walk) })
    }
    let named = found.filter { $0.targets.contains { !$0.isBlocked } }.map(\.targets)
    // `var.a ? x : y` has the same references as a list of all three.
    guard named.count > 1, found.contains(where: { $0.steps.first?.name == "var" && $1.allSatisfy(\.isBlocked) })
    else { return found.flatMap(\.targets) }
    return [.choice(named.flatMap(\.self))] + found.flatMap(\.targets).filter(\.isBlocked)
  }

  private func targets(of address: TerraformAddress, _ scope: Scope, isKeyed: Bool, _ walk: Walk) -> [Target] {
    let steps = address.steps
    switch steps.first?.name {
    // What `for_each` goes through, under the key of this instance where that has keys.
    case "each": return scope.forEach.map { targets(of: $0, scope, walk, isKeyed: true) } ?? []
    case "var":
      return steps.count > 1 ? chosen(targets(ofInput: steps[1].name, scope, walk), by: steps[1...]) : []
    case "local":
      let text = steps.map(\.name).joined(separator: ".")
      return [
        .blocked(
          text, because: "it comes from `\(text)`, and a plan does not hold what local values stand for",
          isPending: true)
      ]
    case "module":
      return chosen(targets(ofOutput: steps, scope, isKeyed: isKeyed, walk), by: steps.dropFirst(2))
    case "count", "path", "terraform", "self", nil: return []
    case "data"?: return targets(ofBlock: Array(steps.dropFirst()), "data.", scope, isKeyed: isKeyed)
    default: return targets(ofBlock: steps, "", scope, isKeyed: isKeyed)
    }
  }

  /// What a reference into a map or list stands for: of several things one, and the configuration does not tell which.
  private func chosen(_ targets: [Target], by steps: ArraySlice<TerraformAddress.Step>) -> [Target] {
    let isChoice = targets.count > 1 && steps.contains { $0.key != nil }
    return isChoice ? [.choice(targets)] : targets
  }

  private func targets(ofInput name: String, _ scope: Scope, _ walk: Walk) -> [Target] {
    guard let call = scope.module.call else {
      return [
        .blocked(
          "var.\(name)", because: "it is given by variable `\(name)`, whose value is not known", isPending: false)
      ]
    }
    guard let expression = json.value(name, of: call.block.expressions) else {
      return [
        .blocked(
          "module.\(call.name).\(name)", because: "input `\(name)` of module `\(call.name)` is left at its default",
          isPending: false)
      ]
    }
    let outer = Scope(
      module: call.parent, path: scope.path.dropLast(), forEach: call.block.forEach, key: scope.path.last?.key,
      count: input.keys(ofModule: call.name, in: scope.path.dropLast()).count)
    return targets(of: expression, outer, walk)
  }

  private func targets(
    ofOutput steps: [TerraformAddress.Step], _ scope: Scope, isKeyed: Bool, _ walk: Walk
  ) -> [Target] {
    guard steps.count > 2, let module = scope.module.calls[steps[1].name]?.module,
      let expression = module.outputs[steps[2].name]
    else {
      let text = steps.prefix(3).map(\.name).joined(separator: ".")
      return [
        .blocked(text, because: "it comes from `\(text)`, and the plan does not tell what that is", isPending: true)
      ]
    }
    let keys = keys(ofModule: steps[1], scope, isKeyed: isKeyed)
    let found = keys.map { key in
      let path = scope.path + [TerraformAddress.Step(name: steps[1].name, key: key)]
      return targets(of: expression, Scope(module: module, path: path, forEach: nil, key: nil, count: 1), walk)
    }
    let isNumbered = isKeyed && steps[1].key == nil && scope.isOtherwiseNumbered(keys.count)
    return isNumbered ? [.choice(found.flatMap(\.self))] : found.flatMap(\.self)
  }

  /// The keys of a module that a reference means: the one that it names, else that of the own instance, else all. A module
  /// of which nothing is planned yet may have something that is read during apply.
  private func keys(ofModule step: TerraformAddress.Step, _ scope: Scope, isKeyed: Bool) -> [String?] {
    if step.key != nil { return [step.key] }
    let own = TerraformAddress.Step(name: step.name, key: scope.key)
    let all = input.keys(ofModule: step.name, in: scope.path)
    if isKeyed, scope.key != nil, !scope.isOtherwiseNumbered(all.count), input.hasModule(scope.path + [own]) {
      return [scope.key]
    }
    return all.isEmpty ? [nil] : all
  }

  private func targets(
    ofBlock steps: [TerraformAddress.Step], _ prefix: String, _ scope: Scope, isKeyed: Bool
  ) -> [Target] {
    guard steps.count > 1, TerraformType.all.contains(steps[0].name) else { return [] }
    let block = "\(prefix)\(steps[0].name).\(steps[1].name)"
    let all = input.instances(of: block, in: scope.path)
    let isNumbered = isKeyed && steps[1].key == nil && scope.isOtherwiseNumbered(all.count)
    let key = steps[1].key ?? (isKeyed && !isNumbered ? scope.key : nil)
    var found = key.map { input.instances(of: block, in: scope.path, key: $0) } ?? []
    if found.isEmpty, steps[1].key == nil { found = all }
    guard !found.isEmpty else {
      let when = prefix.isEmpty ? "the plan has no such resource" : "it is read during apply"
      return [.blocked(block, because: "it comes from `\(block)`, and \(when)", isPending: !prefix.isEmpty)]
    }
    let targets = found.map { Target.instance($0, attributes: Array(steps.dropFirst(2))) }
    return isNumbered ? [.choice(targets)] : targets
  }
}

extension TerraformLink {
  /// The position of the resource.
  var position: Int? {
    if case .instance(let position, _) = self { position } else { nil }
  }

  /// Whether it is not known until apply.
  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// Where it is written.
  func place(_ json: JSONText) -> Span {
    switch self {
    case .instance(_, let place), .vpcDefault(_, let place), .unknown(_, _, _, let place): place
    case .foreign(let node): json.span(node)
    }
  }
}
