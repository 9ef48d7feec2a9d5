public import ClientVPN
import SourceText
public import SourceTree

/// Puts a text of another kind together as models are written; nil if it is of none that it knows.
public typealias ModelImport = @Sendable (SourceTree) -> ImportedModel?

/// What was read from a file: documents as a model file has them, or as an import puts them together.
struct ModelText {
  let tree: SourceTree
  /// nil for a text that is a model itself.
  let imported: ImportedModel?
  /// One for each document.
  let models: [Model]

  /// Reads a file; several that were joined are JSON.
  init(_ file: SourceFile, number: UInt32, _ importing: ModelImport?, _ limits: SourceLimits) {
    let read =
      file.isJoined
      ? SourceTree.readJSON(file, number: number, limits: limits) : Self.read(file, number: number, limits)
    imported = read.isJSON ? importing?(read) : nil
    tree = imported?.tree ?? read
    models = imported?.models ?? read.documents.map { Decoder.model(of: $0, in: read) }
  }

  /// A text without a telling name, such as standard input, is JSON if it begins as JSON does and can be read as such.
  private static func read(_ file: SourceFile, number: UInt32, _ limits: SourceLimits) -> SourceTree {
    let isNamed = [".json", ".yaml", ".yml"].contains { file.name.hasSuffix($0) }
    if !isNamed, file.beginsLikeJSON {
      let tree = SourceTree.read(file, number: number, isJSON: true, limits: limits)
      if tree.problems.isEmpty { return tree }
    }
    return SourceTree.read(file, number: number, limits: limits)
  }

  /// Whether the text is a model, or an import that has a VPN server.
  var looksLikeModel: Bool {
    guard imported == nil else { return models.contains { !$0.servers.isEmpty } }
    if tree.documents.contains(where: { Decoder.looksLikeModel($0, in: tree) }) { return true }
    return !tree.problems.isEmpty && ModelSigns(tree.file).areClear
  }
}

extension SourceFile {
  /// Whether the first character is a bracket of JSON and the next one may follow it there.
  fileprivate var beginsLikeJSON: Bool {
    let visible = bytes.lazy.filter { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }.prefix(2)
    guard let first = visible.first, let second = visible.dropFirst().first else { return false }
    return first == UInt8(ascii: "{") && "\"}".utf8.contains(second)
      || first == UInt8(ascii: "[") && "{[]".utf8.contains(second)
  }
}
