import Foundation
import TestSupport
import Testing

/// What README and documentation say about the library is compiled and run by `make library`, and the same here and there.
struct LibraryTests {
  private static let consumer = "Tests/LibraryConsumer"

  @Test func `the README shows the package that is built, and what it prints`() throws {
    let readme = try text("README.md")
    let section = try #require(readme.components(separatedBy: "\n## As a library\n").dropFirst().first)
    #expect(blocks(of: "swift", in: section).last == (try text("\(Self.consumer)/Sources/LibraryConsumer/main.swift")))
    #expect(blocks(of: "text", in: section).first == (try text("\(Self.consumer)/output.txt")))
    let manifest = try #require(blocks(of: "swift", in: section).first)
    let platforms = try #require(manifest.split(separator: "\n").first { $0.hasPrefix("platforms:") })
    for package in ["Package.swift", "\(Self.consumer)/Package.swift"] {
      #expect(try text(package).contains(platforms), "\(package)")
    }
  }

  @Test(arguments: [
    ("Documentation", "Tests/LibraryConsumer/Sources/Articles/Documentation.swift"),
    ("TheModel", "Tests/LibraryConsumer/Sources/Articles/TheModel.swift"),
    ("TheAnalysis", "Tests/LibraryConsumer/Sources/Articles/TheAnalysis.swift"),
    ("WritingARule", "Sources/LintRules/Server/PortRange.swift"),
  ])
  func `code of the documentation is compiled`(_ article: String, _ source: String) throws {
    let compiled = lines(try text(source))
    let blocks = blocks(of: "swift", in: try text("Sources/Documentation.docc/\(article).md"))
    #expect(blocks.count > 1)
    for block in blocks { #expect(compiled.contains(lines(block)), "\(block)") }
  }

  /// Lines without their indentation, in one text.
  private func lines(_ text: String) -> String {
    text.split(separator: "\n").map { $0.drop { $0 == " " } + "\n" }.joined()
  }

  private func blocks(of language: String, in text: String) -> [String] {
    text.components(separatedBy: "\n```\(language)\n").dropFirst().map {
      $0.components(separatedBy: "\n```\n")[0] + "\n"
    }
  }

  private func text(_ path: String) throws -> String { try Repository.lines(path).joined(separator: "\n") }
}
