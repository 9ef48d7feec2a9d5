import SourceText

/// The file of a model as a command names it; a directory stands for the JSON files in it, which describe one network
/// together, as the answers of an API do.
enum ModelInput {
  /// Reads it.
  static func read(_ path: String) throws -> SourceFile {
    guard path != "-", PathSearch.isDirectory(path) else { return try content(InputFile(argument: path)) }
    return SourceFile(joining: try filesBelow(path), named: path)
  }

  /// Reads each file that a path stands for.
  static func readAll(_ path: String) throws -> [SourceFile] {
    path != "-" && PathSearch.isDirectory(path) ? try filesBelow(path) : [try read(path)]
  }

  private static func filesBelow(_ directory: String) throws -> [SourceFile] {
    let search = PathSearch([directory], standardInputName: "<stdin>")
    if let problem = search.problems.first { throw Refusal(problem) }
    let inputs = search.inputs.filter { $0.name.hasSuffix(".json") }
    guard !inputs.isEmpty else {
      throw Refusal(
        "\(directory): a directory is read for the JSON files of one network, and this one has none; name the file of the model"
      )
    }
    return try inputs.map(content)
  }

  private static func content(_ input: InputFile) throws -> SourceFile {
    switch input.read() {
    case .success(let file): return file
    case .failure(let problem): throw Refusal(problem.sentence)
    }
  }
}
