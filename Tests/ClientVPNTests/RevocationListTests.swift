import ClientVPN
import Foundation
import TestSupport
import Testing

/// Revocation lists as OpenSSL makes them, and texts that are none.
struct RevocationListTests {
  private static let first = """
    -----BEGIN X509 CRL-----
    MIG7MGMwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCQ0EXDTI1MDcwMTAwMDAwMFoX
    DTI2MDEwMTAwMDAwMFowKDASAgEBFw0yNTAxMDEwMDAwMDBaMBICAQIXDTI1MDEw
    MTAwMDAwMFowCgYIKoZIzj0EAwIDSAAwRQIhAMmuXdWlK/hv6sTSX9p6x27/v/f+
    qP9KFdC1PPyN9s1bAiB44kL6wdqDI9nlj+oSKk9KhmZKQZECGvbmNo9y8NTedw==
    -----END X509 CRL-----
    """

  /// Of version 2, with extensions of the list and of its entry.
  private static let second = """
    -----BEGIN X509 CRL-----
    MIHrMIGRAgEBMAoGCCqGSM49BAMCMA0xCzAJBgNVBAMMAkNBFw0yNjA1MDEwMDAw
    MDBaFw0yNjA2MDExMjAwMDBaMCIwIAIBChcNMjUwMTAxMDAwMDAwWjAMMAoGA1Ud
    FQQDCgEBoC8wLTAfBgNVHSMEGDAWgBQCtB3Z7J6tBm3sT9j/V8ptNW29KDAKBgNV
    HRQEAwIBATAKBggqhkjOPQQDAgNJADBGAiEA+lrys/eJrr5VvFhoDa3HgF2cxcK8
    eygxVXdtJi2a6L0CIQCgmZouII/CAAliB0NGcZXtRbw4d5n+wjEXLwQCBfTa+A==
    -----END X509 CRL-----
    """

  private static let distant = """
    -----BEGIN X509 CRL-----
    MIGUMDswCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCQ0EXDTI2MDUwMTAwMDAwMFoY
    DzIwOTkwMTAxMDAwMDAwWjAKBggqhkjOPQQDAgNJADBGAiEAgnYOuDdRhS4iekMd
    zl5Kyc9MQDDWlnZ9QHpmdtC3kVMCIQDmrNvtVoHz7XqSZXAUCmgqElwVavbY4KLM
    nHyK+8Trfg==
    -----END X509 CRL-----
    """

  @Test(arguments: [
    (first, "2025-07-01T00:00:00Z", "2026-01-01T00:00:00Z", 2),
    (second, "2026-05-01T00:00:00Z", "2026-06-01T12:00:00Z", 1),
    (distant, "2026-05-01T00:00:00Z", "2099-01-01T00:00:00Z", 0),
  ])
  func `a list tells its times and its length`(_ text: String, _ updated: String, _ next: String, _ count: Int) throws {
    let list = try RevocationList(pem: text)
    #expect(list.updated.description == updated)
    #expect(list.nextUpdate?.description == next)
    #expect(list.count == count)
  }

  @Test(arguments: [
    first.replacing("\n", with: "\r\n"), first.replacing("\n", with: " "), first.replacing("\n", with: "\n\t"),
    "issued by CA\n" + first + "\nthe end\n", first + "\n" + second,
  ])
  func `layout and what stands around the list do not matter`(_ text: String) throws {
    #expect(try RevocationList(pem: text) == RevocationList(pem: Self.first))
  }

  @Test(arguments: [
    ("", RevocationList.Flaw.notPEM), ("pem", .notPEM), ("----------", .notPEM),
    ("-----BEGIN X509 CRL-----", .unclosed),
    ("-----BEGIN ", .notPEM), ("-----BEGIN X509 CRL", .notPEM),
    ("-----BEGIN X509 CRL-----MIG7", .unclosed), ("-----BEGIN X509 CRL-----MIG7-----END CERTIFICATE-----", .unclosed),
    ("-----BEGIN CERTIFICATE-----MIG7-----END CERTIFICATE-----", .otherKind("CERTIFICATE")),
    ("-----BEGIN X509 CRL-----\n(uploaded)\n-----END X509 CRL-----", .notBase64),
    ("-----BEGIN X509 CRL-----\nMIG=7\n-----END X509 CRL-----", .notBase64),
    ("-----BEGIN X509 CRL-----\nM\n-----END X509 CRL-----", .notBase64),
    ("-----BEGIN X509 CRL----------END X509 CRL-----", .notRevocationList),
    ("-----BEGIN X509 CRL-----\nMIG7\n-----END X509 CRL-----", .notRevocationList),
    ("\u{1F98A}-----BEGIN X509 CRL-----\u{0}-----END X509 CRL-----", .notBase64),
  ])
  func `what is not a list says why`(_ text: String, _ flaw: RevocationList.Flaw) {
    #expect(throws: flaw) { try RevocationList(pem: text) }
  }

