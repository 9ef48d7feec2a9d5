import ArgumentParser
import Linting
import Reports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A report that `lint` writes to a file: `FORMAT:FILE`.
struct ReportFile {
  let format: ReportFormat
  let path: String

  @Sendable static func parse(_ argument: String) throws -> ReportFile {
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw ValidationError("write FORMAT:FILE, such as sarif:vpnlint.sarif")
    }
    guard parts[1] != "-" else { throw ValidationError("a report goes to a file; --format is for standard output") }
    return ReportFile(format: try ReportFormat.parse(parts[0]), path: parts[1])
  }

  /// Why the reports must not be written: two have one file, or one has that of a model. nil if there is no reason.
  static func reasonNotToWrite(_ reports: [ReportFile], inPlaceOf inputs: [String]) -> String? {
    guard !reports.isEmpty else { return nil }
    var taken: Set<String> = []
    let read = Set(inputs.map(place))
    for report in reports {
      let place = place(of: report.path)
      if read.contains(place) { return "\(report.path): is to be linted, and would be overwritten by a report" }
      if !taken.insert(place).inserted { return "\(report.path): two reports cannot have one file" }
    }
    return nil
  }

  /// Writes the reports; a sentence for each that cannot be written. A job of GitHub Actions gets a summary, if annotations
  /// are written (`jobSummary`, or a report of that format) and it has a place for one. A file that the run has read is
  /// never overwritten.
  static func write(
    _ report: Report, _ files: [ReportFile], inPlaceOf read: [String], jobSummary: Bool
  ) -> [String] {
    var problems: [String] = []
    let read = files.isEmpty ? [] : Set(read.map(place))
    for file in files {
      if read.contains(place(of: file.path)) {
        problems.append("the report \(file.format.rawValue) is not written: \(file.path) was read by this run")
        continue
      }
      do {
        try AtomicFile.write(text(of: report, file.format), to: file.path)
      } catch {
        problems.append("the report \(file.format.rawValue) is not written: \(error.sentence)")
      }
    }
    if jobSummary || files.contains(where: { $0.format == .github }), let path = Environment["GITHUB_STEP_SUMMARY"] {
      if let reason = append(text(of: report, .markdown), to: path) {
        problems.append("the job summary is not written: \(path): \(reason)")
      }
    }
    return problems
  }

  private static func text(of report: Report, _ format: ReportFormat) -> String {
    var text = ""
    format.reporter().write(report, to: &text)
    return text
  }

  private static func append(_ text: String, to path: String) -> String? {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return systemReason() }
    defer { close(descriptor) }
    return Output(descriptor: descriptor).write(text) ? nil : systemReason()
  }

  /// What a file is known by, whatever the spelling of its path: of one that is not there the folder and the name.
  private static func place(of path: String) -> String {
    if let found = resolved(path) { return found }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let known = resolved(parts.count == 1 ? "." : folder.isEmpty ? "/" : folder)
    return known.map { "\($0)/\(parts.last ?? "")" } ?? path
  }

  private static func resolved(_ path: String) -> String? {
    guard let target = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(target) }
    return unsafe String(cString: target)
  }
}

extension ReportFormat {
  /// The format with this name.
  @Sendable static func parse(_ argument: String) throws -> ReportFormat {
    guard let format = ReportFormat(rawValue: argument) else {
      let names = allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("there is no format `\(argument)`; the formats are \(names)")
    }
    return format
  }
}
