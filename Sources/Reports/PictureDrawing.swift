import Linting

/// Lays out one picture: clients, tunnel and server, and what lies behind it, side by side or, for a narrow screen, one
/// below the other. A line leads to each thing that is reached; before what is not, it ends.
struct PictureDrawing {
  /// How much room there is.
  enum Form {
    case wide, narrow

    var width: Int { self == .wide ? 960 : 380 }
  }

  typealias Frame = SVGCanvas.Frame
  typealias Face = SVGText.Face

  private let picture: NetworkPicture
  private let form: Form
  /// From the bottom to the top: frames, lines, and what stands in frames.
  private var frames = SVGCanvas()
  private var wires = SVGCanvas()
  private var boxes = SVGCanvas()
  /// Where lines end: left edge and height, and how what is there is.
  private var ends: [(x: Int, y: Int, item: NetworkPicture.Item)] = []
  /// Where the picture ends.
  private(set) var bottom = 0

  /// Draws a picture below `top`.
  init(_ picture: NetworkPicture, _ form: Form, top: Int) {
    self.picture = picture
    self.form = form
    let isWide = form == .wide
    let clients = drawClients(x: isWide ? 16 : 8, y: top, width: isWide ? 180 : 364)
    let serverTop = isWide ? top : clients.bottom + 44
    let server = drawServer(x: isWide ? 288 : 8, y: serverTop, width: isWide ? 260 : 364)
    drawTunnel(from: clients, to: server)
    let x = isWide ? 614 : 44
    let width = isWide ? 330 : 328
    let vpc = drawVPC(x: x, y: isWide ? top : server.bottom + 32, width: width)
    let beyond = drawBeyond(x: x, y: vpc.bottom + 16, width: width)
    drawTrunk(from: server, x: isWide ? 578 : 20)
    bottom = max(clients.bottom, server.bottom, beyond?.bottom ?? vpc.bottom)
    drawNotes()
  }

  /// The whole drawing.
  var canvas: SVGCanvas {
    var canvas = frames
    canvas.add(wires)
    canvas.add(boxes)
    return canvas
  }

  // MARK: Faces

  private static let kind = Face(size: 11)
  private static let name = Face(size: 14, isBold: true)
  private static let item = Face(size: 13, isBold: true)
  private static let text = Face(size: 12)
  private static let bold = Face(size: 12, isBold: true)
  private static let small = Face(size: 11)
  private static let mono = Face(size: 12, isMono: true)

  // MARK: Columns of text

  /// Lines of text one below the other.
  private struct Column {
    var canvas = SVGCanvas()
    let x, width: Int
    var y: Int

    mutating func line(_ text: String, _ face: Face, _ style: String, gap: Int = 5) {
      canvas.text(SVGText(text, face, width: width), x: x, y: y + face.size, style)
      y += face.size + gap
    }

    mutating func prose(_ text: String, _ face: Face, _ style: String, most: Int, gap: Int = 4) {
      for line in SVGText.lines(text, face, width: width, most: most) {
        canvas.text(line, x: x, y: y + face.size, style)
        y += face.size + gap
      }
    }

    /// A text at the left and one at the right of the same line.
    mutating func pair(
      _ left: String, _ face: Face, _ style: String, _ right: String, _ rightFace: Face, _ rightStyle: String
    ) {
      let most = max(width / 2, width - SVGText.width(left, face) - 8)
      let rightText = SVGText(right, rightFace, width: most)
      let room = width - SVGText.width(rightText.shown, rightFace) - 8
      canvas.text(SVGText(left, face, width: room), x: x, y: y + 12, style)
      canvas.text(rightText, x: x + width, y: y + 12, rightStyle, isRight: true)
      y += 17
    }

    mutating func rule() {
      canvas.path("M\(x) \(y + 3)h\(width)", "rule")
      y += 10
    }
  }

