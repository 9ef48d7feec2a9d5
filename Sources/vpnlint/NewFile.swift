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
    let name = SystemPath.shown(path)
    let reason = Interruption.deferred { () -> String? in
      let descriptor = SystemPath.open(path, O_WRONLY | O_CREAT | O_EXCL)
      guard descriptor >= 0 else {
        let isThere = errno == EEXIST
        return isThere
          ? "is there already and was left as it is; choose another name" : SystemPath.reasonNotToMake(path)
      }
      let isWritten = Output(descriptor: descriptor).write(text)
      let reason = errno
      let isClosed = close(descriptor) == 0
      guard !isWritten || !isClosed else { return nil }
      let sentence = systemReason(isWritten ? errno : reason)
      _ = unsafe SystemPath.withBytes(path) { unsafe unlink($0) }
      return sentence
    }
    if let reason { throw WriteProblem(sentence: "\(name): \(reason)") }
  }
}
