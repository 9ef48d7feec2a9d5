import IPv4Space

/// A client's rows while a connection adds to them: found without a search, and put in the system's order once, at the end.
struct GrowingTable {
  /// Where a row stands: of one order in the order of ranks. One put in front has a lower rank than all before it.
  private struct Key: Comparable {
    let order: RowOrder
    let rank: Int

    static func < (left: Key, right: Key) -> Bool {
      left.order == right.order ? left.rank < right.rank : left.order < right.order
    }
  }

  /// What two rows have in common that Linux takes for one.
  private struct Identity: Hashable {
    let destination: IPv4Prefix
    let metric: Int
    let gateway: ClientRow.Gateway
    let interface: String
  }

  private let system: ClientSystem
  /// The rows as they were added, and where each stands.
  private var added: [ClientRow] = []
  private var keys: [Key] = []
  /// The first row of each identity, of each destination but for host rows, and the best of each network at hand.
  private var twins: [Identity: Int] = [:]
  private var equals: [IPv4Prefix: Int] = [:]
  private var connected = NetworkTable<Int>()
  private var lowestRank = 0
  private var highestRank = 0

  /// `rows` stand in the system's order.
  init(_ rows: [ClientRow], of system: ClientSystem) {
    self.system = system
    for row in rows { insert(row, inFront: false) }
  }

  /// The rows in the system's order.
  var rows: [ClientRow] {
    keys.enumerated().sorted { $0.element < $1.element }.map { added[$0.offset] }
  }

  /// Adds a row before those of its destination and metric, or behind them.
  mutating func insert(_ row: ClientRow, inFront: Bool) {
    if inFront { lowestRank -= 1 } else { highestRank += 1 }
    added.append(row)
    keys.append(Key(order: RowOrder(row, system), rank: inFront ? lowestRank : highestRank))
    index(added.count - 1)
  }

  private mutating func index(_ number: Int) {
    let row = added[number]
    guard let destination = row.destination else { return }
    switch system.equalRow {
    case .takesOver:
      let identity = Self.identity(row, destination)
      if twins[identity].map({ keys[number] < keys[$0] }) ?? true { twins[identity] = number }
    case .isRefused:
      if !row.isHost, equals[destination].map({ keys[number] < keys[$0] }) ?? true { equals[destination] = number }
    }
    guard row.isConnected else { return }
    let isBetter = connected[destination.canonical].map { other in
      row.metric == added[other].metric ? keys[number] < keys[other] : row.metric < added[other].metric
    }
    if isBetter ?? true { connected[destination.canonical] = number }
  }

  private static func identity(_ row: ClientRow, _ destination: IPv4Prefix) -> Identity {
    Identity(destination: destination, metric: row.metric, gateway: row.gateway, interface: row.interface)
  }

  /// Takes rows out.
  mutating func remove(where isUnwanted: (ClientRow) -> Bool) {
    let kept = added.indices.filter { !isUnwanted(added[$0]) }
    (added, keys) = (kept.map { added[$0] }, kept.map { keys[$0] })
    (twins, equals, connected) = ([:], [:], NetworkTable())
    for number in added.indices { index(number) }
  }

  /// The row that the system takes for the same as another one, if the table has it.
  func twin(of row: ClientRow) -> ClientRow? {
    guard let destination = row.destination else { return nil }
    return switch system.equalRow {
    case .takesOver: twins[Self.identity(row, destination)].map { added[$0] }
    case .isRefused: equals[destination].map { added[$0] }
    }
  }

  /// The row by whose interface a next hop is reached: the connected row with the longest prefix, then the lowest metric,
  /// then the first. nil if there is none.
  func connectedRow(to gateway: IPv4Address) -> ClientRow? {
    connected.longest(around: gateway).map { added[$0] }
  }
}
