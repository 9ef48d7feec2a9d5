/// Sixteen hexadecimal digits that recognise a finding in a later run: made from what it is about, never from
/// lines, file layout or the order of keys.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  private let value: UInt64

  /// Of the `ordinal`-th finding (from 0) with this code and subject in the document.
  public init(code: String, subject: String, document: Int, ordinal: Int) {
    // FNV-1a, 64 bits: small, without seed, the same on every machine.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for part in [code, subject, String(document), String(ordinal)] {
      for byte in part.utf8 { mix(byte) }
      mix(0)
    }
    value = hash
  }

  /// The sixteen digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
