/// What a certificate revocation list says of itself (RFC 5280, section 5.1). Its signature is not looked at: the model
/// does not hold the certificate of the authority.
public struct RevocationList: Sendable, Hashable {
  /// Why a text is not a revocation list.
  public enum Flaw: Error, Sendable, Hashable {
    /// There is no line `-----BEGIN …-----`.
    case notPEM
    /// The line `-----END …-----` is missing.
    case unclosed
    /// It is something else in PEM, by its label.
    case otherKind(String)
    /// What stands between the two lines is not base64.
    case notBase64
    /// What the base64 stands for is not a revocation list, or not a whole one.
    case notRevocationList
  }

  /// When it was made.
  public let updated: Timestamp
  /// When the next one is due; nil if that is not promised.
  public let nextUpdate: Timestamp?
  /// How many certificates it revokes.
  public let count: Int

  /// Reads a list in PEM.
  public init(pem text: String) throws(Flaw) {
    let block = try PEMBlock(firstIn: text)
    guard block.label == "X509 CRL" else { throw .otherKind(block.label) }
    do throws(DERReader.Malformed) {
      try self.init(der: block.contents)
    } catch {
      throw .notRevocationList
    }
  }

  private init(der: [UInt8]) throws(DERReader.Malformed) {
    var whole = DERReader(der[...])
    var parts = DERReader(try whole.read(.sequence))
    var list = DERReader(try parts.read(.sequence))
    _ = try parts.read(.sequence)
    _ = try parts.read(.bitString)
    if !whole.isAtEnd { throw DERReader.Malformed() }
    if list.next == .integer { _ = try list.read(.integer) }
    // The algorithm of the signature, and who issued the list.
    _ = try list.read(.sequence)
    _ = try list.read(.sequence)
    updated = try list.readTime()
    nextUpdate = list.next == .utcTime || list.next == .generalizedTime ? try list.readTime() : nil
    count = list.next == .sequence ? try Self.count(try list.read(.sequence)) : 0
  }

  private static func count(_ entries: ArraySlice<UInt8>) throws(DERReader.Malformed) -> Int {
    var (reader, count) = (DERReader(entries), 0)
    while !reader.isAtEnd {
      _ = try reader.read(.sequence)
      count += 1
    }
    return count
  }
}

extension DERReader {
  /// A time: two digits of the year mean 1950 to 2049, and four are later (RFC 5280, section 5.1.2.4).
  fileprivate mutating func readTime() throws(Malformed) -> Timestamp {
    let isShort = next == .utcTime
    let digits = try read(isShort ? .utcTime : .generalizedTime)
    guard digits.count == (isShort ? 13 : 15), digits.last == UInt8(ascii: "Z") else { throw Malformed() }
    let century = isShort ? (digits.first ?? 0) >= UInt8(ascii: "5") ? "19" : "20" : ""
    let text = Array(century.utf8) + digits
    func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
    let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    guard let time = Timestamp(rfc3339: "\(date)T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z") else {
      throw Malformed()
    }
    return time
  }
}