  /// A box around what `body` writes.
  private mutating func block(
    x: Int, y: Int, width: Int, _ style: String, padding: Int = 12, _ body: (inout Column) -> Void
  ) -> Frame {
    var column = Column(x: x + padding, width: width - 2 * padding, y: y + padding)
    body(&column)
    let frame = Frame(x: x, y: y, width: width, height: column.y + padding - 4 - y)
    frames.box(frame, style)
    boxes.add(column.canvas)
    return frame
  }

  // MARK: Clients

  private mutating func drawClients(x: Int, y: Int, width: Int) -> Frame {
    let picture = picture
    return block(x: x, y: y, width: width, "frame") { column in
      column.line("CLIENTS", Self.kind, "kind")
      column.line(picture.pool ?? "pool not known", Self.mono, "mono strong", gap: 6)
      if let address = picture.clientAddress { column.prose("a client has \(address)", Self.small, "small", most: 2) }
      column.prose(picture.tunnelRule, Self.small, "small", most: 4)
      if picture.mode == "split" {
        column.prose("All else leaves by the client's own gateway.", Self.small, "small", most: 4)
      }
      for site in picture.sites { Self.draw(site, &column) }
      if picture.moreSites > 0 {
        column.rule()
        column.line("and \(picture.moreSites) more sites", Self.small, "small")
      }
    }
  }

  private static func draw(_ site: NetworkPicture.Site, _ column: inout Column) {
    column.rule()
    column.canvas.sign(
      site.isAsWanted ? .check : .cross, x: column.x + 8, y: column.y + 9, site.isAsWanted ? .good : .bad)
    var inner = Column(x: column.x + 24, width: column.width - 24, y: column.y)
    inner.line(site.name, item, "item")
    if let system = site.system { inner.line(system, small, "small") }
    if let lan = site.lan { inner.line("LAN \(lan)", small, "small") }
    inner.prose(site.inWords, text, site.isAsWanted ? "good" : "bad strong", most: 3)
    column.canvas.group("client site \(site.name): \(site.inWords)") { $0.add(inner.canvas) }
    column.y = inner.y
  }

  // MARK: Tunnel

  private mutating func drawTunnel(from clients: Frame, to server: Frame) {
    let (sign, tone) = picture.tunnel.sign
    let isUp = picture.tunnel == .up
    let style = "wire \(tone.rawValue)\(isUp ? "" : " dash")"
    let label = SVGText("\(picture.mode) tunnel", Self.bold, width: 90)
    if form == .wide {
      let y = server.y + 26
      wires.path("M\(clients.right) \(y)H\(server.x)", style)
      if isUp { wires.path("M\(server.x - 7) \(y - 5)l6 5l-6 5", style) }
      wires.text(label, x: clients.right + 8, y: y - (isUp ? 8 : 12), "strong")
      if !isUp { wires.sign(sign, x: (clients.right + server.x) / 2, y: y, tone) }
    } else {
      let x = clients.x + 24
      wires.path("M\(x) \(clients.bottom)V\(server.y)", style)
      if isUp { wires.path("M\(x - 5) \(server.y - 7)l5 6l5 -6", style) }
      wires.text(label, x: x + 18, y: clients.bottom + 26, "strong")
      if !isUp { wires.sign(sign, x: x, y: clients.bottom + 22, tone) }
    }
  }

  // MARK: Server

