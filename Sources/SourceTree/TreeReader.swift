public import SourceText

extension SourceTree {
  /// Reads a file as JSON or YAML; if `isJSON` does not say, as JSON if its name ends in `.json`. Never fails: what is
  /// wrong is in `problems`.
  public static func read(
    _ file: SourceFile, number: UInt32 = 0, isJSON: Bool? = nil, limits: SourceLimits = SourceLimits()
  ) -> SourceTree {
    var tree = SourceTree(file: file, number: number)
    guard file.bytes.count <= limits.size else {
      tree.problems = [SyntaxProblem(.tooLarge(limit: limits.size), .beginning(ofFile: number))]
      return tree
    }
    let isJSON = isJSON ?? file.name.hasSuffix(".json")
    let encoding: Encoding
    do {
      encoding = try Encoding.check(file.bytes, isJSON: isJSON, fileNumber: number)
    } catch {
      tree.problems = [error]
      return tree
    }
    tree.nodes.reserveCapacity(file.bytes.count / 10 + 16)
    if isJSON {
      tree.isJSON = true
      JSONReader.read(into: &tree, start: encoding.markLength, limits: limits)
    } else {
      YAMLReader.read(into: &tree, encoding: encoding, limits: limits)
    }
    return tree
  }
}
