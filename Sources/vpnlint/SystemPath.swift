#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Paths as texts that lead back to their bytes. A name may hold any byte but `/` and NUL; each byte that is not part of
/// UTF-8 stands as a character of a private plane here, as does each byte of these characters themselves.
enum SystemPath {
  /// U+10FE80 to U+10FEFF stand for the bytes 0x80 to 0xFF.
  private static let standIns: ClosedRange<UInt32> = 0x10FE80...0x10FEFF
  private static let offset: UInt32 = 0x10FE00
  /// The first byte of the stand-ins in UTF-8, which is rare in other texts.
  private static let mark: UInt8 = 0xF4

  /// The text for a path that the system gave.
  static func text(_ path: UnsafePointer<CChar>) -> String {
    if let text = unsafe String(validatingCString: path), !text.utf8.contains(mark) { return text }
    return text(unsafe UnsafeRawBufferPointer(start: path, count: strlen(path)).map(\.self))
  }

  private static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var position = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        if standIns.contains(scalar.value) { append(encoded, to: &text) } else { text.unicodeScalars.append(scalar) }
        position += encoded.count
      case .error(let length):
        append(bytes[position..<position + length], to: &text)
        position += length
      case .emptyInput: return text
      }
    }
  }

  private static func append(_ bytes: some Sequence<UInt8>, to text: inout String) {
    for byte in bytes {
      if let standIn = Unicode.Scalar(offset + UInt32(byte)) { text.unicodeScalars.append(standIn) }
    }
  }

  /// Why a file could not be made, from what the system said last: mostly it is the folder that is missing.
  static func reasonNotToMake(_ path: String) -> String {
    let code = errno
    guard code == ENOENT, let end = path.utf8.lastIndex(of: UInt8(ascii: "/")), end > path.startIndex else {
      return systemReason(code)
    }
    let folder = String(path[..<end])
    return FileStatus(folder) == nil ? "there is no folder `\(shown(folder))`; make it first" : systemReason(code)
  }

  /// Calls the system with the bytes of a path.
  static func withBytes<Result>(_ path: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    guard path.utf8.contains(mark) else { return unsafe path.withCString { unsafe body($0) } }
    var bytes: [CChar] = []
    for scalar in path.unicodeScalars {
      if standIns.contains(scalar.value) {
        bytes.append(CChar(truncatingIfNeeded: scalar.value - offset))
      } else {
        bytes += String(scalar).utf8.map { CChar(bitPattern: $0) }
      }
    }
    return unsafe (bytes + [0]).withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return unsafe "".withCString { unsafe body($0) } }
      return unsafe body(start)
    }
  }

  /// The path for people: bytes that are not UTF-8 are written out, as `\xFF`, and so is that there is none.
  static func shown(_ path: String) -> String {
    if path.isEmpty { return "an empty path" }
    guard path.utf8.contains(mark) else { return path }
    var shown = ""
    for scalar in path.unicodeScalars {
      if standIns.contains(scalar.value) {
        shown += "\\x" + String(scalar.value - offset, radix: 16, uppercase: true)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Opens a file; -1 if the system refuses.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o666) -> Int32 {
    #if canImport(Glibc)
      unsafe withBytes(path) { unsafe Glibc.open($0, flags | O_CLOEXEC, mode) }
    #else
      unsafe withBytes(path) { unsafe Darwin.open($0, flags | O_CLOEXEC, mode) }
    #endif
  }

  /// The path without links and dots; nil if it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let target = unsafe withBytes(path, { unsafe realpath($0, nil) }) else { return nil }
    defer { unsafe free(target) }
    return unsafe text(target)
  }

  /// How many links the system follows on one way.
  private static let mostLinks = 40

  /// The path of the file that writing to a path replaces or makes: links are followed, also one to what is not there
  /// yet. nil if they lead in a circle.
  static func destination(_ path: String) -> String? {
    var path = path
    for _ in 0..<mostLinks {
      if let resolved = resolved(path) { return resolved }
      guard let goal = goal(ofLink: path) else { return path }
      let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
      path = goal.hasPrefix("/") ? goal : folder + goal
    }
    errno = ELOOP
    return nil
  }

  /// What a link says; nil if it is none.
  private static func goal(ofLink path: String) -> String? {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX) + 1) { buffer in
      let count = unsafe withBytes(path) { path in
        unsafe buffer.baseAddress.map { unsafe readlink(path, $0, Int(PATH_MAX)) } ?? -1
      }
      guard count >= 0, let start = buffer.baseAddress else { return nil }
      unsafe buffer[count] = 0
      return unsafe text(start)
    }
  }

  /// The arguments of the program without its name; nil if the system does not tell.
  static var arguments: [String]? {
    // Swift asks `/proc` for them on Linux, and takes it for none at all, not even a name, if it cannot.
    guard CommandLine.argc > 0 else { return nil }
    return (1..<Int(CommandLine.argc)).compactMap { index in
      unsafe CommandLine.unsafeArgv[index].map { unsafe text($0) }
    }
  }
}
