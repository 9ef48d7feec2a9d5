import Foundation

/// A file that is there as long as this is.
final class TemporaryFile {
  let path: String

  init(_ content: String) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString).txt")
    try Data(content.utf8).write(to: url)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
