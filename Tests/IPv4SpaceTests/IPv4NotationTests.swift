import IPv4Space
import Testing

/// What people write for addresses and networks, and what is said about the rest.
struct IPv4NotationTests {
  private typealias Problem = IPv4Notation.Problem

  @Test(arguments: [
    ("10.1.0.0/24", IPv4Prefix(IPv4Address(10, 1, 0, 0), length: 24)),
    ("0.0.0.0/0", IPv4Prefix(IPv4Address(0, 0, 0, 0), length: 0)),
    ("255.255.255.255/32", IPv4Prefix(IPv4Address(255, 255, 255, 255), length: 32)),
    ("10.1.0.7/9", IPv4Prefix(IPv4Address(10, 1, 0, 7), length: 9)),
    ("1.20.200.250/1", IPv4Prefix(IPv4Address(1, 20, 200, 250), length: 1)),
  ])
  func networks(text: String, prefix: IPv4Prefix) throws {
    #expect(try IPv4Notation.prefix(text) == prefix)
    #expect(try IPv4Notation.prefixOrAddress(text) == prefix)
    #expect(prefix.description == text)
  }

  @Test(arguments: [
    ("10.1.0.5", IPv4Address(10, 1, 0, 5)), ("0.0.0.0", IPv4Address(bits: 0)),
    ("255.255.255.255", IPv4Address(bits: .max)), ("10.1.0.5/32", IPv4Address(10, 1, 0, 5)),
  ])
  func addresses(text: String, address: IPv4Address) throws {
    #expect(try IPv4Notation.address(text) == address)
    #expect(try IPv4Notation.prefixOrAddress(text) == IPv4Prefix(address, length: 32))
  }

  @Test(arguments: [
    // Shape
    ("", Problem.notFourOctets), (" ", .notFourOctets), ("x", .notFourOctets), ("app", .notFourOctets),
    ("10", .notFourOctets), ("10/8", .notFourOctets), ("10.0", .notFourOctets), ("10.0.0", .notFourOctets),
    ("10.0.0/24", .notFourOctets), ("10.0.0.", .notFourOctets), ("10.0.0./24", .notFourOctets),
    ("10.0.0.0.0", .notFourOctets), ("10.0.0.0.", .notFourOctets), ("10.0.0.0.0/24", .notFourOctets),
    (".10.0.0.0", .notFourOctets), ("10..0.0", .notFourOctets), ("/24", .notFourOctets), ("/", .notFourOctets),
    (".", .notFourOctets), ("10.0.0.0 /24", .notFourOctets), (" 10.0.0.0/24", .notFourOctets),
    ("10.0.0.0\n", .notFourOctets), ("10.0.0.0-10.0.0.9", .notFourOctets), ("10.0.0.x", .notFourOctets),
    ("-1.0.0.0", .notFourOctets), ("+1.0.0.0", .notFourOctets), ("0x0a.0.0.1", .notFourOctets),
    ("10,0,0,0/24", .notFourOctets), ("１０.0.0.0", .notFourOctets), ("10.0.0.0\\24", .notFourOctets),
    // A port is no part of an address, and one colon makes no IPv6.
    ("10.0.0.1:443", .notFourOctets), ("tcp:443", .notFourOctets),
    // Numbers
    ("256.0.0.0", .octetTooLarge("256")), ("10.0.0.256", .octetTooLarge("256")),
    ("10.0.300.0/24", .octetTooLarge("300")), ("1.2.3.1000/24", .octetTooLarge("1000")),
    ("99999999999999999999.0.0.0", .octetTooLarge("99999999999999999999")), ("10.0.0.1240/24", .octetTooLarge("1240")),
    ("010.0.0.0", .leadingZero("01")), ("10.00.0.0", .leadingZero("00")), ("10.0.0.08/24", .leadingZero("08")),
    ("10.0.0.0/024", .leadingZero("02")), ("10.0.0.0/00", .leadingZero("00")),
    // Lengths
    ("10.0.0.0/33", .lengthOutOfRange("33")), ("10.0.0.0/", .lengthOutOfRange("")),
    ("10.0.0.0/-1", .lengthOutOfRange("-1")), ("10.0.0.0/24x", .lengthOutOfRange("24x")),
    ("10.0.0.0/24/8", .lengthOutOfRange("24/8")), ("10.0.0.0/ 24", .lengthOutOfRange(" 24")),
    ("10.0.0.0/255.255.255.0", .lengthOutOfRange("255.255.255.0")),
    ("10.0.0.0/99999999999999999999", .lengthOutOfRange("99999999999999999999")),
    ("10.0.0.0//24", .lengthOutOfRange("/24")), ("10.0.0.0/1.5", .lengthOutOfRange("1.5")),
    // IPv6 in all its shapes
    ("::", .ipv6), ("::1", .ipv6), ("::/0", .ipv6), ("fe80::1", .ipv6), ("FE80::1/64", .ipv6), ("2001:db8::/32", .ipv6),
    ("0:0:0:0:0:0:0:1", .ipv6), ("01:2::3", .ipv6), ("999::1", .ipv6), ("::ffff:10.0.0.1", .ipv6),
    ("10::", .ipv6), ("fe80::1%eth0", .ipv6), ("fe80::1%en0/64", .ipv6), ("64:ff9b::10.0.0.0/96", .ipv6),
  ])
  private func refused(text: String, problem: Problem) {
    #expect(throws: problem) { try IPv4Notation.prefix(text) }
    #expect(throws: problem) { try IPv4Notation.address(text) }
    #expect(throws: problem) { try IPv4Notation.prefixOrAddress(text) }
  }

  @Test func whatIsWantedDecides() {
    #expect(throws: Problem.lengthMissing) { try IPv4Notation.prefix("10.1.0.0") }
    #expect(throws: Problem.notAnAddress) { try IPv4Notation.address("10.1.0.0/24") }
    #expect(throws: Problem.notAnAddress) { try IPv4Notation.address("10.1.0.0/31") }
  }

  /// The text is a stretch of a file.
  @Test func stretchesOfAFile() throws {
    let text = Array("ipv4_cidr_block: 10.1.0.0/24 # 999.0.0.0/99".utf8)
    let network = try IPv4Notation.prefix(text.span.extracting(17..<28))
    #expect(network.description == "10.1.0.0/24")
    #expect(throws: Problem.octetTooLarge("999")) { try IPv4Notation.prefix(text.span.extracting(31...)) }
  }
}
