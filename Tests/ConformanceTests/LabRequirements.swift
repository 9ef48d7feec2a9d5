import Foundation
import Testing

/// What the lab cannot do without.
enum LabRequirements {
  private static let programs = ["openvpn", "ip", "nft", "ping", "openssl", "unshare", "timeout"]

  /// One sentence that says what is missing; nil if nothing is.
  static func missing() -> String? {
    #if os(Linux)
      if !works("true") {
        return "The lab needs root, because it makes network namespaces: run it as root, or `sudo -v` before it."
      }
      let absent = programs.filter { !works("command -v \($0)") }
      if !absent.isEmpty { return "The lab needs \(absent.joined(separator: ", ")): not installed." }
      if !works("test -c /dev/net/tun") { return "The lab needs /dev/net/tun, which is missing." }
      return refusal()
    #else
      return "The lab needs Linux: it is made of network namespaces."
    #endif
  }

  /// What the kernel forbids, as in a container without the rights.
  private static func refusal() -> String? {
    let attempt = "mount -t tmpfs lab /run && ip netns add lab && ip tuntap add dev tun0 mode tun"
    let result = try? Lab.output(of: LabRun.confined(attempt))
    if result?.status == 0 { return nil }
    let words = result?.text.split(separator: "\n").joined(separator: " / ") ?? "no answer"
    return "The lab needs network namespaces and tun devices, which the kernel refuses: \(words)"
  }

  private static func works(_ script: String) -> Bool {
    (try? Lab.output(of: LabRun.asRoot + ["sh", "-c", script]).status) == 0
  }
}

/// Fails a suite, with a sentence that says why, where the lab cannot do what is asked for.
struct NeedsLab: SuiteTrait {
  private struct Obstacle: Error, CustomStringConvertible { let description: String }

  func prepare(for test: Test) async throws {
    if let reason = Conformance.mistake() ?? LabRequirements.missing() { throw Obstacle(description: reason) }
  }
}

extension Trait where Self == NeedsLab {
  static var needsLab: NeedsLab { NeedsLab() }
}
