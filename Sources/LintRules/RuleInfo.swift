public import SourceText

/// The page of a rule: what it finds, why that matters, how to mend it, and where the fact comes from.
public struct RuleInfo: Sendable {
  /// `VPN` and three digits; the first is the group. Never changes meaning once released.
  public let code: String
  /// Kebab case; names what is wrong. Never changes meaning once released.
  public let name: String
  /// The severity without settings. A finding may carry another where the page says so.
  public let severity: Severity
  /// Whether the rule runs only when settings, `--severity` or `--only` ask for it.
  public let isOffByDefault: Bool
  /// Whether it speaks in every run, as an error, whatever options, settings, comments and baselines say: it tells what kept
  /// a file from being judged.
  public let isMandatory: Bool
  /// One line: what is wrong.
  public let summary: String
  /// What clients notice, and why.
  public let why: String
  /// What to do.
  public let repair: String
  /// Where the fact can be read.
  public let source: String
  /// Models that show it; the tests run them.
  public let examples: [Example]

  /// Makes a page.
  public init(
    code: String, name: String, severity: Severity, isOffByDefault: Bool = false, isMandatory: Bool = false,
    summary: String, why: String, repair: String, source: String, examples: [Example]
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.isOffByDefault = isOffByDefault
    self.isMandatory = isMandatory
    self.summary = summary
    self.why = why
    self.repair = repair
    self.source = source
    self.examples = examples
  }

  /// The severity without settings, in words: "off" for a rule that must be asked for.
  public var severityInWords: String { isOffByDefault ? "off" : severity.rawValue }

  /// The group that the first digit of the code names.
  public var group: RuleGroup { RuleGroup(rawValue: code.utf8.dropFirst(3).first.map { Int($0) - 48 } ?? 0) ?? .shape }
}

/// What a rule is about; the raw value is the first digit of its code.
public enum RuleGroup: Int, Sendable, CaseIterable {
  case shape, addressing, routes, client, vpcRouting, filters, dnsAndServices, server, observedState, change

  /// The group in words.
  public var title: String {
    switch self {
    case .shape: "Shape of the file, and of the lint itself"
    case .addressing: "Addressing"
    case .routes: "Server routes, tunnel mode and intent"
    case .client: "Client side"
    case .vpcRouting: "VPC routing and the way back"
    case .filters: "Security groups and network ACLs"
    case .dnsAndServices: "DNS and services"
    case .server: "Server, certificates and authentication"
    case .observedState: "Observed state"
    case .change: "Change between two models"
    }
  }
}

/// A model that shows a rule at work. In a bad one `⟦` and `⟧` stand around each place that the rule points at.
public struct Example: Sendable {
  /// What the example shows, in a few words.
  public let title: String
  /// The model file, with marks.
  public let text: String
  /// Whether the rule speaks.
  public let isBad: Bool
  /// Whether the text is JSON, which has problems of its own.
  public let isJSON: Bool
  /// Rules that see the same thing and are switched off to let this one speak.
  public let without: [String]
  /// The model as it was before, for a rule about a change; the text is the model as it is.
  public var before: String?

  /// A model that the rule finds fault with.
  public static func bad(_ title: String, json: Bool = false, without: [String] = [], _ text: String) -> Example {
    Example(title: title, text: text, isBad: true, isJSON: json, without: without)
  }

  /// A change that the rule finds fault with; the marks stand in the new model.
  public static func bad(_ title: String, from before: String, to text: String) -> Example {
    Example(title: title, text: text, isBad: true, isJSON: false, without: [], before: before)
  }

  /// A change that the rule lets pass.
  public static func good(_ title: String, from before: String, to text: String) -> Example {
    Example(title: title, text: text, isBad: false, isJSON: false, without: [], before: before)
  }

  /// A model that the rule lets pass.
  public static func good(_ title: String, json: Bool = false, _ text: String) -> Example {
    Example(title: title, text: text, isBad: false, isJSON: json, without: [])
  }
}
