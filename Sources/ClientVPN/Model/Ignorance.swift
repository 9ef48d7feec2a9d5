/// What a model does not tell, by the gaps of its import: for questions about single resources and fields.
public struct Ignorance: Sendable {
  private struct Item: Hashable {
    let resource, field: String
  }

  private let fields: Set<Item>
  private let resources: Set<String>
  /// Whether there is a subnet of which neither the name nor the addresses are known: it may be any one.
  public let hasSubnetWithoutNameAndBlock: Bool

  /// Gathers what a model does not tell.
  public init(of model: Model) {
    resources = Set(model.gaps.map(\.resource))
    let fields = Set(
      model.gaps.flatMap { gap in
        [Item(resource: gap.resource, field: gap.field)] + [Self.list(with: gap.resource)].compactMap(\.self)
      })
    self.fields = fields
    hasSubnetWithoutNameAndBlock = fields.contains {
      $0.field == "ipv4_cidr_block" && fields.contains(Item(resource: $0.resource, field: "name"))
    }
  }

  /// The list that an item without a name of its own stands in, by its position: then the list is not known.
  private static func list(with resource: String) -> Item? {
    let steps = resource.split(separator: "/", omittingEmptySubsequences: false)
    guard steps.count > 2, Int(steps[steps.count - 1]) != nil else { return nil }
    return Item(resource: steps.dropLast(2).joined(separator: "/"), field: String(steps[steps.count - 2]))
  }

  /// Whether the value of a field is not known. The path of the resource is that by names, such as `vpn_servers/vpn`,
  /// and empty for the model itself.
  public func contains(_ field: String, of resource: String) -> Bool {
    fields.contains(Item(resource: resource, field: field))
  }

  /// Whether a resource that the model lacks may be there: the input has it, and does not tell enough of it.
  public func contains(_ resource: String) -> Bool { resources.contains(resource) }
}
