import SourceText

/// A packet's way, drawn as a list along a line: the stages of the request and of the answer, and where it ends.
struct HTMLJourney {
  private let evidence: Evidence
  private let page: HTMLSource

  init(_ evidence: Evidence, _ page: HTMLSource) {
    self.evidence = evidence
    self.page = page
  }

  func write(to out: inout String) {
    let packet = evidence.packet
    let port = packet.port.map { ", port \($0)" } ?? ""
    let request = evidence.steps.filter { !$0.isOfReply }
    let reply = evidence.steps.filter(\.isOfReply)
    out += "<h4>A packet that shows it</h4>\n"
    out += "<p><code>\(XMLText.escaped(packet.source))</code> sends \(packet.transport.uppercased()) to "
    out += "<code>\(XMLText.escaped(packet.destination))</code>\(port).</p>\n<div class=\"journey\">\n"
    write("Request", request, arrival: "arrives at \(packet.destination)", to: &out)
    if !reply.isEmpty {
      write("Answer", reply, arrival: "arrives at \(packet.source)", to: &out)
    } else if request.contains(where: { $0.result == .stop }) {
      out += "<div>\n<h5>Answer</h5>\n<p class=\"soft\">None: the request does not get there.</p>\n</div>\n"
    }
    out += "</div>\n"
  }

  private func write(_ title: String, _ steps: [Evidence.Step], arrival: String, to out: inout String) {
    guard let last = steps.last else { return }
    out += "<div>\n<h5>\(title)</h5>\n<ol class=\"stages\">\n"
    for step in steps { out += item(step) }
    if last.result != .stop { out += "<li class=\"end\">\(XMLText.escaped(arrival))</li>\n" }
    out += "</ol>\n</div>\n"
  }

  private func item(_ step: Evidence.Step) -> String {
    let (sign, tone, word): (String, SVGCanvas.Tone, String) =
      switch step.result {
      case .pass: ("✓", .good, "passes")
      case .stop: ("✕", .bad, "stops")
      case .unknown: ("?", .open, "not known")
      }
    let line = step.span.map { " <span class=\"soft\">line \(page.position($0).line)</span>" } ?? ""
    return "<li class=\"\(tone.rawValue)\">\(HTMLText.sign(sign, tone))<b>\(step.stageInWords)</b> "
      + "<span class=\"result \(tone.rawValue)\">\(word)</span>\(line)<br/>\(HTMLText.prose(step.because))</li>\n"
  }
}

extension Evidence.Step {
  fileprivate var isOfReply: Bool { stage.hasPrefix("reply-") }

  /// The stage in words.
  fileprivate var stageInWords: String {
    switch stage {
    case "client-table": "Client's routing table"
    case "carrier": "Tunnel's own packets"
    case "server-route": "Routes of the VPN server"
    case "server-security-group": "Security groups of the VPN server"
    case "server-acl", "reply-server-acl": "Network ACL of the server's subnet"
    case "vpc-route": "Routing in the VPC"
    case "network": "Network beyond the VPC"
    case "workload-acl", "reply-workload-acl": "Network ACL of the workload's subnet"
    case "workload-security-group": "Security groups of the workload"
    case "reply-route": "Way back"
    default: XMLText.escaped(stage)
    }
  }
}
