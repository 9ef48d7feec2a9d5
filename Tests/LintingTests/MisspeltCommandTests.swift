import TestSupport
import Testing

@testable import vpnlint

/// A first word that was meant as a command.
struct MisspeltCommandTests {
  @Test(arguments: [
    (["explian", "VPN201"], "`explian` is neither a file nor a command; did you mean `vpnlint explain`?"),
    (["Rules"], "`Rules` is neither a file nor a command; did you mean `vpnlint rules`?"),
    (["version"], "`version` is neither a file nor a command; did you mean `vpnlint --version`?"),
    (["help", "routs"], "there is no command `routs`; did you mean `routes`?"),
    (["help", "\u{1B}x"], "there is no command `\\u{1B}x`; `vpnlint --help` lists them"),
  ])
  func told(_ arguments: [String], _ sentence: String) {
    #expect(MisspeltCommand.sentence(for: arguments) == sentence)
  }

  @Test(arguments: [
    [], ["explain", "VPN201"], ["help"], ["help", "rules"], ["help", "--help"], ["networks"], ["rule.yaml"], ["./rule"],
    ["-"], ["--rule"], ["init", "rule"], ["lint", "rule"],
  ])
  func passed(_ arguments: [String]) { #expect(MisspeltCommand.sentence(for: arguments) == nil) }

  @Test func `a file that is there is no misspelt command`() throws {
    let place = try Workplace(["rule": Run.faulty])
    #expect(try place.shell("$vpnlint -q --format oneline rule").text.hasPrefix("rule:6:5: error[VPN201]"))
    let missing = try place.shell("$vpnlint rulez")
    #expect(
      missing == ("vpnlint: `rulez` is neither a file nor a command; did you mean `vpnlint rules`?\n", 2))
  }
}