  // MARK: Hostile bytes

  private static func flaw(_ der: [UInt8]) -> RevocationList.Flaw? {
    let text = "-----BEGIN X509 CRL-----\n\(Data(der).base64EncodedString())\n-----END X509 CRL-----"
    do throws(RevocationList.Flaw) {
      _ = try RevocationList(pem: text)
      return nil
    } catch {
      return error
    }
  }

  private static func der(_ text: String) throws -> [UInt8] {
    let base64 = text.split(separator: "\n").dropFirst().dropLast().joined()
    return Array(try #require(Data(base64Encoded: base64)))
  }

  @Test(arguments: [first, second, distant])
  func `a list that is cut off anywhere, or goes on, is none`(_ text: String) throws {
    let whole = try Self.der(text)
    #expect(Self.flaw(whole) == nil)
    for length in whole.indices { #expect(Self.flaw(Array(whole.prefix(length))) == .notRevocationList, "\(length)") }
    #expect(Self.flaw(whole + [0]) == .notRevocationList)
  }

  /// Lengths without an end, beyond the end, of too many bytes, and so large that they overflow when added up.
  @Test(
    arguments: [
      [0x30], [0x30, 0x80], [0x30, 0x80, 0x00, 0x00], [0x30, 0x81], [0x30, 0x82, 0x01],
      [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
      [0x30, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0xFF], [0x30, 0x7F], [0x1F, 0xFF, 0x00],
      [0xFF],
      [0x30, 0x00], [0x30, 0x02, 0x30, 0x00], [0x05, 0x00],
    ] as [[UInt8]])
  func `a length that lies is no list`(_ der: [UInt8]) {
    #expect(Self.flaw(der) == .notRevocationList)
  }

  @Test func `nesting costs nothing`() {
    var der: [UInt8] = []
    for _ in 0..<20_000 { der += [0x30, 0x83, 0x01, 0x00, 0x00] }
    #expect(Self.flaw(der) == .notRevocationList)
  }

  @Test(arguments: Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func `nothing crashes`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let lists = try [Self.first, Self.second, Self.distant].map(Self.der)
    for _ in 0..<2000 {
      var bytes = lists[generator.below(lists.count)]
      for _ in 0...generator.below(4) {
        let place = generator.below(bytes.count)
        switch generator.below(3) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
        }
        if bytes.isEmpty { bytes = [0x30] }
      }
      let flaw = Self.flaw(bytes)
      #expect(flaw == nil || flaw == .notRevocationList, "seed \(seed)")
    }
  }

  @Test func `a list of twenty thousand certificates is counted`() {
    func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
      [tag, 0x83, UInt8(content.count >> 16), UInt8(content.count >> 8 & 255), UInt8(content.count & 255)] + content
    }
    let time = element(0x17, Array("260501000000Z".utf8))
    let entries = element(0x30, [UInt8]((0..<20_001).flatMap { _ in [0x30, 0x00] as [UInt8] }))
    let list = element(0x30, element(0x30, []) + element(0x30, []) + time + entries)
    let der = element(0x30, list + element(0x30, []) + element(0x03, []))
    let text = "-----BEGIN X509 CRL-----\n\(Data(der).base64EncodedString())\n-----END X509 CRL-----"
    let read = try? RevocationList(pem: text)
    #expect(read?.count == 20_001 && read?.nextUpdate == nil)
  }

  // MARK: CRNs

  private static let guid = "11111111-2222-4333-8444-555555555555"

  @Test(
    arguments: [
      ("crn:v1:bluemix:public:secrets-manager:jp-tok:a/acct:\(guid):secret:\(guid)", nil), ("", .notCRN),
      ("crn", .parts(1)),
      ("crn:v1:bluemix:public:cloudcerts:us-south:a/acct:\(guid):certificate:x", .formerService),
      ("crn:v1:bluemix:public:kms:jp-tok:a/acct:\(guid):secret:\(guid)", .otherService("kms")),
      ("crn:v1:bluemix:public:secrets-manager:jp-tok:a/acct:\(guid)", .parts(8)),
      ("crn:v1:bluemix:public:secrets-manager:jp-tok:a/acct:\(guid)::", .otherResource("")),
      ("crn:v1:bluemix:public:secrets-manager:jp-tok:a/acct:guid:secret:\(guid)", .instance("guid")),
      (
        "crn:v1:bluemix:public:secrets-manager:jp-tok:a/acct:\(guid):secret:\(guid.dropLast())",
        .resource(String(guid.dropLast()))
      ),
    ] as [(String, CertificateProfile.Fault?)])
  func `a CRN is one of a secret`(_ crn: String, _ fault: CertificateProfile.Fault?) {
    #expect(CertificateProfile.ibm.fault(in: crn) == fault)
  }
}
