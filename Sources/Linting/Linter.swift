import ClientVPN
import Forwarding
public import LintRules
public import SourceText
import SourceTree

/// Turns the bytes of files into findings. Sees no file, clock or terminal.
public struct Linter: Sendable {
  let options: LintOptions
  private let rules: [any Rule.Type]

  /// Makes a linter.
  public init(_ options: LintOptions = LintOptions()) {
    self.options = options
    rules = RuleCatalog.all.filter { options.isEnabled($0.info.name) }
  }

  /// Lints one file. `number` is its position in the run; a file that the user did not name (`isNamed` false) is passed
  /// over if it does not look like a model.
  public func lint(_ file: SourceFile, number: UInt32 = 0, isNamed: Bool = true) -> FileReport {
    guard let text = text(of: file, number: number, isNamed: isNamed) else { return .passedOver(file) }
    let examination = examine(text)
    guard options.showsFixes, file.bytes.count <= Self.mostBytesShown else { return examination.report }
    return examination.report.with(fixesOf(examination, most: Self.mostFixesShown))
  }

  /// What the file holds; nil if it is to be passed over.
  private func text(of file: SourceFile, number: UInt32, isNamed: Bool) -> ModelText? {
    if !isNamed, !ModelSigns(file).areThere { return nil }
    let text = ModelText(file, number: number, options.importing, options.limits)
    return isNamed || text.looksLikeModel ? text : nil
  }

  /// Lints one file, applies the fixes that go together, and goes on with the new text until none is left. What is
  /// imported is left as it is: it is the output of another program.
  public func fix(_ file: SourceFile, _ most: Fix.Safety, number: UInt32 = 0, isNamed: Bool = true) -> FixedFile {
    guard let text = text(of: file, number: number, isNamed: isNamed) else { return .unchanged(.passedOver(file)) }
    var examination = examine(text)
    let before = examination.report
    var mended: [Finding] = []
    var origins = LineOrigins(file)
    var budget = FixBudget(examination, least: 4)
    var isCutShort = false
    for _ in 0..<Self.mostRounds where hasRepairs(examination) {
      var fixer = Fixer(self, examination, budget)
      let fixed = fixer.fixed(most)
      isCutShort = isCutShort || fixer.isCutShort
      guard let fixed else { break }
      budget = fixer.budget
      mended += fixed.findings.map { examination.report.findings[$0].finding }
      origins.follow(fixed.edited, from: examination.report.file)
      examination = examine(fixed.edited.file, number: number)
    }
    let fixes = options.showsFixes ? fixesOf(examination, most: Self.mostFixesShown) : [:]
    return FixedFile(
      original: file, before: before, report: examination.report.with(fixes), mended: mended,
      origins: mended.isEmpty ? nil : origins, isCutShort: isCutShort)
  }

  /// A round mends all that goes together; what is left does not, or overlaps.
  private static let mostRounds = 16
  /// More fixes than these, or those of a larger file, are not shown: verifying them would take longer than the lint.
  private static let mostFixesShown = 500
  private static let mostBytesShown = 2 << 20

  private func fixesOf(_ examination: Examination, most: Int) -> [Int: Fix] {
    guard hasRepairs(examination) else { return [:] }
    var fixer = Fixer(self, examination, FixBudget(examination, least: 2), most: most)
    return fixer.fixes()
  }

  private func hasRepairs(_ examination: Examination) -> Bool {
    !examination.tree.isAssembled
      && examination.report.findings.contains { $0.suppression == nil && $0.finding.repair != nil }
  }

  /// Lints a text that is a model.
  func examine(_ file: SourceFile, number: UInt32) -> Examination {
    examine(ModelText(file, number: number, options.importing, options.limits))
  }

  private func examine(_ text: ModelText) -> Examination {
    let tree = text.tree
    var suppressor = Suppressor(tree, options)
    var baseline = BaselineMatcher(options.baseline?.entries(of: tree.file.name) ?? [])
    var allowance = FindingAllowance(options.mostFindings)
    var findings: [ReportedFinding] = []
    var servers: [ServerReport] = []
    var notModelled: [UnmodelledPart] = []
    var analyses: [Analysis] = []
    for (document, subject) in subjects(text).enumerated() {
      findings += report(subject, document: document, &baseline, &allowance) { suppressor.suppression(of: $0) }
      guard let analysis = subject.analysis else { continue }
      analyses.append(analysis)
      servers += analysis.servers.map { ServerReport($0, in: analysis, document: document) }
      notModelled.add(analysis.partsNotModelled.map(UnmodelledPart.init))
    }
    var housekeeping = LintSubject()
    // What would have matched may be what was not read, or is not told.
    let isWhole = tree.problems.isEmpty && allowance.firstUntold == nil
    housekeeping.housekeeping = suppressor.problems + (isWhole ? suppressor.unused(options) : [])
    if !housekeeping.housekeeping.isEmpty {
      findings += report(housekeeping, document: 0, &baseline, &allowance) { _ in nil }
    }
    findings += untold(allowance, &baseline)
    findings.sort(by: Self.standsBefore)
    if let imported = text.imported {
      for index in findings.indices {
        findings[index].jsonPath = imported.jsonPath(to: findings[index].finding.primary.span)
      }
    }
    let report = FileReport(
      file: tree.file, findings: findings, servers: servers, notModelled: notModelled, role: .model,
      threshold: options.failOn ?? .error,
      staleEntries: allowance.firstUntold == nil ? baseline.stale(options) : [])
    return Examination(tree: tree, analyses: analyses, raised: allowance.taken, report: report)
  }

  /// What is wrong with a settings file.
  public func report(on settings: ConfigurationFile<Settings>) -> FileReport {
    report(on: settings, settings.problems)
  }

