#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A path as the names from the root down, `.` and `..` resolved by the letter.
struct AbsolutePath {
  private(set) var names: [String]

  /// The folder that relative paths start from; nil if the system does not tell.
  static let workingDirectory: AbsolutePath? = {
    guard let path = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(path) }
    return AbsolutePath(unsafe SystemPath.text(path), from: AbsolutePath(names: []))
  }()

  private init(names: [String]) { self.names = names }

  init(_ path: String, from folder: AbsolutePath) {
    names = path.hasPrefix("/") ? [] : folder.names
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(String(name)) }
    }
  }

  /// The path as it is written.
  var text: String { "/" + names.joined(separator: "/") }

  /// The folder around; nil for the root.
  var parent: AbsolutePath? { names.isEmpty ? nil : AbsolutePath(names: names.dropLast()) }

  /// The names that lead from a folder to this path; nil if it does not lie below the folder.
  func names(below folder: AbsolutePath) -> [String]? {
    names.starts(with: folder.names) ? Array(names.dropFirst(folder.names.count)) : nil
  }

  /// The path as seen from a folder, `../` included, so that reports are the same wherever a repository lies; the
  /// absolute path if the two have nothing in common.
  func relative(to folder: AbsolutePath) -> String {
    let common = zip(names, folder.names).prefix { $0 == $1 }.count
    if common == 0, !folder.names.isEmpty { return text }
    let upwards = [String](repeating: "..", count: folder.names.count - common)
    return (upwards + names.dropFirst(common)).joined(separator: "/")
  }
}
