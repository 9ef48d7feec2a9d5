#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the system tells of the file that a path leads to, asked for once.
struct FileStatus {
  private var status = stat()

  /// nil if there is nothing: reading it tells why.
  init?(_ path: String, followsLinks: Bool = true) {
    let result = unsafe SystemPath.withBytes(path) { path in
      followsLinks ? unsafe stat(path, &status) : unsafe lstat(path, &status)
    }
    guard result == 0 else { return nil }
  }

  /// nil if the descriptor is not open.
  init?(_ descriptor: Int32) {
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
  }

  private var kind: mode_t { status.st_mode & S_IFMT }

  var isDirectory: Bool { kind == S_IFDIR }

  /// Whether it is a file and no pipe or device, which could block or never end.
  var isRegular: Bool { kind == S_IFREG }

  var isLink: Bool { kind == S_IFLNK }
  var isPipe: Bool { kind == S_IFIFO }
  var isSocket: Bool { kind == S_IFSOCK }
  var isDevice: Bool { kind == S_IFCHR || kind == S_IFBLK }

  /// Whether it is the device that holds nothing.
  var isNull: Bool { kind == S_IFCHR && FileStatus("/dev/null")?.status.st_rdev == status.st_rdev }

  /// Whether it can be written to but not replaced.
  var isStream: Bool { !isRegular && !isDirectory }

  /// Bytes.
  var size: Int { max(0, Int(status.st_size)) }

  /// How many names the file has.
  var names: Int { Int(status.st_nlink) }

  /// Who may do what with the file, and what else its mode says.
  var permissions: mode_t { status.st_mode & 0o7777 }

  /// The numbers of the user and the group that the file belongs to.
  var owner: (user: uid_t, group: gid_t) { (status.st_uid, status.st_gid) }

  /// Whether both belong to the same user and group.
  func isOwned(like other: FileStatus) -> Bool { owner == other.owner }

  /// Whether the content may be another than it was then.
  func isOlder(than later: FileStatus) -> Bool {
    size != later.size || changed.tv_sec != later.changed.tv_sec || changed.tv_nsec != later.changed.tv_nsec
  }

  private var changed: timespec {
    #if canImport(Glibc)
      status.st_mtim
    #else
      status.st_mtimespec
    #endif
  }

  var identity: FileIdentity {
    .file(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
  }
}

/// What a file is known by, whatever the spelling of its path.
enum FileIdentity: Hashable, Sendable {
  case standardInput
  case file(device: UInt64, number: UInt64)
  /// One that is not there, by its folder and its name.
  indirect case absent(FileIdentity, String)
  /// One whose folder is not there either.
  case path(String)

  /// The file that a path leads to, or would lead to.
  init(_ path: String) {
    if let status = FileStatus(path) {
      self = status.identity
      return
    }
    let path = SystemPath.destination(path) ?? path
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
    guard let name = parts.last, let status = FileStatus(folder) else {
      self = .path(path)
      return
    }
    self = .absent(status.identity, String(name))
  }
}
