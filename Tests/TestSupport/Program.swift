public import Foundation

/// The program under test, which is built into the folder of the tests.
public enum Program {
  /// The program is not beside the tests; `make build` builds it.
  public struct Missing: Error {
    /// Makes the error.
    public init() {}
  }

  /// Runs the program; what it prints on both outputs, and its exit status.
  public static func run(_ arguments: [String], in folder: URL) throws -> (text: String, status: Int32) {
    guard let location else { throw Missing() }
    let process = Process()
    process.executableURL = location
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, process.terminationStatus)
  }

  /// Where the program is; nil if it is not beside the tests.
  public static let location: URL? = {
    let tests = [CommandLine.arguments[0]] + CommandLine.arguments + Bundle.allBundles.map(\.bundlePath)
    return tests.filter { $0.contains(".xctest") }.map { path in
      var folder = URL(filePath: path)
      while folder.path().contains(".xctest") { folder.deleteLastPathComponent() }
      return folder.appending(path: "vpnlint")
    }.first { FileManager.default.isExecutableFile(atPath: $0.path()) }
  }()

  /// Runs the program without its output; the most memory it took, in bytes.
  public static func peakMemory(_ arguments: [String]) throws -> Int {
    guard let location else { throw Missing() }
    let words = [location.path()] + arguments
    let pointers = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    let nowhere = unsafe open("/dev/null", O_WRONLY)
    defer { close(nowhere) }
    #if canImport(Glibc)
      var actions = unsafe posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in [1, 2] { unsafe posix_spawn_file_actions_adddup2(&actions, nowhere, descriptor) }
    var process: pid_t = 0
    guard unsafe posix_spawn(&process, location.path(), &actions, nil, pointers, environ) == 0 else { throw Missing() }
    var usage = rusage()
    var status: Int32 = 0
    unsafe wait4(process, &status, 0, &usage)
    #if canImport(Darwin)
      return usage.ru_maxrss
    #else
      return usage.ru_maxrss * 1024
    #endif
  }
}
