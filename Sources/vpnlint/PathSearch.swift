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
  private var seen: Set<String> = []

  init(_ paths: [String], standardInputName: String) {
    for path in paths {
      if path == "-" {
        add(InputFile(path: nil, name: standardInputName, isNamed: true))
      } else if Self.isDirectory(path) {
        search(path)
      } else {
        add(InputFile(path: path, name: path, isNamed: true))
      }
    }
  }

  private mutating func add(_ input: InputFile) {
    if seen.insert(input.path.map(Self.identity) ?? "-").inserted { inputs.append(input) }
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
    for name in names.sorted(by: { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }) {
      let path = base + name
      if Self.isDirectory(path) {
        if !Self.isLink(path) { search(path) }
      } else if [".yaml", ".yml", ".json"].contains(where: name.hasSuffix), !Self.isPipeOrDevice(path) {
        add(InputFile(path: path, name: path, isNamed: false))
      }
    }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// What a file is known by, whatever the spelling of its path: device and number; of one that is not there, its path.
  private static func identity(_ path: String) -> String {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? "\(status.st_dev):\(status.st_ino)" : path
  }

  /// Whether reading could block or never end. A file that is not there is none of these: reading it tells why.
  private static func isPipeOrDevice(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
