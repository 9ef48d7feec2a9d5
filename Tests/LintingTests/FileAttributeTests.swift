import Foundation
import Testing

#if canImport(Glibc)
  import CFileAttributes
#endif

/// Whoever may do something with a file may do it after the file was replaced, and nobody else; where that cannot be kept,
/// the file is left as it is.
struct FileAttributeTests {
  @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
  func `a file that is mended keeps its owner and all its permissions`() throws {
    let place = try Workplace(["net.yaml": Workplace.redundant])
    try place.shell("chown 65534:65534 net.yaml && chmod 3640 net.yaml && $vpnlint -q --fix net.yaml")
    #expect(try place.shell("stat -c '%u %g %a' net.yaml").text == "65534 65534 3640\n")
    #expect(try place.read("net.yaml") == Workplace.mended)
  }

  /// Root without the privilege to give files away is as anybody who may write what belongs to somebody else.
  @Test(.enabled(if: geteuid() == 0, "only root can give files away"), arguments: ["2001:3000", "0:3000", "2001:0"])
  func `a file whose owner cannot be kept is left as it is`(_ owner: String) throws {
    let place = try Workplace(["net.yaml": Workplace.redundant, "old.json": "[]"])
    let (text, status) = try place.shell(
      """
      chown \(owner) net.yaml old.json
      setpriv --bounding-set -chown $vpnlint -q --fix --report json:old.json net.yaml 2>&1 >/dev/null
      s=$?; stat -c %u:%g net.yaml old.json; exit $s
      """)
    let (user, group) = (owner.prefix { $0 != ":" }, owner.drop { $0 != ":" }.dropFirst())
    let reason = "belongs to user \(user) and group \(group), which a new file in its place cannot have; left as it is"
    #expect(
      text == """
        vpnlint: net.yaml: not fixed: \(reason)
        vpnlint: the report json is not written: old.json: \(reason)
        \(owner)
        \(owner)

        """)
    #expect(status == 2)
    #expect(try place.read("net.yaml") == Workplace.redundant && place.read("old.json") == "[]")
    #expect(try place.names() == ["net.yaml", "old.json"])
  }

  #if canImport(Glibc)
    /// Entries of a list: the owner, user 2002, the group, the mask and the others, each with a number for what it may do.
    private static func list(owner: UInt16, user: UInt16, group: UInt16, mask: UInt16, others: UInt16) -> [UInt8] {
      let entries: [(tag: UInt16, UInt16, id: UInt32)] = [
        (0x01, owner, .max), (0x02, user, 2002), (0x04, group, .max), (0x10, mask, .max), (0x20, others, .max),
      ]
      func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
      }
      return entries.reduce(into: bytes(UInt32(2))) { $0 += bytes($1.tag) + bytes($1.1) + bytes($1.id) }
    }

    private static let list = list(owner: 6, user: 6, group: 4, mask: 6, others: 0)

    private static func set(_ value: [UInt8], _ name: String, _ path: String, in place: Workplace) -> Bool {
      let file = place.folder.appending(path: path).path()
      return unsafe setxattr(file, name, value, value.count, 0) == 0
    }

    private static func get(_ name: String, _ path: String, in place: Workplace) -> [UInt8]? {
      var value = [UInt8](repeating: 0, count: 1024)
      let count = unsafe getxattr(place.folder.appending(path: path).path(), name, &value, value.count)
      return count < 0 ? nil : Array(value.prefix(count))
    }

    private static let hasLists: Bool = {
      guard let place = try? Workplace(["file": ""]) else { return false }
      return set(list, "system.posix_acl_access", "file", in: place) && set([1], "user.note", "file", in: place)
    }()

    @Test(.enabled(if: hasLists, "a file system without access control lists"))
    func `an access control list and other attributes are kept`() throws {
      let place = try Workplace(["net.yaml": Workplace.redundant, "old.json": "[]"])
      for file in ["net.yaml", "old.json"] {
        #expect(Self.set(Self.list, "system.posix_acl_access", file, in: place))
        #expect(Self.set([0, 0xFF], "user.note", file, in: place) && Self.set([], "user.empty", file, in: place))
      }
      #expect(try place.shell("$vpnlint -q --fix --report json:old.json net.yaml >/dev/null") == ("", 1))
      #expect(try place.read("net.yaml") == Workplace.mended && place.read("old.json").hasPrefix("{"))
      for file in ["net.yaml", "old.json"] {
        #expect(Self.get("system.posix_acl_access", file, in: place) == Self.list)
        #expect(Self.get("user.note", file, in: place) == [0, 0xFF] && Self.get("user.empty", file, in: place) == [])
        #expect(try place.shell("stat -c %a \(file)").text == "660\n")
      }
    }

    @Test(.enabled(if: hasLists, "a file system without access control lists"))
    func `a list of the folder is for new files alone`() throws {
      let place = try Workplace(["in/net.yaml": Workplace.redundant])
      try place.shell("chmod 604 in/net.yaml")
      #expect(Self.set(Self.list, "system.posix_acl_default", "in", in: place))
      #expect(try place.shell("$vpnlint -q --fix --report json:in/new.json in/net.yaml >/dev/null") == ("", 1))
      #expect(Self.get("system.posix_acl_access", "in/net.yaml", in: place) == nil)
      #expect(try place.shell("stat -c %a in/net.yaml").text == "604\n")
      #expect(Self.get("system.posix_acl_access", "in/new.json", in: place) != nil)
    }
  #endif
}
