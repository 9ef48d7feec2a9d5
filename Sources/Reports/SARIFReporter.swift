import LintRules
import Linting
import SourceText

/// SARIF 2.1.0, for code scanning: rules with their pages, findings with every place, the packet's journey as code
/// flow, fixes, and what is suppressed as such.
struct SARIFReporter: Reporter {
  /// The name under which SARIF refers to the folder that relative paths begin at.
  private static let root = "SRCROOT"

  /// The results of a file, with the codes of rules in place of their numbers, and these codes.
  struct Part {
    let results: JSONFragment
    let codes: Set<String>
  }

  func part(_ file: FileReport) -> Part {
    let results = JSONFragment(depth: 4) { writer in
      guard !file.findings.isEmpty else { return }
      let places = Places(file.file)
      for finding in file.findings { places.write(finding, to: &writer) }
    }
    return Part(results: results, codes: Set(file.findings.map(\.finding.code)))
  }

  func write(_ parts: [Part], _ totals: Totals, to out: inout String) {
    let rules = UsedRules(parts)
    var writer = JSONWriter(of: parts.lazy.map(\.results))
    writer.object { writer in
      writer.string("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.string("version", "2.1.0")
      writer.array("runs") { writer in
        writer.object { writer in
          writer.object("tool") { writer in
            writer.object("driver") { writer in
              writer.string("name", "vpnlint")
              writer.string("version", totals.toolVersion)
              writer.string("semanticVersion", totals.toolVersion)
              writer.array("rules") { writer in rules.pages.forEach { Self.write($0, to: &writer) } }
            }
          }
          if !totals.failures.isEmpty { Self.writeInvocation(totals.failures, to: &writer) }
          writer.string("columnKind", "unicodeCodePoints")
          writer.object("originalUriBaseIds") { writer in
            writer.object(Self.root) { writer in
              writer.object("description", inline: true) { $0.string("text", "the folder in which vpnlint ran") }
            }
          }
          writer.array("results") { writer in
            for part in parts { writer.fragment(part.results, numbers: rules.positions) }
          }
        }
      }
    }
    writer.finish(into: &out)
  }

  /// That the run did not go through, with a sentence for each file.
  private static func writeInvocation(_ failures: [String], to writer: inout JSONWriter) {
    writer.array("invocations") { writer in
      writer.object { writer in
        writer.bool("executionSuccessful", false)
        writer.array("toolExecutionNotifications") { writer in
          for failure in failures {
            writer.object(inline: true) { writer in
              writer.string("level", "error")
              writer.object("message") { $0.string("text", Places.text(failure)) }
            }
          }
        }
      }
    }
  }

  // MARK: Rules

  /// The rules that have findings, in the order of their codes.
  private struct UsedRules {
    let pages: [RuleInfo]
    /// The position of a rule in the list, by its code.
    let positions: [String: Int]

    init(_ parts: [Part]) {
      let codes = parts.reduce(into: Set()) { $0.formUnion($1.codes) }
      pages = RuleCatalog.pages.filter { codes.contains($0.code) }
      positions = Dictionary(uniqueKeysWithValues: pages.enumerated().map { ($0.element.code, $0.offset) })
    }
  }

  private static func write(_ page: RuleInfo, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.string("id", page.code)
      writer.string("name", page.name)
      writer.object("shortDescription", inline: true) { $0.string("text", page.summary) }
      writer.object("fullDescription", inline: true) { $0.string("text", page.why) }
      writer.object("help") { writer in
        writer.string("text", "\(page.why)\n\nRepair: \(page.repair)\n\nSource: \(page.source)")
        writer.string("markdown", "\(page.why)\n\n**Repair.** \(page.repair)\n\n**Source.** \(page.source)")
      }
      writer.object("defaultConfiguration", inline: true) {
        $0.bool("enabled", !page.isOffByDefault)
        $0.string("level", page.severity.sarifLevel)
      }
      writer.object("properties", inline: true) { writer in
        writer.array("tags", inline: true) { $0.string(nil, page.group.title) }
        writer.string("problem.severity", page.severity == .info ? "recommendation" : page.severity.rawValue)
      }
    }
  }

  // MARK: Findings

  /// Turns spans of one file into locations.
  private struct Places {
    let lines: LineIndex

    init(_ file: SourceFile) { lines = LineIndex(file) }

    func write(_ reported: ReportedFinding, to writer: inout JSONWriter) {
      let finding = reported.finding
      writer.object { writer in
        writer.string("ruleId", finding.code)
        writer.number("ruleIndex", later: finding.code)
        writer.string("level", finding.severity.sarifLevel)
        writer.object("message") { $0.string("text", finding.sarifLines.map(Self.text).joined(separator: "\n")) }
        writer.array("locations") { writer in
          writer.object { writer in
            physical(finding.primary.span, to: &writer)
            writer.array("logicalLocations", inline: true) { writer in
              writer.object { $0.string("fullyQualifiedName", SafeText.escaped(finding.cause.subject)) }
              if let path = reported.jsonPath { writer.object { $0.string("fullyQualifiedName", path) } }
            }
          }
        }
        if !finding.labels.isEmpty { related(finding.labels, to: &writer) }
        writer.object("partialFingerprints", inline: true) {
          $0.string("vpnlint/v1", reported.fingerprint.description)
        }
        if let evidence = finding.evidence { flow(evidence, finding.primary.span, to: &writer) }
        if let fix = reported.fix { write(fix, to: &writer) }
        suppressions(reported.suppression, to: &writer)
      }
    }

