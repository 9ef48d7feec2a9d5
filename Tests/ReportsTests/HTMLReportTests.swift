import Foundation
import Linting
import Reports
import SourceText
import TestSupport
import Testing

/// A page stands by itself, can be read by everybody, and nothing of a model acts in it.
struct HTMLReportTests {
  private static let folders = FormatTests.Case.folders

  /// Pages of different kinds: those of the samples of formats, one of a large network, one of nothing.
  private static let pages = Result { () throws -> [(name: String, page: MarkedUp)] in
    var pages = try folders.map { ($0, try MarkedUp(try FormatTests.Case.report($0).rendered(.html))) }
    for sample in Sample.all { pages.append((sample.path, try MarkedUp(try sample.rendered(.html)))) }
    pages.append(("large", try MarkedUp(Sample.report(LargeModel.file).rendered(.html))))
    pages.append(("nothing", try MarkedUp(Report([], toolVersion: "0.0.0").rendered(.html))))
    return pages
  }

  @Test func `nothing comes from elsewhere and nothing runs`() throws {
    for (name, page) in try Self.pages.get() {
      #expect(page.elements.allSatisfy { !MarkedUp.active.contains($0.name) }, "\(name)")
      for element in page.elements {
        for (key, value) in element.attributes {
          #expect(
            !key.hasPrefix("on") && !["src", "srcset", "style", "action", "xlink:href"].contains(key), "\(name): \(key)"
          )
          if key == "href" {
            #expect(value.hasPrefix("#") || element.name == "link" && value == "data:,", "\(name): \(value)")
          } else {
            #expect(!value.contains("url(") && !value.hasPrefix("http"), "\(name): \(key)=\(value)")
          }
        }
      }
      let style = page.text(of: "style")
      #expect(!style.contains("url(") && !style.contains("@import") && !style.contains("http"))
      let policy = page.elements.first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
      #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none'") == true)
    }
  }

  @Test func `headings stand in order, and there is one of the first level`() throws {
    for (name, page) in try Self.pages.get() {
      let levels = page.elements.compactMap { $0.name.wholeMatch(of: /h([1-6])/).flatMap { Int($0.output.1) } }
      #expect(levels.first == 1 && levels.count { $0 == 1 } == 1, "\(name): \(levels)")
      for (above, below) in zip(levels, levels.dropFirst()) { #expect(below <= above + 1, "\(name): \(levels)") }
    }
  }

  @Test func `every link leads to a part of the page`() throws {
    for (name, page) in try Self.pages.get() {
      let ids = page.elements.compactMap { $0.attributes["id"] }
      #expect(Set(ids).count == ids.count, "\(name): an id stands twice")
      for element in page.elements {
        if let target = element.attributes["href"], target.hasPrefix("#") {
          #expect(ids.contains(String(target.dropFirst())), "\(name): \(target)")
        }
        for id in (element.attributes["aria-labelledby"] ?? "").split(separator: " ") {
          #expect(ids.contains(String(id)), "\(name): \(id)")
        }
      }
    }
  }

  @Test func `tables, pictures and what folds say what they are`() throws {
    for (name, page) in try Self.pages.get() {
      #expect(page.elements.first?.attributes["lang"] == "en", "\(name)")
      #expect(page.count("table") == page.count("caption"), "\(name)")
      #expect(page.count("details") == page.count("summary"), "\(name)")
      for head in page.elements where head.name == "th" {
        #expect(["col", "row"].contains(head.attributes["scope"] ?? ""), "\(name)")
      }
      for picture in page.elements where picture.name == "svg" {
        #expect(picture.attributes["role"] == "img" && picture.attributes["aria-labelledby"] != nil, "\(name)")
      }
      for region in page.elements where region.attributes["class"] == "scroll" {
        #expect(region.attributes["tabindex"] == "0" && region.attributes["aria-label"] != nil, "\(name)")
      }
    }
  }

  @Test func `parts of a report are on its page`() throws {
    let page = try MarkedUp(try FormatTests.Case.report("suppressed").rendered(.html))
    let text = page.text(of: "body")
    #expect(text.contains("No finding counts.") && text.contains("suppressed finding"))
    let large = try MarkedUp(Sample.report(LargeModel.file).rendered(.html)).text(of: "body")
    #expect(large.contains("Folded: ") && large.contains("more rows"))
    let fault = try MarkedUp(
      try #require(Sample.networks.first { $0.path.contains("/split-subnet-without-route/") }).rendered(.html))
    let words = fault.text(of: "body")
    for part in [
      "Not ready to deploy", "A packet that shows it", "192.168.252.2 sends ICMP to 10.1.0.4", "What to do",
      "Client's routing table stops", "no destination here contains 10.1.0.0/24", "Not modelled", "Repair",
    ] { #expect(words.contains(part), "\(part)") }
    #expect(fault.texts(of: "mark").contains("routes"))
    #expect(fault.texts(of: "ins").contains { $0.contains("10.1.0.0/24") })
  }

  /// WCAG 2.1 §1.4.3, of the colours as the page itself states them.
  @Test func `words stand out from what is behind them in light and in dark`() throws {
    let style = try MarkedUp(Report([], toolVersion: "0").rendered(.html)).text(of: "style")
    let schemes = style.matches(of: /:root \{([^}]*)\}/).map { match in
      Dictionary(
        match.output.1.matches(of: /--([a-z-]+): (#[0-9a-f]{6});/).map { (String($0.output.1), String($0.output.2)) }
      ) { $1 }
    }
    #expect(schemes.count == 2 && schemes.allSatisfy { $0.count == 15 })
    for scheme in schemes {
      func expect(_ front: String, on back: String) throws {
        let contrast = Self.contrast(try #require(scheme[front]), try #require(scheme[back]))
        #expect(contrast >= 4.5, "\(front) on \(back): \(contrast)")
      }
      for back in ["paper", "panel", "good-fill", "bad-fill", "warn-fill", "open-fill"] {
        for front in ["ink", "muted"] { try expect(front, on: back) }
      }
      for back in ["paper", "panel"] {
        for front in ["link", "good", "bad", "warn", "open"] { try expect(front, on: back) }
      }
      for tone in ["good", "bad", "warn", "open"] { try expect(tone, on: "\(tone)-fill") }
    }
  }

  private static func contrast(_ one: String, _ other: String) -> Double {
    func luminance(_ colour: String) -> Double {
      let bits = Int(colour.dropFirst(), radix: 16) ?? 0
      let parts = [16, 8, 0].map { shift -> Double in
        let value = Double(bits >> shift & 0xFF) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
  }

  @Test(arguments: HostileNameTests.names) func `a name cannot become a mark`(_ name: String) throws {
    let report = HostileNameTests.report(name)
    let page = try MarkedUp(report.rendered(.html))
    let harmless = try Self.harmless.get()
    #expect(Set(page.elements.map(\.name)).subtracting(harmless.elements.map(\.name)) == [])
    let attributes = Set(page.elements.flatMap(\.attributes.keys))
    // Names that are cut have a title.
    #expect(attributes.subtracting(harmless.elements.flatMap(\.attributes.keys)).subtracting(["title"]) == [])
    let findings = page.elements.count { $0.attributes["class"]?.hasPrefix("finding ") == true }
    #expect(findings == report.files.flatMap(\.findings).count)
  }

  private static let harmless = Result { try MarkedUp(HostileNameTests.report("Harmless Name").rendered(.html)) }
}
