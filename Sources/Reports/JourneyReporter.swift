import Forwarding
import IPv4Space
public import Linting
public import SourceText

/// Lays out what `trace` found.
public struct JourneyReporter: Sendable {
  private let lines: LineIndex
  private let style: TextStyle

  /// Journeys through the models of one file.
  public init(_ file: SourceFile, _ style: TextStyle) {
    lines = LineIndex(file)
    self.style = style
  }

  /// All journeys, in their order.
  public func text(_ journeys: [JourneyReport], as format: AnswerFormat) -> String {
    switch format {
    case .text: journeys.map(text).joined(separator: "\n")
    case .json: json(journeys)
    }
  }

  // MARK: Text

  private func text(_ journey: JourneyReport) -> String {
    let packet = journey.evidence.packet
    let port = packet.port.map { ":\($0)" } ?? ""
    let from = journey.site.map { " from `\(SafeText.escaped($0))`" } ?? ""
    let title = "\(packet.transport) \(packet.source) -> \(packet.destination)\(port)"
    let server = SafeText.escaped(journey.server)
    var out = "\(style.paint(title, .bold))\(from), VPN server `\(server)` (\(journey.mode) tunnel)\n"
    let steps = journey.evidence.steps
    let width = steps.map(\.stage.count).max() ?? 0
    for (part, title) in [(steps.filter { !$0.isOfReply }, "request"), (steps.filter(\.isOfReply), "reply")]
    where !part.isEmpty {
      out += "  \(title)\n"
      style.writeStages(part, indent: "    ", nameWidth: width, to: &out) { SafeText.escaped(lines.inWords($0.start)) }
    }
    let colour: TextStyle.Colour =
      switch journey.outcome {
      case "reachable": .green
      case "undetermined": .yellow
      default: .red
      }
    let answer = journey.answerer == .none ? "nobody answers" : "\(journey.answerer.inWords) answers"
    let ending = "\(journey.outcomeInWords); \(answer)"
    let indent = "  " + String(repeating: " ", count: journey.outcome.count + 2)
    return out + "  \(style.paint(journey.outcome, colour)): \(style.wrapped(ending, indent: indent))\n"
  }

  private func line(_ span: Span) -> Int { lines.position(span.start).line }

  // MARK: JSON

  private func json(_ journeys: [JourneyReport]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.number("version", 1)
      writer.array("traces") { writer in
        for journey in journeys { writer.object { write(journey, to: &$0) } }
      }
    }
    return writer.text + "\n"
  }

  private func write(_ journey: JourneyReport, to writer: inout JSONWriter) {
    writer.string("destination", journey.destination.address.description)
    writer.number("port", journey.destination.port)
    writer.string("protocol", journey.destination.transport.rawValue)
    writer.string("server", journey.server)
    writer.string("site", journey.site)
    writer.string("outcome", journey.outcome)
    writer.string("answered_by", journey.answerer.rawValue)
    writer.array("stages") { writer in
      for step in journey.evidence.steps {
        writer.object(inline: true) { writer in
          writer.string("stage", step.stage)
          writer.string("result", step.result.rawValue)
          writer.string("because", step.because)
          writer.string("file", step.span.map { lines.position($0.start).file })
          writer.number("line", step.span.map(line))
        }
      }
    }
  }
}

extension Evidence.Step {
  fileprivate var isOfReply: Bool { stage.hasPrefix("reply-") }
}

extension Answerer {
  /// Who answers, in words.
  fileprivate var inWords: String {
    switch self {
    case .vpnServer: "the VPN server"
    case .vpc: "the VPC"
    case .network: "the network"
    case .internet: "the internet"
    case .lan: "the client's own network"
    case .none: "nobody"
    }
  }
}
