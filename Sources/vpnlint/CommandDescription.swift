import ArgumentParser
import SourceText
import SourceTree

/// A command as it is declared: what help and completions are made from.
struct CommandDescription {
  /// An argument, option or flag.
  struct Argument {
    /// How it is written, the short name first: `-q`, `--quiet`; none for a positional argument.
    let names: [String]
    /// What stands for its value; nil for a flag.
    let value: String?
    let abstract: String
    let isOptional, isRepeating: Bool

    var isPositional: Bool { names.isEmpty }
  }

  let name, abstract, discussion: String
  let isDisplayed: Bool
  let arguments: [Argument]
  let subcommands: [CommandDescription]
}

extension CommandDescription {
  /// The whole program.
  static let root: CommandDescription = {
    let text = RootCommand._dumpHelp()
    let tree = SourceTree.readJSON(SourceFile(name: "vpnlint", bytes: Array(text.utf8)), number: 0)
    let command = tree.documents.first.flatMap { tree[$0, "command"] }
    return CommandDescription(command, in: tree)
  }()

  private init(_ node: NodeIndex?, in tree: SourceTree) {
    name = tree.string(node, "commandName")
    abstract = tree.string(node, "abstract")
    discussion = tree.string(node, "discussion")
    isDisplayed = tree.string(node, "shouldDisplay") != "false"
    arguments = tree.list(node, "arguments").map { Argument($0, in: tree) }
    // `help` is a command of swift-argument-parser's, without a text of its own.
    subcommands = tree.list(node, "subcommands").map { CommandDescription($0, in: tree) }.filter { $0.name != "help" }
  }
}

extension CommandDescription.Argument {
  fileprivate init(_ node: NodeIndex, in tree: SourceTree) {
    let isFlag = tree.string(node, "kind") == "flag"
    names = tree.list(node, "names").map { name in
      (tree.string(name, "kind") == "long" ? "--" : "-") + tree.string(name, "name")
    }.sorted { $0.utf8.count < $1.utf8.count }
    value = isFlag ? nil : tree.string(node, "valueName")
    abstract = tree.string(node, "abstract")
    isOptional = tree.string(node, "isOptional") == "true"
    isRepeating = tree.string(node, "isRepeating") == "true"
  }
}

extension SourceTree {
  fileprivate subscript(node: NodeIndex?, name: String) -> NodeIndex? {
    guard let node, kind(node) == .mapping else { return nil }
    return keys(node).first { text($0) == name }.map { value(ofKey: $0) }
  }

  fileprivate func string(_ node: NodeIndex?, _ name: String) -> String { self[node, name].map(text) ?? "" }

  fileprivate func list(_ node: NodeIndex?, _ name: String) -> [NodeIndex] {
    self[node, name].map { Array(items($0)) } ?? []
  }
}
