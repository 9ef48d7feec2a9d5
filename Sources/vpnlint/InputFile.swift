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
  /// Bytes that it had when it was found; 0 if that is not known.
  let size: Int

  /// A file by its path.
  init(_ path: String, isNamed: Bool = true, size: Int = 0) {
    self.path = path
    self.name = SystemPath.shown(path)
    self.isNamed = isNamed
    self.size = size
  }

  /// Standard input.
  init(standardInput name: String) {
    (path, self.name, isNamed, size) = (nil, name, true, 0)
  }

  /// What an argument names: a file, or standard input if it is `-`.
  init(argument: String) {
    self = argument == "-" ? InputFile(standardInput: "<stdin>") : InputFile(argument)
  }

  /// A file that cannot be read: its name and the reason.
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
    do throws(ReadProblem) {
      return .success(SourceFile(name: name, bytes: try content(limit)))
    } catch {
      return .failure(error)
    }
  }

  private func problem(_ reason: String) -> ReadProblem { ReadProblem(sentence: "\(name): \(reason)") }

  private func content(_ limit: Int) throws(ReadProblem) -> [UInt8] {
    guard let path else { return try content(of: 0, limit, expected: try rest(of: 0, FileStatus(0), limit)) }
    // Opening a pipe that nobody writes to would wait for ever.
    let descriptor = SystemPath.open(path, O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT, FileStatus(path, followsLinks: false)?.isLink ?? false {
        throw problem("is a link to something that is not there")
      }
      throw problem(FileStatus(path)?.isSocket ?? false ? "is a socket, not a file" : systemReason(code))
    }
    defer { close(descriptor) }
    guard let status = FileStatus(descriptor) else { throw problem(systemReason()) }
    if status.isRegular { return try stableContent(of: descriptor, status, limit) }
    if status.isPipe { return try content(ofPipe: descriptor, limit) }
    if status.isDevice, !status.isNull { throw problem("is a device, not a file") }
    return try content(of: descriptor, limit)
  }

  /// How many bytes there are from here on; 0 if that is not known. More than `limit` are not read at all.
  private func rest(of descriptor: Int32, _ status: FileStatus?, _ limit: Int) throws(ReadProblem) -> Int {
    guard let status, status.isRegular else { return 0 }
    let size = max(0, status.size - max(0, Int(lseek(descriptor, 0, SEEK_CUR))))
    guard size <= limit else { throw ReadProblem(tooLarge: name, limit) }
    return size
  }

  /// How often a file is read that changes meanwhile.
  private static let mostAttempts = 3

  /// The content of a file as it was at one moment.
  private func stableContent(
    of descriptor: Int32, _ status: FileStatus, _ limit: Int
  ) throws(ReadProblem) -> [UInt8] {
    var before = status
    for _ in 0..<Self.mostAttempts {
      let size = try rest(of: descriptor, before, limit)
      // What grows all the time has no end. Files that the system makes up say that they are empty.
      let most = size > 0 ? size : limit
      let bytes = try content(of: descriptor, limit, expected: size, most: most)
      let after = FileStatus(descriptor) ?? before
      if bytes.count <= most, !before.isOlder(than: after) { return bytes }
      before = after
      lseek(descriptor, 0, SEEK_SET)
    }
    throw problem("changes while it is read; run vpnlint again when it is finished")
  }

  /// The content of a pipe, once there is something in it or at least somebody who writes to it.
  private func content(ofPipe descriptor: Int32, _ limit: Int) throws(ReadProblem) -> [UInt8] {
    let isReady = Self.wait(for: descriptor, milliseconds: Patience.milliseconds)
    var bytes: [UInt8] = []
    // Where a writer is silent this fails for the moment.
    if Self.append(descriptor, 1, to: &bytes) == 0, !isReady { throw problem("is a pipe, and nobody writes to it") }
    return try content(of: descriptor, limit, after: bytes)
  }

  /// Whether there is something to read, or an end, within a time; -1 is as long as it takes.
  private static func wait(for descriptor: Int32, milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let count = unsafe poll(&request, 1, milliseconds)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }

  /// Reads to the end, or until there are more bytes than `most`; more than `limit` is a problem.
  private func content(
    of descriptor: Int32, _ limit: Int, expected: Int = 0, most: Int = .max, after first: [UInt8] = []
  ) throws(ReadProblem) -> [UInt8] {
    // One byte more than there should be, so that the end is seen without making room for more.
    var room = min(expected, limit) + 1
    var bytes = first
    while true {
      let count = Self.append(descriptor, room, to: &bytes)
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN, Self.wait(for: descriptor, milliseconds: -1) { continue }
        throw problem(systemReason())
      }
      if count == 0 || bytes.count > most { return bytes }
      guard bytes.count <= limit else { throw ReadProblem(tooLarge: name, limit) }
      room = count < room ? room - count : 1 << 20
    }
  }

  private static func append(_ descriptor: Int32, _ chunk: Int, to bytes: inout [UInt8]) -> Int {
    var count = 0
    let part = unsafe [UInt8](unsafeUninitializedCapacity: chunk) { buffer, initialized in
      count = unsafe Self.read(descriptor, buffer)
      initialized = max(0, count)
    }
    // The first part is nearly always all there is, and need not be copied.
    if bytes.isEmpty { bytes = part } else { bytes += part }
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
  init?(joining files: [SourceFile], most: Int, named name: String? = nil) {
    guard files.reduce(files.count - 1, { $0 + $1.bytes.count }) <= most else { return nil }
    self.init(joining: files, named: name)
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
