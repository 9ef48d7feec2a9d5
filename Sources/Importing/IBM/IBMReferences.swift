import SourceText
import SourceTree

/// The names of the resources of one VPC, by their ids.
struct IBMReferences {
  let json: JSONText
  private var names: [String: NodeIndex] = [:]

  init(_ json: JSONText, _ resources: [IBMResource]) {
    self.json = json
    for resource in resources {
      guard let name = json.value("name", of: resource.node) else { continue }
      for identity in IBMNetworks.identities(of: resource.node, json) where names[identity] == nil {
        names[identity] = name
      }
    }
  }

  /// The name of a resource that a reference stands for; nil if the VPC has none such.
  func name(of reference: NodeIndex) -> NodeIndex? {
    IBMNetworks.identities(of: reference, json).lazy.compactMap { names[$0] }.first
  }

  /// A reference as a model has it: the name of what the model has, else an object that says what is meant.
  func value(_ reference: NodeIndex) -> Draft.Value {
    let place = json.span(json.value("name", "id", "crn", "href", of: reference) ?? reference)
    if let name = name(of: reference) { return .node(name, at: place) }
    var copier = FieldCopier(json, reference)
    copier.copy("id", "name")
    if json.value("id", of: reference) == nil { copier.copy("crn", "href") }
    return copier.draft.isEmpty ? .node(reference, at: nil) : .object(copier.draft)
  }
}
