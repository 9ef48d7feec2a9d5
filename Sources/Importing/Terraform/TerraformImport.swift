import ClientVPN
import SourceText
import SourceTree

/// Turns a plan or a state of Terraform into models.
struct TerraformImport {
  private let input: TerraformInput

  init(_ input: TerraformInput) { self.input = input }

  /// One document for each VPC.
  func documents() -> [(Draft, ImportedDocument)] {
    let networks = TerraformNetworks(input)
    let parts = TerraformParts(networks)
    var result: [(Draft, ImportedDocument)] = networks.vpcs.indices.map { number in
      var builder = TerraformModelBuilder(networks, number, parts)
      return builder.document()
    }
    if result.isEmpty { result = [nothing()] }
    result[0].1.gaps += gapsOfInput() + networks.assumptions + parts.lost + strayConnections(parts)
    let changes = TerraformChanges(networks)
    for number in result.indices {
      result[number].1.changes = changes.changes(of: number)
      result[number].1.making = changes.making
      result[number].1.setsHaveNoOrder = true
    }
    return result
  }

  /// A document for an input that has nothing of a network.
  private func nothing() -> (Draft, ImportedDocument) {
    let place = input.json.span(input.root)
    var draft = Draft(at: place)
    draft.set(
      "vpc",
      .object(
        {
          var vpc = Draft(at: place)
          vpc.set("subnets", [Draft.Value]())
          return vpc
        }()))
    draft.set("vpn_servers", [Draft.Value]())
    var document = ImportedDocument()
    document.gaps = [
      ImportGap(
        "", "input", "the \(input.isPlan ? "plan" : "state") leaves no VPC, subnet or VPN server of IBM Cloud",
        "there is nothing to judge but what it changes", at: place)
    ]
    return (draft, document)
  }

  /// What the input leaves out as a whole.
  private func gapsOfInput() -> [ImportGap] {
    let json = input.json
    let cut = input.cutPlace.map { place in
      ImportGap(
        "", "plan", "the plan is not whole: it was broken off, or leaves resources for a later one",
        "what depends on resources that it does not have is undetermined", at: json.span(place))
    }
    return [cut].compactMap(\.self)
      + input.unread.sorted { $0.key < $1.key }.map { type, found in
        ImportGap(
          "vpc", type, "`\(type)` is not read, and the input has \(found.count) of it",
          "what they say takes no part in any verdict", at: json.span(found.first))
      }
  }

  /// Connections of transit gateways that join no VPC of the input.
  private func strayConnections(_ parts: TerraformParts) -> [ImportGap] {
    let joining = Set(parts.transitEnds.filter { $0.vpc != nil }.map(\.gateway))
    return parts.transitEnds.filter { !joining.contains($0.gateway) }.map { end in
      let address = input.instances[end.connection].address
      return ImportGap(
        "vpc", address, "the transit gateway of `\(address)` joins no VPC of the input",
        "what it leads to takes no part in any verdict", at: end.place)
    }
  }
}
