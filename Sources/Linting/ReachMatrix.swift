/// What clients reach of one document, side by side for its servers: subnets and networks against servers.
public struct ReachMatrix: Sendable {
  /// A column.
  public struct Server: Sendable {
    /// Name of the server, and `split` or `full`.
    public let name, mode: String
  }

  /// A row: a subnet, or a declared network.
  public struct Row: Sendable {
    /// Whether it is a network beyond the VPC.
    public let isNetwork: Bool
    /// Its name.
    public let name: String
    /// Its CIDRs, canonical.
    public let cidrs: [String]
    /// The verdict for each server.
    public fileprivate(set) var cells: [Cell]

    /// Whether every server does with it what the model wants.
    public var isAsWanted: Bool { cells.allSatisfy(\.isAsWanted) }
  }

  /// What clients of one server reach of a row, in the words of the JSON report.
  public struct Cell: Sendable {
    /// What is wanted, the verdict, and the outcome of what is not reached.
    public let expect, verdict, outcome: String

    /// Whether the verdict is what is wanted; what is not known is not.
    public var isAsWanted: Bool { expect == "any" || expect == verdict }
  }

  /// Number of the document in its file, from 0.
  public let document: Int
  /// The columns.
  public let servers: [Server]
  /// The rows, subnets first, each in the order of the model.
  public private(set) var rows: [Row] = []

  /// Rows of at most `most`; with more, those that are not as wanted come first, and how many are left out is told.
  public func folded(to most: Int) -> (rows: [Row], leftOut: Int) {
    guard rows.count > most else { return (rows, 0) }
    let wanting = rows.filter { !$0.isAsWanted }
    let shown =
      wanting.count >= most
      ? Array(wanting.prefix(most)) : wanting + rows.filter(\.isAsWanted).prefix(most - wanting.count)
    return (shown, rows.count - shown.count)
  }

  init(_ servers: [ServerReport], document: Int) {
    self.document = document
    self.servers = servers.map { Server(name: $0.name, mode: $0.mode) }
    for (number, server) in servers.enumerated() {
      var index = 0
      func add(_ row: Reach.Row, isNetwork: Bool) {
        let cell = Cell(expect: row.expect, verdict: row.verdict, outcome: row.outcome)
        if number == 0 {
          rows.append(Row(isNetwork: isNetwork, name: row.name, cidrs: row.cidrs, cells: [cell]))
        } else if index < rows.count {
          rows[index].cells.append(cell)
        }
        index += 1
      }
      server.reach.forEachSubnet { add($0, isNetwork: false) }
      server.reach.forEachNetwork { add($0, isNetwork: true) }
    }
  }
}

extension FileReport {
  /// A matrix for each document that has servers.
  public var matrices: [ReachMatrix] {
    Dictionary(grouping: servers, by: \.document).sorted { $0.key < $1.key }.map {
      ReachMatrix($0.value, document: $0.key)
    }
  }
}
