public import Forwarding

// What a comparison leaves out, because one of the models alone does not tell it, in words.

extension Comparison {
  /// A sentence for each; `file` names the file of the new model, or that of the old one.
  public func sentencesOnGaps(_ file: (_ isNew: Bool) -> String) -> [String] {
    notCompared.map { $0.sentence(in: file($0.isUnknownInNew), beside: file(!$0.isUnknownInNew)) }
  }
}

extension Comparison.NotCompared {
  fileprivate func sentence(in silent: String, beside other: String) -> String {
    guard let owner = owner?.inWords else {
      if thing == .server {
        return "what VPN servers there are is not known in \(silent): those of \(other) alone are not compared"
      }
      return "the \(thing.nouns) are not all known in \(silent): those of \(other) alone are not compared"
    }
    switch thing {
    case .workload, .network: return "\(owner) is not all known in \(silent), and not compared"
    case .route, .vpcRoute, .networkACLRule, .securityGroupRule:
      return "the \(thing.noun)s of \(owner) are not all known in \(silent): those of \(other) alone are not compared"
    default: return "the \(thing.noun) of \(owner) \(thing.verb) not known in \(silent), and not compared"
    }
  }
}

extension Change.Thing {
  /// The things of a VPC, or those beyond it.
  fileprivate var nouns: String {
    switch self {
    case .network: "networks beyond the VPC"
    case .addressPrefix: "address prefixes of the VPC"
    default: "\(noun)s of the VPC"
    }
  }

  /// "is" or "are", as the noun asks for.
  fileprivate var verb: String { noun.hasSuffix("s") && !noun.hasSuffix("ss") ? "are" : "is" }
}
