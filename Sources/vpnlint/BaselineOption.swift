import Linting
import SourceText

/// The baseline that `--baseline` reads or `--write-baseline` writes.
enum BaselineOption {
  /// Reads a baseline.
  static func read(_ path: String) -> Result<ConfigurationFile<Baseline>, InputFile.ReadProblem> {
    InputFile(path).read().map { Baseline.read($0) }
  }

  /// Why a baseline must not be written here: what is there is none. nil if there is no reason.
  static func reasonNotToWrite(_ path: String) -> String? {
    guard FileStatus(path) != nil else { return nil }
    switch read(path) {
    case .failure(let problem): return problem.sentence
    case .success(let baseline) where baseline.isSound: return nil
    case .success: return "\(SystemPath.shown(path)): not a baseline; remove it first if it is to be replaced"
    }
  }

  /// What a baseline at a path calls files: by their paths from its folder, so that it does not matter from where, or by
  /// which path, they are linted.
  static func naming(_ path: String) -> @Sendable (String) -> String {
    guard let here = AbsolutePath.workingDirectory, let folder = AbsolutePath(path, from: here).parent else {
      return { $0 }
    }
    return { AbsolutePath($0, from: here).relative(to: folder) }
  }
}
