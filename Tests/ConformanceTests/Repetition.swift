extension Record {
  /// Where another run of the same configuration saw something else, one sentence each. Times may differ, and how often
  /// a looping packet was noticed.
  func differences(fromRepetition other: Record) -> [String] {
    var found: [String] = []
    func compare<Value: Equatable>(_ name: String, _ value: KeyPath<Record, Value>) {
      guard self[keyPath: value] != other[keyPath: value] else { return }
      found.append("\(name): \(self[keyPath: value]), then \(other[keyPath: value])")
    }
    compare("connected", \.connected)
    compare("table before", \.tableBefore.texts)
    compare("table", \.table.texts)
    compare("pushed", \.pushed)
    for (first, second) in zip(probes, other.probes) where first != second {
      found.append("probe: \(first), then \(second)")
    }
    compare("probes", \.probes.count)
    compare("trouble", \.repeatableTrouble)
    compare("loop", \.loop)
    compare("tunnel alive", \.tunnelAlive)
    compare("table restored", \.tableRestored)
    return found
  }

  private var repeatableTrouble: [String] {
    trouble.map { $0.line.hasPrefix("Recursive") ? $0.line : "\($0.line) (\($0.count) times)" }
  }
}

extension [Record.Row] {
  /// The rows as `ip route` prints them.
  var texts: [String] { map(\.description) }
}

extension Record.Row: CustomStringConvertible {
  var description: String {
    let parts = [
      gateway.map { "via \($0)" }, "dev \(dev)", self.protocol.map { "proto \($0)" }, scope.map { "scope \($0)" },
      prefsrc.map { "src \($0)" }, metric.map { "metric \($0)" },
    ]
    return ([dst] + parts.compactMap { $0 }).joined(separator: " ")
  }
}
