extension Model {
  /// Whether an address prefix may be missing from the model because it could not be read.
  public var addressPrefixesAreIncomplete: Bool {
    vpc.addressPrefixes?.isIncomplete ?? false
      || problems.contains { problem in
        switch problem.kind {
        case .unknownKey, .duplicateKey, .duplicateName: false
        default: problem.path.hasPrefix("vpc/address_prefixes")
        }
      }
  }
}
