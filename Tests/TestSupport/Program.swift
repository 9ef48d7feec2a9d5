public import Foundation

/// The program under test, which is built into the folder of the tests.
public enum Program {
  /// The program is not beside the tests; `make build` builds it.
  public struct Missing: Error {}

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
}
