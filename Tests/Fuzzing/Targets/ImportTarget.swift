import ClientVPN
import Importing
import Linting
import Reports
import SourceText
import SourceTree

/// Texts of other programs: what is written as a model can be read, is written again as it stands, and has the same
/// servers.
enum ImportTarget {
  static func run(_ bytes: [UInt8]) {
    let file = SourceFile(name: "input.json", bytes: bytes)
    LintTarget.check(Linter(LintTarget.options).lint(file))
    let tree = SourceTree.read(file)
    guard let imported = Importer.model(from: tree) else { return }
    let written = YAMLWriter.text(imported.tree)
    let read = readBack(written)
    expect(YAMLWriter.text(read) == written, "written otherwise the second time: \(written)")
    let models = read.documents.map { Decoder.model(of: $0, in: read) }
    let (before, after) = (names(imported.models), names(models))
    expect(before == after, "servers \(before) have become \(after)")
    if let file = ModelWriter.model(of: file) {
      let again = readBack(file.text).documents
      expect(again.count == read.documents.count, "comments have changed the documents: \(file.text)")
    }
  }

  private static func names(_ models: [Model]) -> [[String]] { models.map { $0.servers.map(\.name.value) } }
}
