#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file descriptor that text is written to.
struct Output: Sendable {
  let descriptor: Int32

  /// The report, and nothing else.
  static let standard = Output(descriptor: 1)
  /// Talk.
  static let error = Output(descriptor: 2)

  /// Writes the whole text; false if it cannot be written.
  @discardableResult
  func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in unsafe writeAll(bytes) }
  }

  /// Writes the whole content; false if it cannot be written.
  func write(_ content: [UInt8]) -> Bool {
    unsafe content.withUnsafeBufferPointer { bytes in unsafe writeAll(bytes) }
  }

  private func writeAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = unsafe Self.write(descriptor, bytes, from: written)
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN, isReady() { continue }
        // Whoever leaves, as `head` does, has read enough.
        return errno == EPIPE && descriptor <= Output.error.descriptor
      }
      written += count
    }
    return true
  }

  /// Waits until more can be written where writing does not wait by itself: a caller may have set its pipe up so.
  private func isReady() -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&request, 1, -1) > 0
  }

  /// Writes the whole text, or throws the system's reason.
  func writeAll(_ text: String) throws { try writeAll(Array(text.utf8)) }

  /// Writes the whole content, or throws the system's reason.
  func writeAll(_ content: [UInt8]) throws {
    if !write(content) { throw Refusal("standard output cannot be written: \(systemReason())") }
  }

  /// Whether a file is what standard output or standard error leads to.
  static func isStandard(_ identity: FileIdentity?) -> Bool {
    identity != nil && [standard, error].contains { FileStatus($0.descriptor)?.identity == identity }
  }

  private static func write(_ descriptor: Int32, _ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    #if canImport(Glibc)
      return unsafe Glibc.write(descriptor, base + start, bytes.count - start)
    #else
      return unsafe Darwin.write(descriptor, base + start, bytes.count - start)
    #endif
  }

  /// Whether a person reads it.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal; nil if it is none.
  var width: Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
