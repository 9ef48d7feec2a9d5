import Importing
import LintRules
import Linting
import SourceText
import Testing

/// A model file with the places that a rule is to point at.
struct MarkedText {
  var bytes: [UInt8]
  /// Byte offsets, in order. Each is a list of places of which one will do.
  var places: [[Range<Int>]]
  var isJSON: Bool

  var file: SourceFile { SourceFile(name: isJSON ? "model.json" : "model.yaml", bytes: bytes) }

  /// Takes the marks `⟦` and `⟧` out of an example.
  init(_ example: Example) {
    var bytes: [UInt8] = []
    var places: [[Range<Int>]] = []
    var start: Int?
    for scalar in example.text.unicodeScalars {
      switch scalar {
      case "⟦": start = bytes.count
      case "⟧":
        if let begin = start { places.append([begin..<bytes.count]) }
        start = nil
      default: bytes += Array(String(scalar).utf8)
      }
    }
    (self.bytes, self.places, isJSON) = (bytes, places, example.isJSON)
  }

  init(bytes: [UInt8], places: [[Range<Int>]], isJSON: Bool) {
    (self.bytes, self.places, self.isJSON) = (bytes, places, isJSON)
  }

  /// All findings about the text: of a comparison if the example has an older model, else of a lint.
  func findings(of example: Example) -> [Finding] {
    guard let before = example.before else { return findings(without: example.without) }
    let old = ModelFile(SourceFile(name: "old.yaml", bytes: Array(before.utf8)))
    let report = DiffReport(old, ModelFile(file, number: ModelFile.newNumber))
    return report.findings.findings.map(\.finding)
  }

  /// All findings of a lint, as for the user but with every rule and on a day that never changes.
  func findings(without skipped: [String] = []) -> [Finding] {
    var options = LintOptions()
    options.skip = Set(skipped)
    for page in RuleCatalog.pages where page.isOffByDefault {
      options.levels[page.name] = LintOptions.Level(rawValue: page.severity.rawValue)
    }
    options.today = CivilDate(year: 2026, month: 8, day: 1)
    options.importing = { Importer.model(from: $0) }
    return Linter(options).lint(file).findings.map(\.finding)
  }
}

/// One example of one rule.
struct ExampleCase: CustomTestStringConvertible {
  let rule: RuleInfo
  let example: Example

  static let all = RuleCatalog.pages.flatMap { page in page.examples.map { ExampleCase(rule: page, example: $0) } }

  var testDescription: String { "\(rule.code) \(rule.name), \(example.isBad ? "bad" : "good"): \(example.title)" }
}
