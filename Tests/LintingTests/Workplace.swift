import Foundation
import TestSupport

/// A folder with models in which the program runs as a shell starts it; there as long as this is.
final class Workplace {
  let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  /// A model in which one route is redundant and one is missing, and the same after `--fix`.
  static let redundant = Run.faulty.replacing("routes: [", with: "routes: [{destination: 10.0.0.0/25}, ")
  static let mended = Run.faulty

  init(_ models: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in models { try write(text, to: path) }
  }

  deinit {
    _ = try? shell("chmod -R u+rwx . 2>/dev/null")
    try? FileManager.default.removeItem(at: folder)
  }

  func write(_ text: String, to path: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func read(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// The entries of the folder, hidden ones too.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted() }

  /// A script with `$vpnlint`, and with `$user` in front of what must obey permissions, which root need not.
  func process(_ script: String) throws -> Process {
    guard let program = Program.location else { throw Program.Missing() }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging([
      "vpnlint": program.path(), "user": geteuid() == 0 ? Self.withoutPrivilege : "",
    ]) { $1 }
    return process
  }

  /// Runs a script; what it prints on both outputs, and its status.
  @discardableResult
  func shell(_ script: String) throws -> (text: String, status: Int32) {
    let process = try process(script)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, process.terminationStatus)
  }

  private static let withoutPrivilege = "setpriv --bounding-set -dac_override,-dac_read_search"

  /// Whether permissions can be tried: not as root where its privilege cannot be laid down.
  static let obeysPermissions: Bool = {
    guard let place = try? Workplace(["file": ""]) else { return false }
    return (try? place.shell("chmod 0 file && ! $user cat file").status) == 0
  }()

  /// Whether the program runs under the thread sanitizer (see `make sanitize`), and whether under any.
  static let isThreadSanitized = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil
  static let isSanitized = isThreadSanitized || ProcessInfo.processInfo.environment["LSAN_OPTIONS"] != nil

  /// Whether a file system can be mounted where nobody else sees it.
  static let mounts: Bool = {
    guard let place = try? Workplace() else { return false }
    return (try? place.shell("mkdir at && unshare -m mount -t tmpfs none at").status) == 0
  }()
}
