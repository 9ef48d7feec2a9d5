import Foundation
import Testing
import TestSupport

/// The table of modules and its arrows: text comes in at the ground floor and goes up one way.
struct ArchitectureTests {
  /// What each module may import of the modules here.
  private static let arrows: [String: Set<String>] = [
    "CLibYAML": [],
    "CFileAttributes": [],
    "SourceText": [],
    "IPv4Space": [],
    "SourceTree": ["CLibYAML", "SourceText"],
    "SystemTables": ["SourceTree", "SourceText", "IPv4Space"],
    "ClientVPN": ["SourceTree", "SourceText", "IPv4Space"],
    "Forwarding": ["ClientVPN", "IPv4Space", "SourceText"],
    "LintRules": ["Forwarding", "ClientVPN", "SourceTree", "IPv4Space", "SourceText"],
    "Linting": ["LintRules", "Forwarding", "ClientVPN", "SystemTables", "SourceTree", "IPv4Space", "SourceText"],
    "Reports": ["Linting", "LintRules", "Forwarding", "ClientVPN", "SystemTables", "IPv4Space", "SourceText"],
    "Importing": ["ClientVPN", "SourceTree", "SourceText", "IPv4Space"],
    "vpnlint": [
      "Reports", "Linting", "Importing", "LintRules", "Forwarding", "ClientVPN", "SystemTables", "SourceTree",
      "IPv4Space", "SourceText", "CFileAttributes",
    ],
  ]

  /// Modules of the toolchain and of packages, and who may have them. What is not here nobody imports.
  private static let foreign: [String: Set<String>] = [
    "Dispatch": ["Linting"],
    "Synchronization": ["Linting", "vpnlint"],
    "ArgumentParser": ["vpnlint"],
    "FoundationEssentials": ["vpnlint"],
    "Glibc": ["vpnlint"],
    "Musl": ["vpnlint"],
    "Darwin": ["vpnlint"],
  ]

  private static let sources = Repository.files(below: "Sources", withSuffix: ".swift")

  @Test func thereAreSources() {
    #expect(Self.sources.count > 50)
  }

  @Test(arguments: sources)
  func importsFollowTheArrows(_ path: String) throws {
    let module = Self.module(of: path)
    let allowed = try #require(Self.arrows[module], "\(module) is not in the table of modules")
    for line in try Repository.lines(path) {
      guard let imported = Self.importedModule(line) else { continue }
      if let owners = Self.foreign[imported] {
        #expect(owners.contains(module), "\(path): \(module) has no business with \(imported)")
      } else {
        #expect(allowed.contains(imported), "\(path): \(module) must not know \(imported)")
      }
    }
  }

  @Test(arguments: sources)
  func nothingEndsTheProcessOrPrints(_ path: String) throws {
    let isCommandLine = Self.module(of: path) == "vpnlint"
    let banned = ["try!", "as!", "fatalError", "preconditionFailure"] + (isCommandLine ? [] : ["print(", "exit("])
    for (number, line) in try Repository.lines(path).enumerated() {
      let code = Self.withoutComment(line)
      for word in banned where Self.contains(code, word) {
        Issue.record("\(path):\(number + 1): `\(word)` has no place here")
      }
    }
  }

  /// The manifest's own arrows, so that the table above cannot fall behind it.
  @Test func manifestAgrees() throws {
    let manifest = try Repository.lines("Package.swift").joined(separator: "\n")
    for (module, allowed) in Self.arrows {
      guard
        let start = manifest.range(of: "arget(\n      name: \"\(module)\"")
          ?? manifest.range(of: "arget(name: \"\(module)\"")
      else { continue }
      let rest = manifest[start.upperBound...]
      let target = rest.range(of: "swiftSettings").map { rest[..<$0.lowerBound] } ?? rest
      for name in target.split(separator: "\"").map(String.init) where Self.arrows[name] != nil {
        #expect(allowed.contains(name), "Package.swift lets \(module) depend on \(name)")
      }
    }
  }

  private static func module(of path: String) -> String { String(path.split(separator: "/")[1]) }

  private static func importedModule(_ line: String) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
      words[..<index].allSatisfy({
        ["public", "package", "internal", "private", "fileprivate"].contains($0) || $0.hasPrefix("@")
      })
    else { return nil }
    // `import struct Module.Type` names the module second.
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "typealias", "var", "let"]
    let name = kinds.contains(words[index + 1]) && index + 2 < words.count ? words[index + 2] : words[index + 1]
    return name.split(separator: ".").first.map(String.init)
  }

  private static func withoutComment(_ line: String) -> Substring {
    let trimmed = line.drop { $0 == " " }
    return trimmed.hasPrefix("//") ? "" : trimmed
  }

  /// Whether the word stands in the code, not as the tail of a longer name.
  private static func contains(_ code: Substring, _ word: String) -> Bool {
    var rest = code
    while let found = rest.range(of: word) {
      let before = found.lowerBound > code.startIndex ? code[code.index(before: found.lowerBound)] : " "
      if !before.isLetter && !before.isNumber && before != "_" && before != "." { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }
}
