import ClientVPN
public import SourceText
public import SourceTree

/// Writes what an import found as a model file in YAML: a document for each VPC, at its top a comment for each thing that
/// the document cannot say.
public enum ModelWriter {
  /// Whether a file is no JSON, so that there is nothing to import: a model as it is written by hand.
  public static func isYAML(_ file: SourceFile) -> Bool {
    if [".yaml", ".yml"].contains(where: file.name.hasSuffix) { return true }
    if file.isJoined || file.name.hasSuffix(".json") { return false }
    let first = file.bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    return first != UInt8(ascii: "{") && first != UInt8(ascii: "[")
  }

  /// A model file that was written.
  public struct Written: Sendable {
    /// The model file.
    public let text: String
    /// Whether everything in it was understood.
    public let isSound: Bool
  }

  /// The model file; nil if the text is no well-formed JSON, or describes no network. Of several files those count that
  /// are well formed.
  public static func model(of file: SourceFile, limits: SourceLimits = SourceLimits()) -> Written? {
    let tree = SourceTree.readJSON(file, limits: limits)
    guard tree.problems.isEmpty || file.isJoined else { return nil }
    guard let imported = Importer.model(from: tree) else {
      let isModel = tree.documents.contains { Decoder.looksLikeModel($0, in: tree) }
      let models = tree.documents.lazy.map { Decoder.model(of: $0, in: tree) }
      let isSound = tree.problems.isEmpty && models.allSatisfy(\.problems.isEmpty)
      return isModel ? Written(text: YAMLWriter.text(tree), isSound: isSound) : nil
    }
    let (lines, models) = (LineIndex(file), imported.models)
    guard models.contains(where: { !$0.isEmpty }) else { return nil }
    let comments = zip(imported.documents, models).enumerated().map { number, parts in
      let (document, told) = (parts.0, Set(parts.0.gaps))
      return (number == 0 ? ["Made by `vpnlint import` from \(file.name)."] + unreadable(tree, lines) : [])
        + document.gaps.map { "Not carried over: \(sentence($0, imported, lines))" }
        + parts.1.gaps.filter { !told.contains($0) }.map { "Not known: \(sentence($0, imported, lines))" }
        + (document.changes.isEmpty
          ? [] : ["Not carried over: what the plan changes; `vpnlint lint` judges the plan itself."])
    }
    return Written(
      text: YAMLWriter.text(imported.tree, comments: comments),
      isSound: tree.problems.isEmpty && models.allSatisfy(\.problems.isEmpty))
  }

  /// A comment for each of several files that could not be read.
  private static func unreadable(_ tree: SourceTree, _ lines: LineIndex) -> [String] {
    var told: Set<String> = []
    return tree.problems.compactMap { problem in
      let position = lines.position(problem.span.start)
      guard told.insert(position.file).inserted else { return nil }
      return
        "Not carried over: what \(position.file) says; it cannot be read as JSON (\(position.file):\(position.line):\(position.column))."
    }
  }

  private static func sentence(_ gap: ImportGap, _ imported: ImportedModel, _ lines: LineIndex) -> String {
    let position = lines.position(gap.span.start)
    let path = imported.jsonPath(to: gap.span).map { ", \($0)" } ?? ""
    return "\(gap.fact); \(gap.consequence) (\(position.file):\(position.line):\(position.column)\(path))."
  }
}

extension Model {
  /// Whether it has nothing in it.
  fileprivate var isEmpty: Bool {
    servers.isEmpty && vpc.subnets.elements.isEmpty && vpc.name == nil && vpc.id == nil && networks == nil
      && vpc.addressPrefixes == nil && vpc.routingTables == nil && vpc.networkACLs == nil && vpc.securityGroups == nil
      && vpc.workloads == nil && !vpc.subnetsAreUnknown
  }
}
