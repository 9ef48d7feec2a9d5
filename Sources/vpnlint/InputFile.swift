import SourceText
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file to be read, or standard input.
struct InputFile: Sendable {
  /// nil for standard input.
  let path: String?
  /// What reports call it.
  let name: String
  /// Whether the user named it, and not only a directory above it.
  let isNamed: Bool

  /// A file that cannot be read: its name and the system's reason.
  struct ReadProblem: Error {
    let sentence: String
  }

  /// The whole content.
  func read() -> Result<SourceFile, ReadProblem> {
    guard let path else { return content(of: 0) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return failure() }
    defer { close(descriptor) }
    return content(of: descriptor)
  }

  private func failure() -> Result<SourceFile, ReadProblem> {
    .failure(ReadProblem(sentence: "\(name): \(systemReason())"))
  }

  private func content(of descriptor: Int32) -> Result<SourceFile, ReadProblem> {
    var status = stat()
    let expected = unsafe fstat(descriptor, &status) == 0 ? max(0, Int(status.st_size)) : 0
    // One byte more than there should be, so that the end is seen without making room for more.
    var room = min(expected, SourceLimit.size) + 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(room)
    while true {
      let count = Self.append(descriptor, min(room, Self.largestChunk), to: &bytes)
      if count < 0 {
        if errno == EINTR { continue }
        return failure()
      }
      if count == 0 { return .success(SourceFile(name: name, bytes: bytes)) }
      guard bytes.count <= SourceLimit.size else {
        return .failure(
          ReadProblem(sentence: "\(name): larger than the \(SourceLimit.size >> 20) MiB that vpnlint reads"))
      }
      room = count < room ? room - count : Self.largestChunk
    }
  }

  private static let largestChunk = 1 << 20

  private static func append(_ descriptor: Int32, _ chunk: Int, to bytes: inout [UInt8]) -> Int {
    var count = 0
    let part = unsafe [UInt8](unsafeUninitializedCapacity: chunk) { buffer, initialized in
      count = unsafe Self.read(descriptor, buffer)
      initialized = max(0, count)
    }
    bytes += part
    return count
  }

  private static func read(_ descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    #if canImport(Glibc)
      return unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      return unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }
}

/// The largest file that is read.
enum SourceLimit {
  /// Bytes.
  static let size = 512 << 20
}

/// Sentences about files that could not be read or written, gathered while many are worked on at once.
final class FileFailures: Sendable {
  private let sentences: Mutex<[(index: Int, sentence: String)]>
  private let first: [String]

  init(_ first: [String]) {
    self.first = first
    sentences = Mutex([])
  }

  func append(_ sentence: String, at index: Int) {
    sentences.withLock { $0.append((index, sentence)) }
  }

  /// Directories first, then files in the order of the arguments.
  var inOrder: [String] {
    first + sentences.withLock { $0 }.sorted { $0.index < $1.index }.map(\.sentence)
  }
}
