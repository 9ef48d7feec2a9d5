/// How much a finding matters. Ordered: `info < warning < error`.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  case info, warning, error

  /// Order of weight.
  public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// What a finding is about: a resource, and an address range or a field of it. No two findings of a document
/// have equal causes; where the extents of two findings on one resource meet, one may be an effect of the other.
public struct Cause: Hashable, Sendable {
  /// Path of the resource in the model by names, such as `vpn_servers/client-vpn/routes`.
  public let resource: String
  /// The range (`10.1.0.0/24`) or field of the resource; empty for the resource as a whole.
  public let aspect: String
  /// The numbers the cause spans, for deciding whether two causes meet; nil spans everything.
  public let extent: ClosedRange<UInt32>?
  /// Tells the second and later of equal causes apart that stand in different places; 1 for the first.
  public private(set) var number = 1

  /// Makes a cause.
  public init(_ resource: String, _ aspect: String = "", extent: ClosedRange<UInt32>? = nil) {
    self.resource = resource
    self.aspect = aspect
    self.extent = extent
  }

  /// The cause as one path; the `subject` of a finding in the reports.
  public var subject: String { number > 1 ? "\(resource)/\(aspect)#\(number)" : path }

  /// The path that equal causes in different places share.
  public var path: String { aspect.isEmpty ? resource : "\(resource)/\(aspect)" }

  /// The cause with a number, for the second and later of equal causes that stand in different places.
  public func numbered(_ number: Int) -> Cause {
    var cause = self
    cause.number = number
    return cause
  }

  /// Whether both are about the same resource and have numbers in common.
  public func meets(_ other: Cause) -> Bool {
    guard resource == other.resource else { return false }
    guard let extent, let theirs = other.extent else { return true }
    return extent.overlaps(theirs)
  }
}

/// A place that took part in a finding, with words that make sense on their own.
public struct Label: Hashable, Sendable {
  /// Where.
  public let span: Span
  /// What is there.
  public let text: String

  /// Makes a label.
  public init(_ span: Span, _ text: String) {
    self.span = span
    self.text = Quotation.shortened(text)
  }
}

/// One concrete case that shows a finding: a packet, and the stages it passed up to the one where it stopped.
public struct Evidence: Hashable, Sendable {
  /// The packet, as a person would type it.
  public struct Packet: Hashable, Sendable {
    /// Address of the sender and of the receiver.
    public let source, destination: String
    /// `icmp`, `tcp` or `udp`.
    public let transport: String
    /// Destination port; nil where the transport has none.
    public let port: UInt16?

    /// Makes a packet.
    public init(source: String, destination: String, transport: String, port: UInt16?) {
      self.source = source
      self.destination = destination
      self.transport = transport
      self.port = port
    }
  }

  /// How a stage ended.
  public enum Result: String, Sendable {
    case pass, stop, unknown
  }

  /// One stage of the journey.
  public struct Step: Hashable, Sendable {
    /// Name of the stage, from the closed list of the JSON report.
    public let stage: String
    /// How it ended.
    public let result: Result
    /// Why, in words.
    public let because: String
    /// What in the file decided, if anything there did.
    public let span: Span?

    /// Makes a step.
    public init(stage: String, result: Result, because: String, span: Span?) {
      self.stage = stage
      self.result = result
      self.because = Quotation.shortened(because)
      self.span = span
    }
  }

  /// The packet.
  public let packet: Packet
  /// The stages in the order of travel; nothing follows a stop.
  public let steps: [Step]

  /// Makes evidence.
  public init(packet: Packet, steps: [Step]) {
    self.packet = packet
    self.steps = steps
  }
}

/// Something to tell the user: a fact about their network with the place to edit, made by a rule,
/// laid out by a report.
public struct Finding: Sendable {
  /// Code and name of the rule.
  public let code, rule: String
  /// Weight; settings of the run may change it.
  public var severity: Severity
  /// The fact, one line that stands alone.
  public let message: String
  /// What it is about.
  public var cause: Cause
  /// The text to edit, with words that complete the message there.
  public let primary: Label
  /// Other places that took part.
  public var labels: [Label] = []
  /// Facts the reader may not know, at most three.
  public var notes: [String] = []
  /// What to do.
  public var help: [String] = []
  /// A change of the document that mends it, if one is known.
  public var repair: Repair?
  /// A packet that shows it.
  public var evidence: Evidence?

  /// Makes a finding; labels, notes, help, repair and evidence are added with the methods below.
  public init(code: String, rule: String, severity: Severity, message: String, cause: Cause, primary: Label) {
    self.code = code
    self.rule = rule
    self.severity = severity
    self.message = Quotation.shortened(message)
    self.cause = cause
    self.primary = primary
  }

  /// The finding with another place added.
  public consuming func label(_ span: Span?, _ text: @autoclosure () -> String) -> Finding {
    if let span { labels.append(Label(span, text())) }
    return self
  }

  /// The finding with another note, unless it is nil.
  public consuming func note(_ text: String?) -> Finding {
    if let text { notes.append(Quotation.shortened(text)) }
    return self
  }

  /// The finding with more help.
  public consuming func help(_ text: String?...) -> Finding {
    help += text.compactMap { $0.map(Quotation.shortened) }
    return self
  }

  /// The finding with more help.
  public consuming func help(_ texts: [String]) -> Finding {
    help += texts.map(Quotation.shortened)
    return self
  }

  /// The finding with a change of the document that mends it.
  public consuming func repair(_ repair: Repair?) -> Finding {
    self.repair = repair
    return self
  }

  /// The finding with a packet that shows it.
  public consuming func evidence(_ evidence: Evidence?) -> Finding {
    self.evidence = evidence
    return self
  }
}
