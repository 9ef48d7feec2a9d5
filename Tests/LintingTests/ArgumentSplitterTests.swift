import ArgumentParser
import Testing

@testable import vpnlint

/// Paths are taken out of the arguments before the argument parser sees them.
struct ArgumentSplitterTests {
  @Test func `every option with a value is known to the splitter`() {
    let withValue = LintCommand.helpMessage().split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      guard words.count > 1, words[0].hasPrefix("--"), words[1].hasPrefix("<") else { return nil }
      return String(words[0])
    }
    #expect(withValue.count > 5)
    #expect(Set(withValue) == ArgumentSplitter.optionsWithValue)
  }

  @Test(arguments: [
    (["a.yaml", "--format", "json", "b.yaml"], ["--format", "json"], ["a.yaml", "b.yaml"]),
    (["lint", "--quiet", "-"], ["lint", "--quiet"], ["-"]),
    (["--", "--format", "lint"], [], ["--format", "lint"]),
    (["lint", "lint"], ["lint"], ["lint"]),
    (["--format=json", "a"], ["--format=json"], ["a"]),
    (["explain", "VPN201"], ["explain", "VPN201"], []),
    (["--only"], ["--only"], []),
  ])
  func `paths and options come apart`(arguments: [String], options: [String], paths: [String]) {
    #expect(ArgumentSplitter.split(arguments) == ArgumentSplitter.Split(arguments: options, paths: paths))
  }
}
