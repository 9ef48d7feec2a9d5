import Foundation

/// What a run has printed, as the parts of a record.
struct LabTranscript {
  /// A transcript that is not as it must be.
  struct Gap: Error, CustomStringConvertible {
    let heading: String
    var description: String { "the run says nothing sensible about `\(heading)`" }
  }

  private var sections: [Substring: [Substring]] = [:]

  init(_ text: String) {
    var heading: Substring = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("@@ ") {
        heading = line.dropFirst(3)
        sections[heading] = []
      } else {
        sections[heading, default: []].append(line)
      }
    }
  }

  /// Seconds from starting the client to its being connected.
  var connectSeconds: Double? {
    sections["connected"]?.first.flatMap { Double($0) }.map { ($0 / 1e7).rounded() / 100 }
  }

  /// The table `before`, `during` or `after` the connection.
  func table(_ when: String) throws -> [Record.Row] {
    try decode([Record.Row].self, from: sections[Substring(when)]?.first, when).map { row in
      var row = row
      row.dst = Self.inFull(row.dst)
      return row
    }
  }

  /// What `ip route get` says of an address, and `ip route get fibmatch`.
  func decision(_ address: String) throws -> Record.Decision {
    let heading = "route \(address)"
    let lines = sections[Substring(heading)] ?? []
    guard lines.count == 2 else {
      guard let problem = lines.first?.split(separator: "answers: ").last else { throw Gap(heading: heading) }
      return Record.Decision(error: String(problem))
    }
    struct Way: Decodable {
      var dst: String
      var dev: String?
      var gateway: String?
      var prefsrc: String?
    }
    guard let way = try decode([Way].self, from: lines[0], heading).first,
      let row = try decode([Way].self, from: lines[1], heading).first
    else { throw Gap(heading: heading) }
    return Record.Decision(match: Self.inFull(row.dst), dev: way.dev, gateway: way.gateway, prefsrc: way.prefsrc)
  }

  /// What came of the ping to an address, or to the `gateway` through the tunnel.
  func ping(_ address: String) throws -> Record.Ping {
    let lines = sections[Substring("ping \(address)")] ?? []
    for line in lines {
      if let answer = line.firstMatch(of: /bytes from [0-9.]+: icmp_seq=1 ttl=([0-9]+)/), let ttl = Int(answer.1) {
        return Record.Ping(ok: true, by: LabNetwork.responder(ttl: ttl), ttl: ttl)
      }
      if let problem = line.firstMatch(of: /From ([0-9.]+) icmp_seq=1 (.+)/) {
        return Record.Ping(ok: false, why: String(problem.2), from: String(problem.1))
      }
    }
    if lines.contains(where: { $0.contains("100% packet loss") }) { return Record.Ping(ok: false, why: "no answer") }
    guard let last = lines.last else { throw Gap(heading: "ping \(address)") }
    return Record.Ping(ok: false, why: String(last.trimmingPrefix("ping: ")))
  }

  /// The options that the client has received, of all messages.
  var pushed: [String] {
    log.filter { $0.contains("PUSH: Received control message") }.flatMap { line -> [String] in
      let message = line.split(separator: "'", omittingEmptySubsequences: false).dropFirst().first ?? ""
      return message.split(separator: ",").dropFirst().map(String.init)
    }
  }

  /// What the client's log says about routes that went wrong, in the order of their first mention.
  var trouble: [Record.Trouble] {
    let signs = [
      "ERROR", "WARNING: Option", "route exists", "rtnl: generic error", "ecursive routing", "unable to redirect",
      "Option 'route'", "filtered",
    ]
    return log.reduce(into: []) { found, line in
      guard signs.contains(where: line.contains) else { return }
      if let known = found.firstIndex(where: { $0.line == line }) {
        found[known].count += 1
      } else {
        found.append(Record.Trouble(line: line, count: 1))
      }
    }
  }

  /// The client's log without the times and without the list of all options.
  private var log: [String] {
    (sections["log"] ?? []).map { String($0.trimmingPrefix(/[0-9]+-[0-9]+-[0-9]+ [0-9:]+ (us=[0-9]+ )?/)) }
      .filter { !$0.hasPrefix("  ") }
  }

  private func decode<Value: Decodable>(_: Value.Type, from line: Substring?, _ heading: String) throws -> Value {
    guard let line, let value = try? JSONDecoder().decode(Value.self, from: Data(line.utf8)) else {
      throw Gap(heading: heading)
    }
    return value
  }

  private static func inFull(_ destination: String) -> String {
    destination == "default" ? "0.0.0.0/0" : destination.contains("/") ? destination : "\(destination)/32"
  }
}