    /// Text without characters that act; brackets would make a link of it (SARIF 2.1.0, 3.11.6).
    fileprivate static func text(_ text: String) -> String {
      SafeText.escaped(text).escaping { $0 == "[" || $0 == "]" ? "\\\($0)" : nil }
    }

    private func related(_ labels: [Label], to writer: inout JSONWriter) {
      writer.array("relatedLocations") { writer in
        for (index, label) in labels.enumerated() {
          writer.object { writer in
            writer.number("id", index + 1)
            physical(label.span, to: &writer)
            writer.object("message", inline: true) { $0.string("text", Self.text(label.text)) }
          }
        }
      }
    }

    private func flow(_ evidence: Evidence, _ place: Span, to writer: inout JSONWriter) {
      writer.array("codeFlows") { writer in
        writer.object { writer in
          writer.object("message", inline: true) { $0.string("text", "the journey of \(evidence.packet.inWords)") }
          writer.array("threadFlows") { writer in
            writer.object { writer in
              writer.array("locations") { writer in
                for step in evidence.steps { write(step, place, to: &writer) }
              }
            }
          }
        }
      }
    }

    /// A stage that nothing in the file decides stands where the finding does.
    private func write(_ step: Evidence.Step, _ place: Span, to writer: inout JSONWriter) {
      writer.object { writer in
        writer.object("location") { writer in
          physical(step.span ?? place, to: &writer)
          writer.object("message", inline: true) {
            $0.string("text", Self.text("\(step.stage): \(step.result.rawValue): \(step.because)"))
          }
        }
        writer.string("importance", step.result == .pass ? "important" : "essential")
      }
    }

    private func write(_ fix: Fix, to writer: inout JSONWriter) {
      writer.array("fixes") { writer in
        writer.object { writer in
          writer.object("description", inline: true) { $0.string("text", fix.title) }
          writer.array("artifactChanges") { writer in
            writer.object { writer in
              artifact(fix.edits.first?.span.start ?? 0, to: &writer)
              writer.array("replacements") { writer in
                for edit in fix.edits {
                  writer.object { writer in
                    region("deletedRegion", edit.span, to: &writer)
                    writer.object("insertedContent", inline: true) { $0.string("text", edit.text) }
                  }
                }
              }
            }
          }
          writer.object("properties", inline: true) { $0.string("safety", fix.safety.rawValue) }
        }
      }
    }

    private func suppressions(_ suppression: Suppression?, to writer: inout JSONWriter) {
      writer.array("suppressions", inline: true) { writer in
        guard let suppression else { return }
        writer.object { writer in
          writer.string("kind", suppression.kind == .baseline ? "external" : "inSource")
          writer.string("status", "accepted")
          writer.string("justification", suppression.reason)
        }
      }
    }

    private func physical(_ span: Span, to writer: inout JSONWriter) {
      writer.object("physicalLocation") { writer in
        artifact(span.start, to: &writer)
        region("region", span, to: &writer)
      }
    }

    private func artifact(_ offset: UInt32, to writer: inout JSONWriter) {
      let uri = FileURI(lines.position(offset).file)
      writer.object("artifactLocation", inline: true) { writer in
        writer.string("uri", uri.text)
        if uri.isRelative { writer.string("uriBaseId", root) }
      }
    }

    private func region(_ key: String, _ span: Span, to writer: inout JSONWriter) {
      let (start, end) = (lines.position(span.start), lines.position(span.end))
      writer.object(key, inline: true) {
        $0.number("startLine", start.line)
        $0.number("startColumn", start.column)
        $0.number("endLine", end.line)
        $0.number("endColumn", end.column)
        $0.number("byteOffset", start.offset)
        $0.number("byteLength", end.offset - start.offset)
      }
    }
  }
}

extension Finding {
  /// The fact, what is at the place, and what follows; SARIF viewers show it as one paragraph or several.
  fileprivate var sarifLines: [String] {
    let first = primary.text.isEmpty ? message : "\(message): \(primary.text)"
    return [first] + notes + help.map { "Help: \($0)" }
  }
}

extension Severity {
  /// The level that SARIF has for it.
  fileprivate var sarifLevel: String { self == .info ? "note" : rawValue }
}

extension Evidence.Packet {
  /// "icmp 192.168.252.2 -> 10.1.0.4", with the port behind a colon.
  var inWords: String { "\(transport) \(source) -> \(destination)\(port.map { ":\($0)" } ?? "")" }
}
