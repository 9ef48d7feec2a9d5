import SourceText
import TestSupport
import Testing

/// Names in sentences.
struct QuotationTests {
  private static func parts(_ sentence: String) -> [String] {
    Quotation.parts(of: sentence).map { $0.isQuoted ? "<\($0.text)>" : "\($0.text)" }
  }

  @Test(arguments: ["app", "", "a b", "`", "a`b", "``a", "a``", "`\u{301}a", "a`\u{301}", "a`b``c`", " ` ", "a\\"])
  func nameIsReadAsItWasWritten(_ name: String) {
    let found = Quotation.parts(of: "route \(name.quoted) of \("s".quoted) removed")
    #expect(found.contains { $0.isQuoted && $0.text.utf8.elementsEqual("s".utf8) })
    if !name.isEmpty { #expect(found.first { $0.isQuoted }?.text.utf8.elementsEqual(name.utf8) ?? false) }
  }

  @Test func backticksThatNothingEndsAreWords() {
    #expect(Self.parts("no `subnet` here") == ["no ", "<subnet>", " here"])
    #expect(Self.parts("``a` b") == ["``a` b"])
    #expect(Self.parts("a ` b") == ["a ` b"])
    #expect(Self.parts("") == [])
  }

  @Test func ofLongNamesTheBeginningIsShown() {
    let long = String(repeating: "ä", count: 200)
    let short = String(repeating: "ä", count: 80) + "…"
    #expect(long.quoted == "`\(short)`")
    #expect(
      Quotation.shortened("no route to `\(long)` from `app`, \(long)") == "no route to `\(short)` from `app`, \(long)")
    let ticks = String(repeating: "`", count: 200)
    #expect(Quotation.parts(of: Quotation.shortened("a \(ticks.quoted) b")).count == 3)
    let name = String(repeating: "a", count: 80)
    #expect(Quotation.shortened("no `\(name)`") == "no `\(name)`")
  }

  @Test func findingsShowTheBeginning() {
    let (long, short) = (String(repeating: "x", count: 5000), String(repeating: "x", count: 80) + "…")
    let place = Span.beginning(ofFile: 0)
    let finding = Finding(
      code: "VPN1", rule: "r", severity: .info, message: "`\(long)` is", cause: Cause("s"),
      primary: Label(place, "at `\(long)`")
    ).note("of `\(long)`").help("to `\(long)`")
    #expect(finding.message == "`\(short)` is" && finding.primary.text == "at `\(short)`")
    #expect(finding.notes == ["of `\(short)`"] && finding.help == ["to `\(short)`"])
  }
}
