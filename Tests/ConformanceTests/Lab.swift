import Foundation

/// Runs a real OpenVPN client against a real server and reads what comes of it.
enum Lab {
  /// A run that broke off before there was anything to observe.
  struct Failure: Error, CustomStringConvertible {
    let name: String
    let reason: String
    var description: String { "\(name): the lab failed: \(reason)" }
  }

  static func record(_ configuration: LabConfiguration) throws -> Record {
    let clock = ContinuousClock()
    let began = clock.now
    let (text, status) = try output(of: LabRun(configuration: configuration).command())
    guard status == 0 else {
      let last = text.split(separator: "\n").suffix(3).joined(separator: " / ")
      throw Failure(name: configuration.name, reason: last.isEmpty ? "status \(status)" : last)
    }
    let transcript = LabTranscript(text)
    let (before, after) = (try transcript.table("before"), try transcript.table("after"))
    let trouble = transcript.trouble
    return Record(
      config: configuration, connected: transcript.connectSeconds != nil, connectSeconds: transcript.connectSeconds,
      tableBefore: before, table: try transcript.table("during"), pushed: transcript.pushed,
      probes: try configuration.probes.map { address in
        Record.Probe(dst: address, route: try transcript.decision(address), ping: try transcript.ping(address))
      },
      trouble: trouble, loop: trouble.contains { $0.line.contains("ecursive routing") },
      tunnelAlive: try transcript.ping("gateway").ok, tableRestored: before == after,
      seconds: ((clock.now - began) / .milliseconds(10)).rounded() / 100)
  }

  /// What a command prints on both outputs, and its exit status.
  static func output(of command: [String]) throws -> (text: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, process.terminationStatus)
  }
}
