import ClientVPN
import IPv4Space

/// Works out which flows pass, and remembers what it found: many subnets and workloads share filters and routes.
///
/// Of a filter everything is found at once: for each place at the service's end that its rules do not tell apart, what
/// passes from every client's end. What all filters of a path let through for all clients is what each of them lets
/// through for all; clients are gone through together only for what completes for some of them and not for others.
struct PassageMaker {
  private let judge: FlowJudge
  private var filters: [Filter] = []
  private var numberOfFilter: [FilterAt: Int] = [:]
  private var cells: [FilterCell] = []
  private var returns: [Returns] = []
  private var numberOfReturns: [ReturnsKey: Int] = [:]
  private var known: [[Int]: Passage] = [:]

  /// A filter, and where the clients' ends of packets are.
  private struct FilterAt: Hashable {
    let key: FilterKey
    let source: FlowPath.Source
  }

  /// A filter with what was found of it.
  private struct Filter {
    let stage: FilterStage
    /// Where addresses of the service's end begin that its rules do not tell apart, ascending from 0.
    let starts: [UInt32]
    /// Numbers of the cells, as far as they are made.
    var cells: [Int?]
    /// The cells by the positions of the rules that match there.
    var made: [[Int]: Int] = [:]
  }

  /// What becomes of answers to each client's end, by alternatives of the routing table.
  private struct Returns {
    let ways: AddressMap<ReplyRouting.Way>
    let isAllHome, isAnyHome, isAnyLost: Bool
  }

  private struct ReturnsKey: Hashable {
    let table: RoutingKey
    let source: FlowPath.Source
    let alternative: Int
  }

  init(_ judge: FlowJudge) { self.judge = judge }

  // MARK: Addresses

  /// The passages of flows to the addresses of a subnet, or to one workload of which the address is not known.
  mutating func passages(
    _ range: IPv4Range, inSubnet subnet: Int, workload: Int?, _ action: ServerRoute.Action
  ) -> AddressMap<Passage> {
    if let workload { return passages(range, judge.paths(toSubnet: subnet, workload: workload, action)) }
    var result = passages(range, judge.paths(toSubnet: subnet, workload: nil, action))
    var own: [(start: UInt32, value: Passage?)] = []
    let placed = judge.placedWorkloads(inSubnet: subnet).sorted { $0.address < $1.address }
    for (workload, address) in placed where range.contains(address) {
      let paths = judge.paths(toSubnet: subnet, workload: workload, action)
      own.append((address.bits, passages(IPv4Range(address, address), paths)[address]))
      if address.bits < .max { own.append((address.bits + 1, nil)) }
    }
    if !own.isEmpty { result = result.zipped(with: AddressMap(own, before: nil)) { $1 ?? $0 } }
    return result
  }

  /// The passages of flows to addresses beyond the VPC.
  mutating func passages(beyondVPC action: ServerRoute.Action, by way: Network.Way?) -> AddressMap<Passage> {
    passages(.everything, judge.paths(beyondVPC: action, by: way))
  }

  private mutating func passages(_ range: IPv4Range, _ paths: [FlowPath]) -> AddressMap<Passage> {
    let parts = paths.map { numbers(of: $0) }
    var starts = [range.first.bits]
    for (path, parts) in zip(paths, parts) {
      for filter in parts.filters { addStarts(of: filter, in: range, to: &starts) }
      for alternative in path.requestRouting?.alternatives ?? [] {
        alternative.choices.forEach(in: range) { stretch, _ in
          starts.append(stretch.first.bits)
          return true
        }
      }
    }
    let stretches = AddressStretches.stretches(&starts, of: range)
    var segments: [(start: UInt32, value: Passage)] = []
    for stretch in stretches { segments.append((stretch.first.bits, passage(to: stretch.first, paths, parts))) }
    return AddressMap(segments, before: segments[0].value)
  }

  private func addStarts(of filter: Int, in range: IPv4Range, to starts: inout [UInt32]) {
    let own = filters[filter].starts
    var index = Self.position(of: range.first.bits, in: own) + 1
    while index < own.count, own[index] <= range.last.bits {
      starts.append(own[index])
      index += 1
    }
  }

