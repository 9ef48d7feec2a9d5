public import SourceText
public import Foundation

/// The files of the repository that the tests stand in.
public enum Repository {
  /// Where it is, found from this file.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Paths of all files below a directory, relative to the repository, in a fixed order; none if it does not exist.
  public static func files(below directory: String, withSuffix suffixes: String...) -> [String] {
    let base = root.appending(path: directory)
    guard let walk = FileManager.default.enumerator(atPath: base.path()) else { return [] }
    let found = walk.compactMap { $0 as? String }
    return found.filter { path in suffixes.contains { path.hasSuffix($0) } }.sorted().map { "\(directory)/\($0)" }
  }

  /// The file with its path in the repository as name.
  public static func file(_ path: String) throws -> SourceFile {
    SourceFile(name: path, bytes: Array(try Data(contentsOf: root.appending(path: path))))
  }

  /// The lines of a text file.
  public static func lines(_ path: String) throws -> [String] {
    let text = String(decoding: try file(path).bytes, as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
