import ClientVPN
import IPv4Space

/// Services that pass something: surely, and unless something fails of which the model does not tell.
struct Passing: Hashable {
  var sure: ServiceSet
  var possible: ServiceSet

  static let everything = Passing(sure: .flows, possible: .flows)
  static let unknown = Passing(sure: .empty, possible: .flows)

  func intersection(_ other: Passing) -> Passing {
    Passing(sure: sure.intersection(other.sure), possible: possible.intersection(other.possible))
  }
}

/// What passes a filter on its way between every client's end and addresses of the service's end that no rule tells apart.
struct FilterCell {
  /// Where stretches of clients' ends begin that the rules do not tell apart, ascending.
  let starts: [UInt32]
  /// For each stretch its number in `passing`.
  let numbers: [Int]
  /// What passes, from whatever ephemeral port; each once.
  let passing: [Passing]
  /// What passes from every client's end.
  let all: Passing
  /// What surely passes from some client's end.
  let some: ServiceSet

  /// The same from everywhere.
  init(_ passing: Passing) {
    starts = [0]
    numbers = [0]
    self.passing = [passing]
    all = passing
    some = passing.sure
  }

  private init(starts: [UInt32], numbers: [Int], passing: [Passing]) {
    self.starts = starts
    self.numbers = numbers
    self.passing = passing
    all = passing.dropFirst().reduce(passing[0]) { $0.intersection($1) }
    some = passing.reduce(ServiceSet.empty) { $0.union($1.sure) }
  }

  /// The cell where the rules at some positions, and no others, match at the service's end.
  init(_ rules: [FilterRule], _ positions: [Int], clients: IPv4Range, _ ports: EphemeralPorts) {
    var evaluation = CellEvaluation(rules, positions, ports)
    let stretches = evaluation.stretches(of: clients)
    self.init(
      starts: stretches.map(\.start), numbers: stretches.map(\.number), passing: evaluation.results)
  }

  /// The cell for clients' ends that are some of these, it is not known which.
  var ofUnknownEnds: FilterCell {
    let possible = passing.reduce(ServiceSet.empty) { $0.union($1.possible) }
    return FilterCell(Passing(sure: all.sure, possible: possible))
  }
}

/// Goes through the stretches of clients' ends once, with the rules that match there, in order; services are bits.
private struct CellEvaluation {
  /// What of a rule is asked for every stretch and port.
  private struct Rule {
    let clientPorts: ClosedRange<UInt16>
    let allows, isCertain: Bool
  }

  private let clients: [AddressMatch]
  private let rules: [Rule]
  private let ports: EphemeralPorts
  private let classes: ServiceClasses
  private let words: Int
  /// The bits of each rule, those whatever the port after those for its ports.
  private let masks: [UInt64]
  /// The bits of all services.
  private let whole: [UInt64]
  private let hasUncertain: Bool
  /// What passes from the port that is asked about, and what no rule has decided.
  private var allowed, open: [UInt64]
  /// What passed so far; each once.
  private(set) var results: [Passing] = []
  private var numberOfBits: [[UInt64]: Int] = [:]
  private var numberOfActive: [[Int]: Int] = [:]

  init(_ rules: [FilterRule], _ positions: [Int], _ ports: EphemeralPorts) {
    clients = positions.map { rules[$0].client }
    self.rules = positions.map {
      Rule(clientPorts: rules[$0].clientPorts, allows: rules[$0].allows, isCertain: rules[$0].isCertain)
    }
    self.ports = ports
    classes = ServiceClasses(of: .flows, dividedBy: positions.map { rules[$0].services })
    words = classes.wordCount
    masks = positions.flatMap { [classes] in
      classes.bits(of: rules[$0].services) + classes.bits(of: rules[$0].portless)
    }
    whole = classes.bits(of: .flows)
    allowed = whole
    open = whole
    hasUncertain = positions.contains { !rules[$0].isCertain }
  }

  /// Stretches by their beginnings, with the numbers of what passes there.
  mutating func stretches(of range: IPv4Range) -> [(start: UInt32, number: Int)] {
    // Where rules begin or cease to match, in order; one after the last is none of the range's.
    var always: [Int] = []
    var changes: [(start: UInt32, rule: Int)] = []
    for rule in rules.indices {
      for part in clients[rule].ranges {
        guard let common = part.intersection(range) else { continue }
        if common == range {
          always.append(rule)
        } else {
          changes.append((common.first.bits, rule))
          if common.last < range.last { changes.append((common.last.bits + 1, rule)) }
        }
      }
    }
    guard !changes.isEmpty else { return [(range.first.bits, number(of: always))] }
    changes.sort { ($0.start, $0.rule) < ($1.start, $1.rule) }
    var isActive = [Bool](repeating: false, count: rules.count)
    for rule in always { isActive[rule] = true }
    var active = always
    var stretches: [(start: UInt32, number: Int)] = []
    if changes[0].start > range.first.bits { stretches.append((range.first.bits, number(of: active))) }
    var index = 0
    while index < changes.count {
      let start = changes[index].start
      while index < changes.count, changes[index].start == start {
        toggle(changes[index].rule, &isActive, &active)
        index += 1
      }
      let number = number(of: active)
      if stretches.last?.number != number { stretches.append((start, number)) }
    }
    return stretches
  }

  /// Takes a rule into those that match, which are in order, or out of them.
  private func toggle(_ rule: Int, _ isActive: inout [Bool], _ active: inout [Int]) {
    isActive[rule].toggle()
    if isActive[rule] {
      active.insert(rule, at: active.firstIndex { $0 > rule } ?? active.count)
    } else {
      active.removeAll { $0 == rule }
    }
  }

  /// The number of what passes where these rules match.
  private mutating func number(of active: [Int]) -> Int {
    if let number = numberOfActive[active] { return number }
    let possible = passing(active, withUncertain: true)
    let sure = hasUncertain ? passing(active, withUncertain: false) : []
    let number: Int
    if let known = numberOfBits[hasUncertain ? sure + possible : possible] {
      number = known
    } else {
      number = results.count
      let services = classes.services(of: possible)
      results.append(Passing(sure: hasUncertain ? classes.services(of: sure) : services, possible: services))
      numberOfBits[hasUncertain ? sure + possible : possible] = number
    }
    numberOfActive[active] = number
    return number
  }

  /// What passes from every ephemeral port.
  private mutating func passing(_ active: [Int], withUncertain: Bool) -> [UInt64] {
    var passing = whole
    for port in ports.representatives(active.lazy.map { [rules] in rules[$0].clientPorts }) {
      allow(active, port, withUncertain)
      var isEmpty = true
      for word in 0..<words {
        passing[word] &= allowed[word]
        if passing[word] != 0 { isEmpty = false }
      }
      if isEmpty { break }
    }
    return passing
  }

  /// Finds what passes from one port: of every service the first rule that matches decides; without one it does not pass.
  private mutating func allow(_ active: [Int], _ port: UInt16, _ withUncertain: Bool) {
    for word in 0..<words {
      allowed[word] = 0
      open[word] = whole[word]
    }
    for index in active {
      let rule = rules[index]
      if !withUncertain, !rule.isCertain { continue }
      let first = (2 * index + (rule.clientPorts.contains(port) ? 0 : 1)) * words
      var isClosed = true
      for word in 0..<words {
        let mask = masks[first + word]
        if rule.allows { allowed[word] |= mask & open[word] }
        open[word] &= ~mask
        if open[word] != 0 { isClosed = false }
      }
      if isClosed { break }
    }
  }
}
