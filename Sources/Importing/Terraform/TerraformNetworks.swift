import ClientVPN
import SourceText
import SourceTree

/// The VPCs of a plan or state, and which resources belong to which.
struct TerraformNetworks {
  let input: TerraformInput
  let resolver: TerraformResolver
  /// One for each VPC: those of the input first, then those that are only referred to.
  private(set) var vpcs: [VPCEntry] = []
  /// Names of instances, as models call them.
  let names: TerraformNames
  private var numbers: [Home: Int] = [:]
  /// What was taken for granted about resources of which a link is not known.
  private(set) var assumptions: [ImportGap] = []
  private var homes: [Int: Home] = [:]
  /// The number of the VPC that an instance belongs to.
  private var numberOfInstance: [Int: Int] = [:]

  /// A VPC with its resources, by type.
  struct VPCEntry {
    let home: Home
    fileprivate(set) var instances: [String: [Int]] = [:]

    subscript(_ type: String) -> [Int] { instances[type] ?? [] }
  }

  /// What a resource says about its VPC.
  enum Home: Hashable {
    /// A VPC of the input.
    case instance(Int)
    /// The id of another one.
    case foreign(String)
    /// What gives it, and why that is not known until apply.
    case unknown(String, because: String)
    case none

    /// The position of a VPC of the input.
    var instance: Int? {
      if case .instance(let position) = self { return position }
      return nil
    }
  }

  /// Types whose resources belong to a VPC by themselves.
  private static let types = [
    TerraformType.subnet, TerraformType.addressPrefix, TerraformType.routingTable, TerraformType.networkACL,
    TerraformType.securityGroup, TerraformType.vpnServer, TerraformType.instance, TerraformType.endpointGateway,
    TerraformType.vpnGateway, TerraformType.loadBalancer,
  ]

  init(_ input: TerraformInput) {
    self.input = input
    resolver = TerraformResolver(input: input)
    names = TerraformNames(input)
    let instances = input.instances
    for position in instances.indices where instances[position].type == TerraformType.vpc {
      add(.instance(position))
    }
    let owned = instances.indices.filter { Self.types.contains(instances[$0].type) }
    for position in owned { homes[position] = home(of: position) }
    for position in owned { if case .foreign = homes[position] { add(homes[position] ?? .none) } }
    let isSingle = vpcs.count == 1
    for position in owned {
      let home = homes[position] ?? .none
      if !isSingle { add(home) }
      let number = isSingle ? 0 : numbers[home] ?? 0
      numberOfInstance[position] = number
      vpcs[number].instances[instances[position].type, default: []].append(position)
    }
    guard isSingle || vpcs.count > 1 else { return }
    for position in owned {
      if case .unknown(_, let reason) = homes[position] { assume(position, reason, isSingle: isSingle) }
    }
  }

  private mutating func add(_ home: Home) {
    guard numbers[home] == nil else { return }
    numbers[home] = vpcs.count
    vpcs.append(VPCEntry(home: home))
  }

  /// The number of the VPC that an instance belongs to by itself; nil for parts of others.
  func number(of position: Int) -> Int? { numberOfInstance[position] }

  /// Where a VPC that something refers to stands.
  func number(of home: Home) -> Int? { numbers[home] }

  private func home(of position: Int) -> Home {
    switch input.instances[position].type {
    case TerraformType.vpnServer, TerraformType.vpnGateway, TerraformType.loadBalancer: homeOfSubnets(of: position)
    default: home(from: resolver.links(["vpc"], of: position, to: [TerraformType.vpc]).first)
    }
  }

  /// A server has the VPC of its subnets; once it is made it names it too.
  private func homeOfSubnets(of position: Int) -> Home {
    let subnets = ["subnets", "subnet"].flatMap { resolver.links([$0], of: position, to: [TerraformType.subnet]) }
    for case .instance(let subnet, _) in subnets { return homes[subnet] ?? home(of: subnet) }
    let own = home(from: resolver.links(["vpc"], of: position, to: [TerraformType.vpc]).first)
    switch own {
    case .instance, .foreign: return own
    case .unknown, .none: return subnets.isEmpty ? own : home(from: subnets.first)
    }
  }

  private func home(from link: TerraformLink?) -> Home {
    switch link {
    case .instance(let position, _)?, .vpcDefault(let position, _)?: .instance(position)
    case .foreign(let id)?: .foreign(input.json.tree.text(id))
    case .unknown(let what, let reason, let among, _)?: sharedHome(of: among) ?? .unknown(what, because: reason)
    case nil: .none
    }
  }

  /// The VPC of resources of which one is meant, if it is the same for all.
  private func sharedHome(of among: [Int]) -> Home? {
    let shared = Set(
      among.map { position in
        input.instances[position].type == TerraformType.vpc
          ? .instance(position) : homes[position] ?? home(of: position)
      })
    return shared.count == 1 ? shared.first : nil
  }

  private mutating func assume(_ position: Int, _ reason: String, isSingle: Bool) {
    let instance = input.instances[position]
    assumptions.append(
      ImportGap(
        "vpc", instance.address, "the VPC of `\(instance.address)` is not known until apply",
        isSingle
          ? "\(reason); the resource is taken to be in the only VPC of the input"
          : "\(reason); the resource takes no part in the verdicts about the VPCs of the input",
        at: input.json.span(instance.node)))
  }
}

/// What models call the instances of a plan: by the name that is set, else by their label and key, and where several of a
/// type would have one name, by their addresses.
struct TerraformNames {
  private var texts: [String]
  private let places: [NodeIndex?]

  init(_ input: TerraformInput) {
    let json = input.json
    places = input.instances.map { instance in
      json.value("name", of: instance.values).flatMap {
        json.tree.kind($0) == .scalar && !json.tree.text($0).isEmpty ? $0 : nil
      }
    }
    texts = zip(input.instances, places).map { instance, place in
      place.map { json.tree.text($0) } ?? instance.label + (instance.key.map { "-\($0)" } ?? "")
    }
    let counts = Dictionary(zip(input.instances, texts).map { ("\($0.type) \($1)", 1) }, uniquingKeysWith: +)
    for (position, instance) in input.instances.enumerated() where places[position] == nil {
      if counts["\(instance.type) \(texts[position])", default: 0] > 1 { texts[position] = instance.address }
    }
  }

  /// The name of an instance.
  subscript(_ position: Int) -> String { texts[position] }

  /// The name as it stands in the text; nil if it is not set, or not known until apply.
  func node(_ position: Int) -> NodeIndex? { places[position] }
}