  /// Position of the last of ascending numbers, from 0, that is not beyond one.
  private static func position(of number: UInt32, in starts: [UInt32]) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= number { low = middle } else { high = middle }
    }
    return low
  }

  // MARK: Parts of a path

  /// The filters and routes of a path by their numbers.
  private struct Parts {
    let request, leaving, returning: [Int]
    /// One entry for each alternative of the routing table; empty if none decides.
    let returns: [Int]

    var filters: [Int] { request + leaving + returning }
  }

  private mutating func numbers(of path: FlowPath) -> Parts {
    Parts(
      request: path.request.map { number(of: $0, path) }, leaving: path.leaving.map { number(of: $0, path) },
      returning: path.returning.map { number(of: $0, path) }, returns: numbersOfReturns(path))
  }

  private mutating func number(of stage: FilterStage, _ path: FlowPath) -> Int {
    let key = FilterAt(key: stage.key, source: path.source)
    if let number = numberOfFilter[key] { return number }
    var starts: [UInt32] = [0]
    for rule in stage.rules ?? [] where rule.client.overlaps(path.clients) {
      AddressStretches.addStarts(of: rule.service, in: .everything, to: &starts)
    }
    let stretches = AddressStretches.stretches(&starts, of: .everything)
    let number = filters.count
    filters.append(
      Filter(
        stage: stage, starts: stretches.map(\.first.bits), cells: [Int?](repeating: nil, count: stretches.count)))
    numberOfFilter[key] = number
    return number
  }

  private mutating func numbersOfReturns(_ path: FlowPath) -> [Int] {
    guard let routing = path.replyRouting else { return [] }
    return routing.routing.alternatives.indices.map { alternative in
      let key = ReturnsKey(table: routing.routing.key, source: path.source, alternative: alternative)
      if let number = numberOfReturns[key] { return number }
      let ways = routing.ways(alternative: alternative)
      var found: Set<ReplyRouting.Way> = []
      ways.forEach(in: path.clients) { _, way in
        found.insert(way)
        return true
      }
      // Of ends that are some of these only what all have in common is known.
      if path.source.range == nil, found.count > 1 { found = [.unknown] }
      numberOfReturns[key] = returns.count
      returns.append(
        Returns(
          ways: path.source.range == nil ? AddressMap(everywhere: found.first ?? .home) : ways,
          isAllHome: found == [.home], isAnyHome: found.contains(.home), isAnyLost: found.contains(.lost)))
      return returns.count - 1
    }
  }

  /// The number of the cell of a filter for an address.
  private mutating func cell(_ filter: Int, at address: IPv4Address, _ path: FlowPath) -> Int {
    let segment = Self.position(of: address.bits, in: filters[filter].starts)
    if let cell = filters[filter].cells[segment] { return cell }
    let cell = madeCell(filter, at: address, path)
    filters[filter].cells[segment] = cell
    return cell
  }

  private mutating func madeCell(_ filter: Int, at address: IPv4Address, _ path: FlowPath) -> Int {
    guard let rules = filters[filter].stage.rules else {
      cells.append(FilterCell(.unknown))
      return cells.count - 1
    }
    let clients = path.clients
    let matching = rules.indices.filter {
      rules[$0].service.contains(address) && rules[$0].client.overlaps(clients)
    }
    if let number = filters[filter].made[matching] { return number }
    let cell = FilterCell(rules, matching, clients: clients, path.ports)
    cells.append(path.source.range == nil ? cell.ofUnknownEnds : cell)
    filters[filter].made[matching] = cells.count - 1
    return cells.count - 1
  }

  // MARK: Passages

  private mutating func passage(to address: IPv4Address, _ paths: [FlowPath], _ parts: [Parts]) -> Passage {
    var key: [Int] = []
    var legs: [Leg] = []
    for (path, parts) in zip(paths, parts) {
      let leg = Leg(
        member: path.member, clients: path.clients, way: path.requestWay(to: address),
        isReplyRoutingUnknown: path.isReplyRoutingUnknown,
        request: parts.request.map { cell($0, at: address, path) },
        leaving: parts.leaving.map { cell($0, at: address, path) },
        returning: parts.returning.map { cell($0, at: address, path) }, returns: parts.returns)
      key += leg.key
      legs.append(leg)
    }
    if let passage = known[key] { return passage }
    let passage = passage(legs)
    known[key] = passage
    return passage
  }

  /// One path with the cells for one address.
  private struct Leg {
    let member: Int
    let clients: IPv4Range
    let way: FlowPath.RequestWay
    let isReplyRoutingUnknown: Bool
    let request, leaving, returning: [Int]
    let returns: [Int]

    var cells: [Int] { request + leaving + returning }

    var key: [Int] {
      [member, way.rawValue, isReplyRoutingUnknown ? 1 : 0, request.count, leaving.count, returning.count]
        + cells + [returns.count] + returns
    }
  }

  private func passage(_ legs: [Leg]) -> Passage {
    var members: [Passage] = []
    var legsOfMember: [[Leg]] = []
    for leg in legs {
      if leg.member == legsOfMember.count { legsOfMember.append([]) }
      legsOfMember[leg.member].append(leg)
    }
    // What is not known of the target's routing table holds for all members alike.
    let alternatives = max(1, legs.map(\.returns.count).max() ?? 1)
    var joined: Passage?
    for alternative in 0..<alternatives {
      let ofMembers = legsOfMember.map { legs in
        legs.dropFirst().reduce(passage(legs[0], alternative)) { $0.joined(passage($1, alternative)) }
      }
      let ofAll = ofMembers.dropFirst().reduce(ofMembers[0]) { $0.joined($1) }
      joined = joined?.orElse(ofAll) ?? ofAll
      members = members.isEmpty ? ofMembers : zip(members, ofMembers).map { $0.orElse($1) }
    }
    guard var result = joined else { return Passage.nothing }
    if members.contains(where: { $0 != members[0] }) { result.members = members }
    return result
  }

  /// What passes on one path if the target's routing table is as in one of its alternatives.
  private func passage(_ leg: Leg, _ alternative: Int) -> Passage {
    var passing = Passing.everything
    switch leg.way {
    case .on: break
    case .dropped: passing = Passing(sure: .empty, possible: .empty)
    case .unknown: passing = .unknown
    }
    passing = leg.request.reduce(passing) { $0.intersection(cells[$1].all) }
    let arriving = passing.possible
    passing = leg.leaving.reduce(passing) { $0.intersection(cells[$1].all) }
    let leaving = passing.possible
    passing = leg.returning.reduce(passing) { $0.intersection(cells[$1].all) }
    let returns = leg.returns.isEmpty ? nil : self.returns[leg.returns[min(alternative, leg.returns.count - 1)]]
    let isReturnKnown = returns?.isAllHome ?? !leg.isReplyRoutingUnknown
    let isLost = returns?.isAnyLost ?? false
    let complete = isReturnKnown ? passing.sure : .empty
    let isOneWay = leg.way != .on || (returns == nil && leg.isReplyRoutingUnknown)
    return Passage(
      complete: complete, possible: isLost ? .empty : passing.possible,
      partial: isOneWay ? .empty : partial(leg, returns, atLeast: complete),
      arriving: arriving, leaving: leaving, lacksReturnRoute: isLost)
  }

  /// What surely completes for some clients.
  private func partial(_ leg: Leg, _ returns: Returns?, atLeast complete: ServiceSet) -> ServiceSet {
    guard returns?.isAnyHome ?? true else { return .empty }
    let cells = leg.cells.map { self.cells[$0] }
    let most = cells.reduce(ServiceSet.flows) { $0.intersection($1.some) }
    let differing = cells.filter { $0.passing.count > 1 }
    let isReturnedToAll = returns?.isAllHome ?? true
    if most == complete || (differing.count + (isReturnedToAll ? 0 : 1)) <= 1 { return most }
    return partial(leg.clients, differing, isReturnedToAll ? nil : returns?.ways, atMost: most)
  }

  /// The same by going through the stretches of clients' ends that nothing tells apart.
  private func partial(
    _ clients: IPv4Range, _ cells: [FilterCell], _ ways: AddressMap<ReplyRouting.Way>?, atMost most: ServiceSet
  ) -> ServiceSet {
    let ways = ways ?? AddressMap(everywhere: .home)
    let classes = ServiceClasses(of: most, dividedBy: cells.flatMap { $0.passing.map(\.sure) })
    let bits = cells.map { $0.passing.map { classes.bits(of: $0.sure) } }
    let starts = Set([clients.first.bits] + cells.flatMap(\.starts) + ways.starts.map(\.bits))
    let inside = starts.filter { clients.contains(IPv4Address(bits: $0)) }.sorted()
    let whole = classes.bits(of: most)
    var partial = [UInt64](repeating: 0, count: whole.count)
    var current = [Int](repeating: 0, count: cells.count)
    for start in inside {
      for cell in cells.indices {
        let starts = cells[cell].starts
        while current[cell] + 1 < starts.count, starts[current[cell] + 1] <= start { current[cell] += 1 }
      }
      guard ways[IPv4Address(bits: start)] == .home else { continue }
      for word in whole.indices {
        var passing = whole[word]
        for cell in cells.indices { passing &= bits[cell][cells[cell].numbers[current[cell]]][word] }
        partial[word] |= passing
      }
      if partial == whole { break }
    }
    return classes.services(of: partial)
  }
}

extension Passage {
  fileprivate static let nothing = Passage(
    complete: .empty, possible: .empty, partial: .empty, arriving: .empty, leaving: .empty, lacksReturnRoute: false)
}
