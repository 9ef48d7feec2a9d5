import ArgumentParser
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
    var taken: Set<FileIdentity> = []
    let read = Set(inputs.map(FileIdentity.init))
    for report in reports {
      let place = FileIdentity(report.path)
      if read.contains(place) {
        return "\(SystemPath.shown(report.path)): is to be linted, and would be overwritten by a report"
      }
      if !taken.insert(place).inserted { return "\(SystemPath.shown(report.path)): two reports cannot have one file" }
    }
    return nil
  }

  /// Writes the reports, and the summary of a job of GitHub Actions if there is a place for one; a sentence for each that
  /// cannot be written. A file that the run has read is never overwritten. `text` is the report of a format.
  static func write(
    _ files: [ReportFile], summary: String?, inPlaceOf read: [String], _ text: (ReportFormat) -> String
  ) -> [String] {
    guard !files.isEmpty || summary != nil else { return [] }
    var problems: [String] = []
    let read = Set(read.map(FileIdentity.init))
    for file in files {
      if read.contains(FileIdentity(file.path)) {
        problems.append(
          "the report \(file.format.rawValue) is not written: \(SystemPath.shown(file.path)) was read by this run")
        continue
      }
      do {
        try AtomicFile.write(text(file.format), to: file.path)
      } catch {
        problems.append("the report \(file.format.rawValue) is not written: \(error.sentence)")
      }
    }
    if let summary {
      if read.contains(FileIdentity(summary)) {
        problems.append("the job summary is not written: \(SystemPath.shown(summary)) was read by this run")
      } else if let reason = append(text(.markdown), to: summary) {
        problems.append("the job summary is not written: \(SystemPath.shown(summary)): \(reason)")
      }
    }
    return problems
  }

  /// The reason why the text could not be appended; nil if it was.
  private static func append(_ text: String, to path: String) -> String? {
    Interruption.deferred {
      let descriptor = SystemPath.open(path, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK)
      guard descriptor >= 0 else { return systemReason() }
      defer { close(descriptor) }
      let former = FileStatus(descriptor)
      if Output(descriptor: descriptor).write(text) { return nil }
      let reason = systemReason()
      if let former, former.isRegular { takeBack(descriptor, to: former.size) }
      return reason
    }
  }

  /// Takes what was appended off again, unless somebody else has appended more meanwhile.
  private static func takeBack(_ descriptor: Int32, to size: Int) {
    if FileStatus(descriptor)?.size == Int(lseek(descriptor, 0, SEEK_CUR)) { _ = ftruncate(descriptor, off_t(size)) }
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
