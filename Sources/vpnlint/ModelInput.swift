import SourceText

/// The file of a model as a command names it; a directory stands for the JSON files in it, which describe one network
/// together, as the answers of an API do.
enum ModelInput {
  /// Reads it; of `limit` bytes at the most.
  static func read(_ path: String, _ limit: Int) throws -> SourceFile {
    guard path != "-", PathSearch.isDirectory(path) else { return try content(InputFile(argument: path), limit) }
    let files = try filesBelow(path, limit)
    guard let file = SourceFile(joining: files, most: limit, named: path) else {
      throw Refusal(InputFile.ReadProblem(tooLarge: "\(path): the files together", limit).sentence)
    }
    return file
  }

  /// Reads each file that a path stands for.
  static func readAll(_ path: String, _ limit: Int) throws -> [SourceFile] {
    path != "-" && PathSearch.isDirectory(path) ? try filesBelow(path, limit) : [try read(path, limit)]
  }

  private static func filesBelow(_ directory: String, _ limit: Int) throws -> [SourceFile] {
    let search = PathSearch([directory], standardInputName: "<stdin>")
    if let problem = search.problems.first { throw Refusal(problem) }
    let inputs = search.inputs.filter { $0.name.hasSuffix(".json") }
    guard !inputs.isEmpty else {
      throw Refusal(
        "\(directory): a directory is read for the JSON files of one network, and this one has none; name the file of the model"
      )
    }
    return try inputs.map { try content($0, limit) }
  }

  private static func content(_ input: InputFile, _ limit: Int) throws -> SourceFile {
    switch input.read(limit: limit) {
    case .success(let file): return file
    case .failure(let problem): throw Refusal(problem.sentence)
    }
  }
}
