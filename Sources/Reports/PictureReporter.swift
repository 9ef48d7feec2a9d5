public import Linting

/// Draws networks as SVG: what `diagram` writes, and the pictures of the HTML report.
public struct PictureReporter: Sendable {
  /// Makes a reporter.
  public init() {}

  /// One file that stands by itself, with the pictures one below the other.
  public func file(_ pictures: [NetworkPicture]) -> String {
    let form = PictureDrawing.Form.wide
    var canvas = SVGCanvas()
    var cursor = 0
    for picture in pictures {
      let heading = SVGText(
        Self.heading(picture, among: pictures), SVGText.Face(size: 18, isBold: true), width: form.width - 32)
      canvas.text(heading, x: 16, y: cursor + 34, "heading")
      let drawing = PictureDrawing(picture, form, top: cursor + 52)
      canvas.add(drawing.canvas)
      cursor = drawing.bottom + 16
    }
    let title = pictures.count == 1 ? Self.title(pictures[0]) : "The networks of \(pictures.count) VPN servers"
    let description = pictures.map(\.description).joined(separator: " ")
    var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"net\" viewBox=\"0 0 \(form.width) \(cursor)\" "
    out += "width=\"\(form.width)\" height=\"\(cursor)\" lang=\"en\" role=\"img\" aria-labelledby=\"title desc\">\n"
    out += Self.words(title, description, id: "")
    out += "<style>\n\(Palette.resolved(PictureStyle.sheet))\n</style>\n"
    out += "<rect class=\"paper\" width=\"\(form.width)\" height=\"\(cursor)\"/>\n"
    return out + canvas.content + "</svg>\n"
  }

  /// The picture as a part of a page whose style sheet has the classes and colours. `id` is one of the page's own.
  func part(_ picture: NetworkPicture, _ form: PictureDrawing.Form, id: String) -> String {
    let drawing = PictureDrawing(picture, form, top: 8)
    var out = "<svg class=\"net \(form)\" viewBox=\"0 0 \(form.width) \(drawing.bottom)\" role=\"img\" "
    out += "aria-labelledby=\"\(id)title \(id)desc\">\n"
    out += Self.words(Self.title(picture), picture.description, id: id)
    return out + drawing.canvas.content + "</svg>\n"
  }

  private static func words(_ title: String, _ description: String, id: String) -> String {
    "<title id=\"\(id)title\">\(XMLText.escaped(title))</title>\n"
      + "<desc id=\"\(id)desc\">\(XMLText.escaped(description))</desc>\n"
  }

  private static func title(_ picture: NetworkPicture) -> String { "The network of VPN server \(picture.server)" }

  /// What tells the pictures of one file apart.
  private static func heading(_ picture: NetworkPicture, among pictures: [NetworkPicture]) -> String {
    let isOneDocument = pictures.allSatisfy { $0.document == picture.document }
    return isOneDocument ? title(picture) : "\(title(picture)), document \(picture.document + 1)"
  }
}
