#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file where there is none.
enum NewFile {
  /// Why the file was not written, as a sentence.
  struct WriteProblem: Error {
    let sentence: String
  }

  /// Writes a text. What is there already, be it a link to nothing, is left as it is.
  static func write(_ text: String, to path: String) throws(WriteProblem) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let isThere = errno == EEXIST
      throw WriteProblem(
        sentence: isThere
          ? "\(path): is there already and was left as it is; choose another name" : "\(path): \(systemReason())")
    }
    let isWritten = Output(descriptor: descriptor).write(text)
    let reason = errno
    let isClosed = close(descriptor) == 0
    guard !isWritten || !isClosed else { return }
    let sentence = "\(path): \(systemReason(isWritten ? errno : reason))"
    unsafe unlink(path)
    throw WriteProblem(sentence: sentence)
  }
}
