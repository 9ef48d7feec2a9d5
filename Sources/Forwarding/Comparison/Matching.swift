/// Which elements of two lists stand for one another.
struct Matching: Sendable {
  /// Positions in both lists, in the order of the new one.
  private(set) var pairs: [(old: Int, new: Int)] = []
  /// Positions in the old list of what is not in the new one.
  private(set) var removed: [Int] = []
  /// Positions in the new list of what is not in the old one.
  private(set) var added: [Int] = []
  /// For each paired element of the old list the position of its partner.
  private(set) var newOfOld: [Int: Int] = [:]

  /// Pairs elements whose keys are equal, key after key; of several with one key in their order. A key may be nil.
  init<Element>(_ old: [Element], _ new: [Element], by keys: [(Element) -> String?]) {
    var newOfOld = [Int?](repeating: nil, count: old.count)
    var isPaired = [Bool](repeating: false, count: new.count)
    for key in keys {
      var candidates: [String: [Int]] = [:]
      for index in new.indices.reversed() where !isPaired[index] {
        if let value = key(new[index]) { candidates[value, default: []].append(index) }
      }
      for index in old.indices where newOfOld[index] == nil {
        guard let value = key(old[index]), let match = candidates[value]?.popLast() else { continue }
        newOfOld[index] = match
        isPaired[match] = true
      }
    }
    for index in old.indices {
      if let match = newOfOld[index] { pairs.append((index, match)) } else { removed.append(index) }
    }
    pairs.sort { $0.new < $1.new }
    added = new.indices.filter { !isPaired[$0] }
    self.newOfOld = Dictionary(uniqueKeysWithValues: pairs.map { ($0.old, $0.new) })
  }

  /// Positions in the old list and in the new one, whatever stands for nothing with nil for its partner; in the order
  /// of the new list, then what was removed.
  var all: [(old: Int?, new: Int?)] {
    let present = pairs.map { (old: Optional($0.old), new: $0.new) } + added.map { (old: nil, new: $0) }
    return present.sorted { $0.new < $1.new }.map { ($0.old, Optional($0.new)) } + removed.map { ($0, nil) }
  }
}