  private mutating func drawServer(x: Int, y: Int, width: Int) -> Frame {
    let picture = picture
    return block(x: x, y: y, width: width, "frame") { column in
      column.line("VPN SERVER", Self.kind, "kind")
      column.line(picture.server, Self.name, "name")
      if !picture.publicIPs.isEmpty {
        let addresses = NetworkPicture.Item.list(Array(picture.publicIPs.prefix(2)), of: picture.publicIPs.count)
        column.prose("public \(addresses)", Self.small, "small", most: 2)
      }
      if !picture.places.isEmpty {
        let places = NetworkPicture.Item.list(Array(picture.places.prefix(2)), of: picture.places.count)
        column.prose("stands in \(places)", Self.small, "small", most: 2)
      }
      if let problem = picture.tunnel.inWords {
        column.prose("The tunnel \(problem).", Self.bold, "strong \(picture.tunnel.sign.1.rawValue)", most: 5)
      }
      column.rule()
      let count = picture.routes.count + picture.moreRoutes
      column.line(count == 1 ? "1 ROUTE" : "\(count) ROUTES", Self.kind, "kind", gap: 7)
      for route in picture.routes { Self.draw(route, &column) }
      if picture.moreRoutes > 0 { column.line("and \(picture.moreRoutes) more routes", Self.small, "small") }
      if !picture.routesAreKnown {
        column.prose("Its routes are not all known.", Self.bold, "strong", most: 2)
      } else if count == 0 {
        column.prose("It forwards nothing.", Self.bold, "strong bad", most: 1)
      }
    }
  }

  private static func draw(_ route: NetworkPicture.Route, _ column: inout Column) {
    var inner = Column(x: column.x, width: column.width, y: column.y)
    let style = route.action == "drop" ? "strong bad" : "strong"
    inner.pair(route.destination, mono, "mono", route.action, bold, style)
    let name = route.name.map { "\($0), " } ?? ""
    inner.line("\(name)\(route.inWords)", small, "small", gap: 8)
    column.canvas.group("route \(route.destination), \(route.action): \(name)\(route.inWords)") { $0.add(inner.canvas) }
    column.y = inner.y
  }

  // MARK: What lies behind the server

  private mutating func drawVPC(x: Int, y: Int, width: Int) -> Frame {
    var zones: [Frame] = []
    let name = [picture.vpc, picture.region].compactMap(\.self).joined(separator: ", ")
    let top = y + (name.isEmpty ? 30 : 48)
    var cursor = top
    for zone in picture.zones {
      var outer = Column(x: x + 18, width: width - 36, y: cursor + 8)
      outer.pair(picture.title(of: zone), Self.bold, "strong", zone.tally, Self.small, "small")
      let cards = drawCards(zone.items, x: x + 18, y: outer.y + 2, width: width - 36)
      let frame = Frame(x: x + 10, y: cursor, width: width - 20, height: cards.bottom + 8 - cursor)
      boxes.add(outer.canvas)
      boxes.add(cards.canvas)
      zones.append(frame)
      cursor = frame.bottom + 10
    }
    let frame = Frame(x: x, y: y, width: width, height: (zones.last?.bottom ?? top + 12) + 10 - y)
    frames.box(frame, "frame")
    for zone in zones { frames.box(zone, "zone") }
    var head = Column(x: x + 12, width: width - 24, y: y + 8)
    head.line("VPC", Self.kind, "kind")
    if !name.isEmpty { head.line(name, Self.name, "name") }
    if picture.zones.isEmpty { head.line("no subnets", Self.small, "small") }
    boxes.add(head.canvas)
    return frame
  }

  private mutating func drawBeyond(x: Int, y: Int, width: Int) -> Frame? {
    guard !picture.networks.isEmpty else { return nil }
    var head = Column(x: x + 12, width: width - 24, y: y + 8)
    head.line("BEYOND THE VPC", Self.kind, "kind")
    let cards = drawCards(picture.networks, x: x + 18, y: head.y + 2, width: width - 36)
    let frame = Frame(x: x, y: y, width: width, height: cards.bottom + 10 - y)
    frames.box(frame, "beyond")
    boxes.add(head.canvas)
    boxes.add(cards.canvas)
    return frame
  }

