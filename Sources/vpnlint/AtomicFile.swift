import SourceText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Replaces a file as a whole: whoever reads it meets the old content or the new one.
enum AtomicFile {
  /// The system's reason why a file could not be written.
  struct WriteProblem: Error {
    let sentence: String
  }

  /// Writes a text. A link is followed, and a file that is there keeps its permissions.
  static func write(_ text: String, to path: String) throws(WriteProblem) {
    try write(Array(text.utf8), to: path, inPlaceOf: nil)
  }

  /// Writes a content in the place of the one that is `expected` there, if any is; refuses if there is another by now.
  static func write(_ content: [UInt8], to path: String, inPlaceOf expected: [UInt8]?) throws(WriteProblem) {
    let target = resolved(path)
    if isStream(target) { return try writeDirectly(content, path) }
    let temporary = "\(target).\(getpid()).tmp"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw problem(path) }
    keepPermissions(of: target, on: descriptor)
    let isWritten = Output(descriptor: descriptor).write(content) && fsync(descriptor) == 0
    let reason = errno
    let isClosed = close(descriptor) == 0
    if let expected, !isThere(expected, path) {
      unsafe unlink(temporary)
      throw WriteProblem(sentence: "\(path): changed while vpnlint was at work; left as it is, run vpnlint again")
    }
    if isWritten, isClosed, unsafe rename(temporary, target) == 0 { return }
    let failure = problem(path, isWritten ? errno : reason)
    unsafe unlink(temporary)
    throw failure
  }

  /// Whether there is a device or a pipe, which can be written to but not replaced.
  private static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  private static func writeDirectly(_ content: [UInt8], _ path: String) throws(WriteProblem) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(path) }
    let isWritten = Output(descriptor: descriptor).write(content)
    let reason = errno
    close(descriptor)
    if !isWritten { throw problem(path, reason) }
  }

  private static func isThere(_ content: [UInt8], _ path: String) -> Bool {
    (try? InputFile(path: path, name: path, isNamed: true).read().get())?.bytes == content
  }

  private static func resolved(_ path: String) -> String {
    guard let target = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(target) }
    return unsafe String(cString: target)
  }

  private static func keepPermissions(of path: String, on descriptor: Int32) {
    var status = stat()
    if unsafe stat(path, &status) == 0 { _ = fchmod(descriptor, status.st_mode & 0o777) }
  }

  private static func problem(_ path: String, _ code: Int32 = errno) -> WriteProblem {
    WriteProblem(sentence: "\(path): \(systemReason(code))")
  }
}
