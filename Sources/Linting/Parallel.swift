import Dispatch
import Synchronization

/// Work on many things at once.
public enum Parallel {
  /// Calls `body` with every number of `order` (none twice, each below its count), on as many threads as `workers` says,
  /// and gathers the results in the order of the numbers, whatever the order of work; nil is left out. Whoever is done
  /// takes the next of `order`, so that a slow one holds up nobody. `workers` is 1 or more; nil is one for each core.
  public static func compactMap<Result: Sendable>(
    _ order: [Int], workers: Int?, _ body: @Sendable (Int) -> Result?
  ) -> [Result] {
    if order.count < 2 || workers == 1 { return order.sorted().compactMap(body) }
    let results = Mutex([Result?](repeating: nil, count: order.count))
    @Sendable func work(on place: Int) {
      let index = order[place]
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    if let workers {
      let next = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: min(workers, order.count)) { _ in
        while true {
          let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard place < order.count else { return }
          work(on: place)
        }
      }
    } else {
      DispatchQueue.concurrentPerform(iterations: order.count) { work(on: $0) }
    }
    return results.withLock { $0 }.compactMap(\.self)
  }

  /// The order in which to work on things of these sizes: as they stand, so that what is done can be shown early and
  /// little waits for its turn; but what is more than a sixteenth of the whole comes first, the largest foremost, as it
  /// would hold up the end if it were begun late.
  public static func order(ofSizes sizes: [Int]) -> [Int] {
    let whole = sizes.reduce(0, +)
    let large = sizes.indices.filter { sizes[$0] > whole / 16 }
    guard large.count < sizes.count else { return Array(sizes.indices) }
    let isLarge = Set(large)
    return large.sorted { (sizes[$1], $0) < (sizes[$0], $1) } + sizes.indices.filter { !isLarge.contains($0) }
  }
}
