import SourceText
import SourceTree

/// A module of a plan's configuration: what its resources and calls are given, as expressions (Terraform, JSON output
/// format, "Configuration representation").
final class TerraformModule {
  /// The call that makes the module, and owns it; nil for the root.
  unowned let call: Call?
  private(set) var resources: [String: Block] = [:]
  private(set) var calls: [String: Call] = [:]
  private(set) var outputs: [String: NodeIndex] = [:]

  /// What a resource or a call is given.
  struct Block {
    let node: NodeIndex
    let expressions: NodeIndex?
    let forEach: NodeIndex?
  }

  /// A call of a module.
  final class Call {
    let name: String
    let source: String?
    let block: Block
    /// The module in which the call stands.
    unowned let parent: TerraformModule
    fileprivate(set) var module: TerraformModule?

    fileprivate init(_ name: String, _ source: String?, _ block: Block, _ parent: TerraformModule) {
      (self.name, self.source, self.block, self.parent) = (name, source, block, parent)
    }
  }

  init(_ node: NodeIndex, of call: Call?, _ json: JSONText) {
    self.call = call
    for resource in json.items("resources", of: node) {
      guard let type = json.string("type", of: resource), let name = json.string("name", of: resource) else { continue }
      let prefix = json.string("mode", of: resource) == "data" ? "data." : ""
      resources["\(prefix)\(type).\(name)"] = Self.block(resource, json)
    }
    if let calls = json.value("module_calls", of: node) {
      for key in json.tree.keys(calls) { add(json.tree.text(key), json.tree.value(ofKey: key), json) }
    }
    if let outputs = json.value("outputs", of: node) {
      for key in json.tree.keys(outputs) {
        self.outputs[json.tree.text(key)] = json.value("expression", of: json.tree.value(ofKey: key))
      }
    }
  }

  private func add(_ name: String, _ node: NodeIndex, _ json: JSONText) {
    let call = Call(name, json.string("source", of: node), Self.block(node, json), self)
    if let module = json.value("module", of: node) { call.module = TerraformModule(module, of: call, json) }
    calls[name] = call
  }

  private static func block(_ node: NodeIndex, _ json: JSONText) -> Block {
    Block(
      node: node, expressions: json.value("expressions", of: node), forEach: json.value("for_each_expression", of: node)
    )
  }

  /// The module that a path leads to.
  func module(at path: [TerraformAddress.Step]) -> TerraformModule? {
    var module: TerraformModule? = self
    for step in path { module = module?.calls[step.name]?.module }
    return module
  }
}