  /// What is wrong with a baseline: what could not be read, and its entries that no finding of the files matches.
  public func report(on baseline: ConfigurationFile<Baseline>, stale: [HousekeepingProblem]) -> FileReport {
    report(on: baseline, baseline.problems + stale)
  }

  private func report(on configuration: ConfigurationFile<some Sendable>, _ problems: [HousekeepingProblem])
    -> FileReport
  {
    var subject = LintSubject()
    subject.syntaxProblems = configuration.syntaxProblems
    subject.housekeeping = problems
    var baseline = BaselineMatcher(options.baseline?.entries(of: configuration.file.name) ?? [])
    var allowance = FindingAllowance(options.mostFindings)
    var findings = report(subject, document: 0, &baseline, &allowance) { _ in nil }
    findings += untold(allowance, &baseline)
    findings.sort(by: Self.standsBefore)
    return FileReport(
      file: configuration.file, findings: findings, servers: [], notModelled: [], role: .configuration,
      threshold: options.failOn ?? .error, staleEntries: allowance.firstUntold == nil ? baseline.stale(options) : [])
  }

  /// What the rules about changes say of documents of a file, each beside its older state; `place` finishes a finding.
  func changeReport(
    on comparisons: [Comparison], _ tree: SourceTree, isImported: Bool, place: (Finding) -> Finding
  ) -> FileReport {
    var suppressor = Suppressor(tree, options)
    var baseline = BaselineMatcher([])
    var allowance = FindingAllowance(options.mostFindings)
    var findings: [ReportedFinding] = []
    for (document, comparison) in comparisons.enumerated() {
      var subject = LintSubject()
      subject.comparison = comparison
      findings += report(subject, document: document, &baseline, &allowance) { suppressor.suppression(of: $0) }
    }
    findings += untold(allowance, &baseline)
    findings = findings.map { $0.with(place($0.finding)) }
    findings.sort(by: Self.standsBefore)
    if isImported {
      for index in findings.indices {
        let place = findings[index].finding.primary.span.start
        findings[index].jsonPath = tree.documents.lazy.compactMap { tree.jsonPath(to: place, below: $0) }.first
      }
    }
    return FileReport(
      file: tree.file, findings: findings, servers: [], notModelled: [], role: .model, threshold: .never,
      staleEntries: [])
  }

  /// One subject a document. What is wrong with the text belongs to the first.
  private func subjects(_ text: ModelText) -> [LintSubject] {
    let tree = text.tree
    var subjects = text.models.map { model in
      var model = model
      model.quotas.merge(options.quotas) { own, _ in own }
      var subject = LintSubject()
      subject.analysis = Analysis(model)
      return subject
    }
    if subjects.isEmpty {
      subjects = [LintSubject()]
      if tree.problems.isEmpty { subjects[0].analysis = Analysis(Model.empty(fileNumber: tree.fileNumber)) }
    }
    subjects[0].syntaxProblems = tree.problems
    for index in subjects.indices {
      subjects[index].homeLANs = options.homeLANs
      subjects[index].startOfToday = Timestamp(seconds: options.today.secondsSince1970)
    }
    return subjects
  }

  /// The finding that not all are told, whichever rules run.
  private func untold(_ allowance: FindingAllowance, _ baseline: inout BaselineMatcher) -> [ReportedFinding] {
    guard let first = allowance.firstUntold else { return [] }
    var subject = LintSubject()
    subject.untold = (allowance.limit, first)
    var one = FindingAllowance(1)
    return report(subject, document: 0, by: RuleCatalog.all, &baseline, &one) { _ in nil }
  }

  private func report(
    _ subject: LintSubject, document: Int, by rules: [any Rule.Type]? = nil, _ baseline: inout BaselineMatcher,
    _ allowance: inout FindingAllowance, suppression: (Finding) -> Suppression?
  ) -> [ReportedFinding] {
    var raised: [Finding] = []
    for rule in rules ?? self.rules where allowance.firstUntold == nil {
      rule.check(subject) { allowance.take($0, into: &raised) }
    }
    let findings = Precedence.apply(raised)
    allowance.giveBack(raised.count - findings.count)
    var ordinals: [String: Int] = [:]
    return findings.map { finding in
      var finding = finding
      let isMandatory = RuleCatalog.mandatory.contains(finding.rule)
      if !isMandatory, let severity = options.levels[finding.rule]?.severity { finding.severity = severity }
      let subject = finding.cause.subject
      let ordinal = ordinals["\(finding.code) \(subject)", default: 0]
      ordinals["\(finding.code) \(subject)"] = ordinal + 1
      let fingerprint = Fingerprint(code: finding.code, subject: subject, document: document, ordinal: ordinal)
      let known = isMandatory ? nil : baseline.suppression(of: fingerprint)
      return ReportedFinding(
        finding: finding, document: document, fingerprint: fingerprint, suppression: suppression(finding) ?? known)
    }
  }

  /// The order of the file.
  private static func standsBefore(_ left: ReportedFinding, _ right: ReportedFinding) -> Bool {
    order(left.finding) < order(right.finding)
  }

  private static func order(_ finding: Finding) -> (UInt32, String, UInt32) {
    (finding.primary.span.start, finding.code, finding.primary.span.end)
  }
}

extension Model {
  /// What an empty file means: a model in which both required keys are missing.
  fileprivate static func empty(fileNumber: UInt32) -> Model {
    let place = Span.beginning(ofFile: fileNumber)
    var model = Model(span: place)
    model.problems = [ModelProblem(kind: .noModel, span: place, other: nil, path: "", object: "the model")]
    return model
  }
}
