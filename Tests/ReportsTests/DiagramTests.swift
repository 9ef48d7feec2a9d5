import Foundation
import Linting
import Reports
import SourceText
import TestSupport
import Testing

/// Pictures of networks as files.
struct DiagramTests {
  private func picture(_ file: SourceFile, server: String? = nil) throws -> String {
    PictureReporter().file(try ModelFile(file).pictures(server: server))
  }

  @Test(arguments: ["production-two-zones", "several-documents"])
  func `a network gives the expected picture`(_ name: String) throws {
    let file = try Repository.file("samples/networks/\(name)/network.yaml")
    try GoldenFile.expect(try picture(file), at: "samples/networks/\(name)/expected.svg")
  }

  @Test func `a picture stands by itself and says what it shows`() throws {
    for sample in Sample.networks {
      let svg = try MarkedUp(try picture(try Repository.file(sample.path)))
      let root = try #require(svg.elements.first)
      #expect(root.attributes["role"] == "img" && root.attributes["xmlns"] == "http://www.w3.org/2000/svg")
      #expect(svg.elements.contains { $0.name == "desc" && $0.text.contains(" of ") }, "\(sample.path)")
      #expect(svg.elements.allSatisfy { !MarkedUp.active.contains($0.name) })
      let values = svg.elements.flatMap { $0.attributes.filter { $0.key != "xmlns" }.values }
      #expect(values.allSatisfy { !$0.contains("http") && !$0.contains("url(") })
      let style = svg.text(of: "style")
      #expect(!style.contains("var(") && !style.contains("url(") && style.contains("prefers-color-scheme: dark"))
    }
  }

  /// Where text begins and ends, as wide as it may be drawn, it is in the picture.
  @Test func `text stays within the picture`() throws {
    for sample in Sample.networks {
      let svg = try MarkedUp(try picture(try Repository.file(sample.path)))
      let height = Int(svg.elements.first?.attributes["height"] ?? "") ?? 0
      for text in svg.elements where text.name == "text" {
        let x = try #require(Int(text.attributes["x"] ?? ""))
        let y = try #require(Int(text.attributes["y"] ?? ""))
        #expect((0...960).contains(x) && (0...height).contains(y), "\(sample.path): \(text.text)")
      }
    }
  }

  @Test func `a large network is folded and stays small`() throws {
    let svg = try picture(LargeModel.file, server: "vpn-b")
    let page = try MarkedUp(svg)
    #expect(page.texts(of: "text").contains { $0.hasPrefix("Folded: ") })
    #expect(Int(page.elements.first?.attributes["height"] ?? "") ?? .max < 3000)
    #expect(svg.utf8.count < 60_000)
  }

  @Test(arguments: HostileNameTests.names) func `a name cannot become a mark`(_ name: String) throws {
    let file = HostileNameTests.file(name)
    guard !ModelFile(file).report.isFailing else { return }
    let svg = try picture(file)
    let elements = Set(try MarkedUp(svg).elements.map(\.name))
    #expect(elements.isSubset(of: ["svg", "title", "desc", "style", "rect", "path", "text", "g", "circle"]))
    #expect(svg.unicodeScalars.allSatisfy { $0 == "\n" || !HostileNameTests.acts($0) })
    let widest = try MarkedUp(svg).elements.filter { $0.name == "text" }.map(\.text.count).max() ?? 0
    #expect(name.count < 1_000 || widest > 5_000, "the whole of a name that is cut is in its title")
  }

  @Test func `a longer name is cut, and its title has the whole`() throws {
    let name = "a-subnet-with-a-name-that-is-by-no-means-a-short-one"
    let text = """
      vpc: {subnets: [{name: \(name), ipv4_cidr_block: 10.0.0.0/24}]}
      vpn_servers: [{name: client-vpn, client_ip_pool: 192.168.252.0/22, routes: [{destination: 10.0.0.0/24}]}]
      """
    let svg = try MarkedUp(try picture(SourceFile(name: "net.yaml", bytes: Array(text.utf8))))
    #expect(svg.elements.contains { $0.name == "title" && $0.text == name })
    #expect(svg.texts(of: "text").contains { $0.hasPrefix(name) && $0.hasSuffix("…") })
  }

  @Test func `the command writes the picture and nothing else`() throws {
    let path = "samples/networks/several-documents/network.yaml"
    let (text, status) = try Program.run(["diagram", path], in: Repository.root)
    let expected = try picture(try Repository.file(path))
    #expect(status == 0 && text == expected)
    let (second, _) = try Program.run(["diagram", path, "--server", "client-vpn#2"], in: Repository.root)
    #expect(try MarkedUp(second).texts(of: "text").contains("staging") && !second.contains("production"))
    let (unknown, usage) = try Program.run(["diagram", path, "--server", "client-vpm"], in: Repository.root)
    #expect(usage == 2 && unknown.hasPrefix("vpnlint: there is no VPN server `client-vpm`; did you mean "))
    let (_, broken) = try Program.run(["diagram", "samples/broken/unknown-key.yaml"], in: Repository.root)
    #expect(broken == 1)
  }
}
