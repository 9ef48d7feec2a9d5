#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds the files that the paths of a command name.
struct PathSearch: Sendable {
  /// The files, in the order of the paths; below a directory in the order of their names. None twice.
  private(set) var inputs: [InputFile] = []
  /// Sentences about paths that cannot be read.
  private(set) var problems: [String] = []
  private var identities: [FileIdentity] = []

  init(_ paths: [String], standardInputName: String) {
    for path in paths {
      if path == "-" {
        add(InputFile(standardInput: standardInputName), .standardInput)
      } else {
        let status = FileStatus(path)
        if status?.isDirectory ?? false { search(path) } else { add(path, isNamed: true, status) }
      }
    }
    removeRepeated()
  }

  /// Whether a path leads to a directory.
  static func isDirectory(_ path: String) -> Bool { FileStatus(path)?.isDirectory ?? false }

  private mutating func add(_ path: String, isNamed: Bool, _ status: FileStatus?) {
    add(InputFile(path, isNamed: isNamed, size: status?.size ?? 0), status?.identity ?? .path(path))
  }

  private mutating func add(_ input: InputFile, _ identity: FileIdentity) {
    inputs.append(input)
    identities.append(identity)
  }

  /// Keeps the first of several paths to one file. A single one is not even put into a set: making the set's type takes
  /// longer than the search.
  private mutating func removeRepeated() {
    guard inputs.count > 1 else { return }
    var seen: Set<FileIdentity> = []
    inputs = zip(inputs, identities).filter { seen.insert($1).inserted }.map(\.0)
  }

  /// Looks through a directory. Hidden entries are left out, and links to directories, which could lead in circles.
  private mutating func search(_ directory: String) {
    guard let entries = entries(in: directory) else {
      problems.append("\(SystemPath.shown(directory)): \(systemReason())")
      return
    }
    let base = directory.hasSuffix("/") ? directory : directory + "/"
    for entry in entries.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      let path = base + entry.name
      let status = FileStatus(path)
      if status == nil, entry.mayBeDirectory, errno != ENOENT {
        // The folder above tells names and lets nobody in, or the path has become too long.
        problems.append("\(SystemPath.shown(path)): \(systemReason())")
      } else if status?.isDirectory ?? false {
        if FileStatus(path, followsLinks: false)?.isLink == false { search(path) }
      } else if [".yaml", ".yml", ".json"].contains(where: entry.name.hasSuffix), status?.isRegular ?? true {
        add(path, isNamed: false, status)
      }
    }
  }

  /// The entries that are not hidden; nil if they cannot be read. The directory is closed before those below are looked
  /// through, as the system lets a program open only so many.
  private func entries(in directory: String) -> [(name: String, mayBeDirectory: Bool)]? {
    guard let stream = unsafe SystemPath.withBytes(directory, { unsafe opendir($0) }) else { return nil }
    defer { unsafe closedir(stream) }
    var entries: [(name: String, mayBeDirectory: Bool)] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe SystemPath.text($0) }
      }
      // Not every file system tells what an entry is.
      let kind = unsafe entry.pointee.d_type
      if !name.hasPrefix(".") { entries.append((name, kind == DT_DIR || kind == DT_UNKNOWN)) }
      errno = 0
    }
    return errno == 0 ? entries : nil
  }
}
