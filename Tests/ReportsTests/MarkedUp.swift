import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page or a picture as an XML parser reads it.
struct MarkedUp {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// Everything written in it, with what is in it.
    fileprivate(set) var text = ""
  }

  struct NotWellFormed: Error, CustomStringConvertible {
    let description: String
  }

  /// Elements that run something or bring something in.
  static let active: Set<String> = [
    "script", "iframe", "object", "embed", "img", "image", "audio", "video", "source", "base", "form", "input", "use",
    "foreignObject", "animate", "set", "template", "noscript", "a:script",
  ]

  /// The elements in the order in which they begin.
  let elements: [Element]

  init(_ text: String) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    guard parser.parse() else {
      throw NotWellFormed(description: "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }
    elements = reader.elements
  }

  func count(_ name: String) -> Int { elements.count { $0.name == name } }
  func texts(of name: String) -> [String] { elements.filter { $0.name == name }.map(\.text) }
  func text(of name: String) -> String { texts(of: name).joined() }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
      attributes: [String: String] = [:]
    ) {
      open.append(elements.count)
      elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_: XMLParser, didEndElement _: String, namespaceURI _: String?, qualifiedName _: String?) {
      open.removeLast()
    }

    func parser(_: XMLParser, foundCharacters text: String) {
      for index in open { elements[index].text += text }
    }
  }
}
