import LintRules
import SourceText
import Testing

/// Every example of every rule's page, as written and written otherwise.
struct ExampleTests {
  @Test(arguments: ExampleCase.all)
  func ruleSpeaksWhereMarked(_ example: ExampleCase) {
    let text = MarkedText(example.example)
    #expect(example.example.isBad == !text.places.isEmpty, "a bad example has marks, a good one none")
    expectMarked(example, text, "as written")
  }

  @Test(arguments: ExampleCase.all)
  func layoutDoesNotMatter(_ example: ExampleCase) {
    let text = MarkedText(example.example)
    let causes = causes(of: example, text)
    for variant in Variant.allCases {
      guard case .success(let varied) = variant.applied(to: text, rule: example.rule.name) else { continue }
      expectMarked(example, varied, variant.rawValue)
      let found = self.causes(of: example, varied)
      #expect(found == causes, "\(variant.rawValue):\n\(String(decoding: varied.bytes, as: UTF8.self))")
    }
  }

  @Test(arguments: ExampleCase.all)
  func noTwoFindingsHaveOneCause(_ example: ExampleCase) {
    let subjects = MarkedText(example.example).findings(of: example.example).map(\.cause.subject)
    let doubled = Dictionary(grouping: subjects) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(doubled == [])
  }

  /// No variant is left out but for a reason, and reasons are the exception.
  @Test func nearlyEveryExampleIsVaried() {
    var applied = 0
    var reasons: [String: Int] = [:]
    for example in ExampleCase.all {
      for variant in Variant.allCases {
        switch variant.applied(to: MarkedText(example.example), rule: example.rule.name) {
        case .success: applied += 1
        case .failure(let reason): reasons[reason.rawValue, default: 0] += 1
        }
      }
    }
    let left = reasons.values.reduce(0, +)
    #expect(applied >= 4 * left, "\(applied) varied, \(left) not: \(reasons)")
  }

  private func expectMarked(_ example: ExampleCase, _ text: MarkedText, _ how: String) {
    let found = text.findings(of: example.example).filter { $0.rule == example.rule.name }
      .map { Int($0.primary.span.start)..<Int($0.primary.span.end) }.sorted { $0.lowerBound < $1.lowerBound }
    func words(_ range: Range<Int>) -> String { "\(range) `\(String(decoding: text.bytes[range], as: UTF8.self))`" }
    let expected = text.places.sorted { $0[0].lowerBound < $1[0].lowerBound }
    // Each place has a finding of its own; where several places will do, any.
    var open = found
    for place in expected {
      guard let index = open.firstIndex(where: { place.contains($0) }) else {
        Issue.record(
          "\(how): nothing at \(place.map(words)), but at \(open.map(words))\n\(String(decoding: text.bytes, as: UTF8.self))"
        )
        continue
      }
      open.remove(at: index)
    }
    #expect(open.isEmpty, "\(how): unexpected at \(open.map(words))\n\(String(decoding: text.bytes, as: UTF8.self))")
  }

  private func causes(of example: ExampleCase, _ text: MarkedText) -> [String] {
    text.findings(of: example.example).map { "\($0.rule) \($0.cause.subject)" }.sorted()
  }
}
