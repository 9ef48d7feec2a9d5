import SourceText
import SourceTree
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

    init(sentence: String) { self.sentence = sentence }

    /// A file, or files that are one input, of more bytes than are read.
    init(tooLarge name: String, _ limit: Int) {
      let isRaisable = limit < SourceLimits.largestSize
      sentence =
        "\(name): larger than the \(Self.words(limit)) that vpnlint reads; "
        + (isRaisable ? "raise the limit with --max-size" : "divide it, one VPC a file")
    }

    private static func words(_ size: Int) -> String {
      size.isMultiple(of: 1 << 20) ? "\(size >> 20) MiB" : "\(size) bytes"
    }
  }

  /// The whole content; of `limit` bytes at the most.
  func read(limit: Int = SourceLimits().size) -> Result<SourceFile, ReadProblem> {
    guard let path else { return content(of: 0, limit) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return failure() }
    defer { close(descriptor) }
    return content(of: descriptor, limit)
  }

  private func failure() -> Result<SourceFile, ReadProblem> {
    .failure(ReadProblem(sentence: "\(name): \(systemReason())"))
  }

  private func content(of descriptor: Int32, _ limit: Int) -> Result<SourceFile, ReadProblem> {
    var status = stat()
    let expected = unsafe fstat(descriptor, &status) == 0 ? max(0, Int(status.st_size)) : 0
    // One byte more than there should be, so that the end is seen without making room for more.
    var room = min(expected, limit) + 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(room)
    while true {
      let count = Self.append(descriptor, min(room, Self.largestChunk), to: &bytes)
      if count < 0 {
        if errno == EINTR { continue }
        return failure()
      }
      if count == 0 { return .success(SourceFile(name: name, bytes: bytes)) }
      guard bytes.count <= limit else { return .failure(ReadProblem(tooLarge: name, limit)) }
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

extension SourceFile {
  /// Joins files into one text; nil if it had more than `most` bytes.
  init?(joining files: [SourceFile], most: Int) {
    guard files.reduce(files.count - 1, { $0 + $1.bytes.count }) <= most else { return nil }
    self.init(joining: files)
  }
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
