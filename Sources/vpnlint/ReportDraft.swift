import Linting
import Reports
import Synchronization

/// A report in the making, that takes the files as they are done.
protocol ReportDraft: Sendable {
  /// Lays out what was found in a file and forgets the rest. Files may come in any order, from any thread; `position` is the
  /// place of the file in the run.
  func add(_ file: FileReport, at position: Int)

  /// The whole report.
  func text(_ totals: Totals) -> String
}

extension Reporter {
  /// A report of this format in the making.
  var draft: any ReportDraft { Draft(self) }
}

private final class Draft<Format: Reporter>: ReportDraft {
  private let format: Format
  private let parts = Mutex<[(position: Int, part: Format.Part)]>([])

  init(_ format: Format) { self.format = format }

  func add(_ file: FileReport, at position: Int) {
    let part = format.part(file)
    parts.withLock { $0.append((position, part)) }
  }

  func text(_ totals: Totals) -> String {
    let parts = parts.withLock { $0 }.sorted { $0.position < $1.position }.map(\.part)
    var text = ""
    format.write(parts, totals, to: &text)
    return text
  }
}
