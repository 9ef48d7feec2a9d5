import SourceText
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Replaces a file as a whole: whoever reads it meets the old content or the new one.
enum AtomicFile {
  /// Why a file could not be written.
  struct WriteProblem: Error {
    let path, reason: String

    var sentence: String { "\(SystemPath.shown(path)): \(reason)" }
  }

  /// Writes a text. A link is followed, and a file that is there keeps its permissions.
  static func write(_ text: String, to path: String) throws(WriteProblem) {
    try write(Array(text.utf8), to: path, inPlaceOf: nil)
  }

  /// Writes a content in the place of the one that is `expected` there, if any is; refuses if there is another by now. A
  /// file that the user may not write is not replaced either, although its folder would allow it; nor is one with
  /// further names, which would keep the old content, or with an owner or attributes that a new file cannot have.
  static func write(_ content: [UInt8], to path: String, inPlaceOf expected: [UInt8]?) throws(WriteProblem) {
    if FileStatus(path)?.isStream ?? false { return try writeDirectly(content, path) }
    guard let target = SystemPath.destination(path) else {
      throw WriteProblem(path: path, reason: SystemPath.reasonNotToMake(path))
    }
    let former = SystemPath.open(target, O_WRONLY)
    if former < 0, errno != ENOENT { throw WriteProblem(path: path, reason: systemReason()) }
    defer { close(former) }
    let status = FileStatus(former)
    if let status, status.names > 1 {
      throw WriteProblem(
        path: path,
        reason: "has \(status.names) names (hard links), and the others would keep the old text; left as it is")
    }
    if expected != nil { try lock(former, path) }
    try Interruption.deferred { () throws(WriteProblem) in
      let (temporary, descriptor) = try makeTemporary(beside: target, replaces: status != nil, path)
      do throws(WriteProblem) {
        try fill(descriptor, content, like: status, former, path)
        if let expected, FileStatus(target)?.identity != status?.identity || !isThere(expected, path) {
          throw WriteProblem(path: path, reason: "changed while vpnlint was at work; left as it is, run vpnlint again")
        }
        try rename(temporary, target, path)
      } catch {
        remove(temporary)
        throw error
      }
    }
  }

  /// Waits until no other run can replace the file between the look at its content and the end of this one's work. The
  /// lock ends with the descriptor.
  private static func lock(_ descriptor: Int32, _ path: String) throws(WriteProblem) {
    for _ in 0..<Patience.attempts {
      // Not every file system has locks, and what is no longer there needs none.
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return }
      usleep(Patience.interval)
    }
    throw WriteProblem(path: path, reason: "another program has locked it; left as it is, run vpnlint again")
  }

  private static let numbers = Atomic(0)
  /// How many names are tried: one may be left of a run that was killed.
  private static let mostAttempts = 100

  private static func makeTemporary(
    beside target: String, replaces: Bool, _ path: String
  ) throws(WriteProblem) -> (path: String, descriptor: Int32) {
    let folder = target.utf8.lastIndex(of: UInt8(ascii: "/")).map { target[...$0] } ?? ""
    for _ in 0..<mostAttempts {
      let number = numbers.wrappingAdd(1, ordering: .relaxed).newValue
      let temporary = "\(folder).vpnlint-\(getpid())-\(number).tmp"
      // What replaces a file is nobody else's to read before it has the owner and the permissions of that file.
      let descriptor = SystemPath.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: replaces ? 0o600 : 0o666)
      if descriptor >= 0 { return (temporary, descriptor) }
      if errno != EEXIST { break }
    }
    let reason = SystemPath.reasonNotToMake(target)
    throw WriteProblem(
      path: path, reason: replaces ? "its folder takes no new file, which is needed to replace it: \(reason)" : reason)
  }

  private static func fill(
    _ descriptor: Int32, _ content: [UInt8], like status: FileStatus?, _ former: Int32, _ path: String
  ) throws(WriteProblem) {
    let reason = reasonNotToFill(descriptor, content, like: status, former)
    let isClosed = close(descriptor) == 0
    if reason != nil || !isClosed { throw WriteProblem(path: path, reason: reason ?? systemReason()) }
  }

  private static func reasonNotToFill(
    _ descriptor: Int32, _ content: [UInt8], like status: FileStatus?, _ former: Int32
  ) -> String? {
    guard Output(descriptor: descriptor).write(content) else { return systemReason() }
    if let status, let reason = FileAttributes.carry(from: former, status, to: descriptor) { return reason }
    return fsync(descriptor) == 0 ? nil : systemReason()
  }

  private static func rename(_ temporary: String, _ target: String, _ path: String) throws(WriteProblem) {
    let result = unsafe SystemPath.withBytes(temporary) { old in
      unsafe SystemPath.withBytes(target) { new in
        #if canImport(Glibc)
          unsafe Glibc.rename(old, new)
        #else
          unsafe Darwin.rename(old, new)
        #endif
      }
    }
    if result != 0 { throw WriteProblem(path: path, reason: systemReason()) }
  }

  private static func remove(_ path: String) { _ = unsafe SystemPath.withBytes(path) { unsafe unlink($0) } }

  /// Writes to a device or a pipe.
  private static func writeDirectly(_ content: [UInt8], _ path: String) throws(WriteProblem) {
    let descriptor = openStream(path)
    guard descriptor >= 0 else {
      throw WriteProblem(path: path, reason: errno == ENXIO ? "nobody reads from it" : systemReason())
    }
    let isWritten = Output(descriptor: descriptor).write(content)
    let reason = errno
    // Whoever reads what standard output leads to may leave, by whatever name it is written.
    let isLeft = reason == EPIPE && Output.isStandard(FileStatus(descriptor)?.identity)
    close(descriptor)
    if !isWritten, !isLeft { throw WriteProblem(path: path, reason: systemReason(reason)) }
  }

  /// Opens a pipe once somebody reads from it. Without this care it would wait for ever.
  private static func openStream(_ path: String) -> Int32 {
    for _ in 0..<Patience.attempts {
      let descriptor = SystemPath.open(path, O_WRONLY | O_NONBLOCK)
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        return descriptor
      }
      if errno != ENXIO { return descriptor }
      usleep(Patience.interval)
    }
    errno = ENXIO
    return -1
  }

  private static func isThere(_ content: [UInt8], _ path: String) -> Bool {
    (try? InputFile(path).read(limit: content.count).get())?.bytes == content
  }
}

/// How long a pipe may be without anybody at its other end.
enum Patience {
  static let milliseconds: Int32 = 5000
  /// Microseconds between two looks.
  static let interval: UInt32 = 50_000
  static let attempts = 100
}
