#if canImport(Glibc)
  import CFileAttributes
  import Glibc
#else
  import Darwin
#endif

/// What a file has besides its content: owner, permissions, and extended attributes, one of which is the access control
/// list.
enum FileAttributes {
  /// Gives a new file all that a former one has; the reason if it cannot have it, nil if it has.
  static func carry(from former: Int32, _ status: FileStatus, to new: Int32) -> String? {
    let (user, group) = status.owner
    // Only root can give a file away, and others only to groups that they are in.
    guard FileStatus(new)?.isOwned(like: status) ?? false || fchown(new, user, group) == 0 else {
      return loss("belongs to user \(user) and group \(group)")
    }
    if let reason = carryExtended(from: former, to: new) { return reason }
    // After the list: the permissions of the group are its mask.
    guard fchmod(new, status.permissions) == 0, FileStatus(new)?.permissions == status.permissions else {
      return loss("has the permissions \(String(status.permissions, radix: 8))")
    }
    return nil
  }

  /// A sentence about what would be lost, without its subject.
  private static func loss(_ fact: String) -> String {
    "\(fact), which a new file in its place cannot have; left as it is"
  }

  #if canImport(Glibc)
    private static let accessList = Array("system.posix_acl_access".utf8CString)
    /// What the system itself calculates from the content.
    private static let sums = ["security.ima", "security.evm"].map { Array($0.utf8CString) }

    private static func carryExtended(from former: Int32, to new: Int32) -> String? {
      guard let names = names(of: former) else { return "its attributes cannot be read: \(systemReason())" }
      // A folder can have a list for all that is made in it.
      if !names.contains(accessList), value(of: accessList, new) != nil,
        unsafe fremovexattr(new, accessList) != 0
      {
        return loss("has no access control list")
      }
      for name in names where !sums.contains(name) {
        guard let value = value(of: name, former) else { return "its attributes cannot be read: \(systemReason())" }
        guard self.value(of: name, new) != value else { continue }
        guard unsafe fsetxattr(new, name, value, value.count, 0) == 0 else {
          let text = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
          return loss(name == accessList ? "has an access control list" : "has the attribute `\(text)`")
        }
      }
      return nil
    }

    /// The names of the attributes, each with its NUL; nil if the system does not tell.
    private static func names(of descriptor: Int32) -> [[CChar]]? {
      let size = flistxattr(descriptor, nil, 0)
      guard size > 0 else { return size == 0 || errno == ENOTSUP ? [] : nil }
      var list = [CChar](repeating: 0, count: size)
      let count = unsafe flistxattr(descriptor, &list, size)
      return count < 0 ? nil : list.prefix(count).split(separator: 0).map { $0 + [0] }
    }

    /// The value of an attribute; nil if the file has it not, or the system does not tell.
    private static func value(of name: [CChar], _ descriptor: Int32) -> [UInt8]? {
      let size = unsafe fgetxattr(descriptor, name, nil, 0)
      guard size > 0 else { return size == 0 ? [] : nil }
      var value = [UInt8](repeating: 0, count: size)
      let count = unsafe fgetxattr(descriptor, name, &value, size)
      return count < 0 ? nil : Array(value.prefix(count))
    }
  #else
    private static func carryExtended(from former: Int32, to new: Int32) -> String? {
      let isCarried = fcopyfile(former, new, nil, copyfile_flags_t(COPYFILE_ACL | COPYFILE_XATTR)) == 0
      return isCarried ? nil : loss("has an access control list or attributes")
    }
  #endif
}