  private mutating func drawCards(
    _ items: [NetworkPicture.Item], x: Int, y: Int, width: Int
  ) -> (canvas: SVGCanvas, bottom: Int) {
    var canvas = SVGCanvas()
    var cursor = y
    for item in items {
      let column = Self.card(item, x: x + 32, y: cursor + 7, width: width - 42)
      let frame = Frame(x: x, y: cursor, width: width, height: column.y + 4 - cursor)
      let (sign, tone) = item.sign
      canvas.group("\(item.isFolded ? item.title : item.nameList): \(item.verdict)") { canvas in
        if item.isFolded {
          canvas.box(Frame(x: x + 4, y: cursor + 4, width: width - 2, height: frame.height), "card \(tone.rawValue)")
        }
        canvas.box(frame, "card \(tone.rawValue)")
        canvas.sign(sign, x: x + 16, y: cursor + 16, tone)
        canvas.add(column.canvas)
      }
      ends.append((x, cursor + 16, item))
      cursor = frame.bottom + (item.isFolded ? 10 : 6)
    }
    return (canvas, cursor - 6)
  }

  private static func card(_ item: NetworkPicture.Item, x: Int, y: Int, width: Int) -> Column {
    var column = Column(x: x, width: width, y: y)
    let tone = item.sign.1.rawValue
    let cidrs = item.cidrList
    if item.isFolded {
      column.line(item.title, Self.item, "item")
    } else if SVGText.width(item.title, Self.item) + SVGText.width(cidrs, mono) + 10 <= width {
      column.pair(item.title, Self.item, "item", cidrs, mono, "mono")
    } else {
      column.line(item.title, Self.item, "item")
      column.line(cidrs, mono, "mono")
    }
    if let way = item.way { column.line(way, small, "small") }
    if item.isFolded { column.prose(item.nameList, small, "small", most: 2) }
    column.prose(
      item.verdict, item.state.isAsWanted ? text : bold, "\(item.state.isAsWanted ? "" : "strong ")\(tone)", most: 3)
    return column
  }

  // MARK: Lines

  /// The line from the server along all boxes, with a branch to each.
  private mutating func drawTrunk(from server: Frame, x: Int) {
    guard let last = ends.map(\.y).max(), let first = ends.map(\.y).min() else { return }
    if form == .wide {
      let start = server.y + 26
      wires.path("M\(server.right) \(start)H\(x)M\(x) \(min(start, first))V\(max(start, last))", "wire")
    } else {
      wires.path("M\(x) \(server.bottom)V\(last)", "wire")
    }
    for end in ends { drawBranch(from: x, to: end.x, y: end.y, end.item) }
  }

  private mutating func drawBranch(from start: Int, to end: Int, y: Int, _ item: NetworkPicture.Item) {
    let (sign, tone) = item.sign
    let style = "wire \(tone.rawValue)"
    // The sign of what is not as wanted stands before the frame.
    let gate = start + (form == .wide ? 20 : 13)
    let arrow = "M\(end - 7) \(y - 4)l6 4l-6 4"
    switch item.state {
    case .reached, .open(isReached: true): wires.path("M\(start) \(y)H\(end)\(arrow)", style)
    case .keptOut, .open(isReached: false): boxes.path("M\(start) \(y)H\(gate)M\(gate) \(y - 6)v12", style)
    case .missed:
      boxes.path("M\(start) \(y)H\(gate)", style)
      boxes.sign(sign, x: gate, y: y, tone)
    case .partly, .exposed, .unknown:
      boxes.path("M\(start) \(y)H\(end)\(arrow)", item.state == .exposed ? style : "\(style) dash")
      boxes.sign(sign, x: gate, y: y, tone)
    }
  }

  // MARK: Notes

  private mutating func drawNotes() {
    var column = Column(x: form == .wide ? 16 : 8, width: form.width - (form == .wide ? 32 : 16), y: bottom + 12)
    if let folded = picture.foldedInWords { column.prose(folded, Self.small, "small", most: 3) }
    if let missing = picture.notModelledInWords { column.prose(missing, Self.small, "small", most: 4) }
    boxes.add(column.canvas)
    bottom = column.y + 4
  }
}
