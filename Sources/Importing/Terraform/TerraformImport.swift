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
    guard !result.isEmpty else { return result }
    result[0].1.gaps += networks.assumptions + parts.lost
    let changes = TerraformChanges(networks)
    for number in result.indices {
      result[number].1.changes = changes.changes(of: number)
      result[number].1.making = changes.making
    }
    return result
  }
}
