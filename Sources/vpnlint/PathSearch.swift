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
        add(InputFile(path: nil, name: standardInputName, isNamed: true), .standardInput)
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
    add(InputFile(path: path, name: path, isNamed: isNamed), status?.identity ?? .path(path))
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
    guard let stream = unsafe opendir(directory) else {
      problems.append("\(directory): \(systemReason())")
      return
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    let base = directory.hasSuffix("/") ? directory : directory + "/"
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let path = base + name
      let status = FileStatus(path)
      if status?.isDirectory ?? false {
        if !Self.isLink(path) { search(path) }
      } else if [".yaml", ".yml", ".json"].contains(where: name.hasSuffix), status?.isRegular ?? true {
        add(path, isNamed: false, status)
      }
    }
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}

/// What the system tells of the file that a path leads to, asked for once.
private struct FileStatus {
  private var status = stat()

  /// nil if there is nothing: reading it tells why.
  init?(_ path: String) {
    guard unsafe stat(path, &status) == 0 else { return nil }
  }

  var isDirectory: Bool { status.st_mode & S_IFMT == S_IFDIR }

  /// Whether it is a file and no pipe or device, which could block or never end.
  var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }

  var identity: FileIdentity {
    .file(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
  }
}

/// What a file is known by, whatever the spelling of its path; one that is not there, by its path.
private enum FileIdentity: Hashable {
  case standardInput
  case file(device: UInt64, number: UInt64)
  case path(String)
}
