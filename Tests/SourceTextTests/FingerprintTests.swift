import SourceText
import Testing

/// Fingerprints are written to baselines: the same for ever.
struct FingerprintTests {
  /// Values of FNV-1a with 64 bits over the four parts, each ended by a zero byte, reckoned by another program.
  @Test func valuesNeverChange() {
    let subject = "vpn_servers/client-vpn/routes/10.1.0.0/24"
    #expect(Fingerprint(code: "VPN201", subject: subject, document: 0, ordinal: 0).description == "0b49185750a6716f")
    #expect(
      Fingerprint(code: "VPN001", subject: "file/é", document: 6099, ordinal: 0).description == "00035890089fd0bd")
  }

  @Test func everyPartCounts() {
    let all = Set([
      Fingerprint(code: "VPN201", subject: "a", document: 0, ordinal: 0),
      Fingerprint(code: "VPN202", subject: "a", document: 0, ordinal: 0),
      Fingerprint(code: "VPN201", subject: "b", document: 0, ordinal: 0),
      Fingerprint(code: "VPN201", subject: "a", document: 1, ordinal: 0),
      Fingerprint(code: "VPN201", subject: "a", document: 0, ordinal: 1),
      Fingerprint(code: "VPN20", subject: "1a", document: 0, ordinal: 0),
      Fingerprint(code: "VPN201", subject: "a0", document: 0, ordinal: 0),
    ])
    #expect(all.count == 7)
  }

  @Test func alwaysSixteenDigits() {
    for ordinal in 0..<5000 {
      let digits = Fingerprint(code: "VPN201", subject: "x", document: 0, ordinal: ordinal).description
      #expect(digits.utf8.count == 16 && digits.allSatisfy { "0123456789abcdef".contains($0) })
    }
  }
}
