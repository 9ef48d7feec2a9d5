import Dispatch
import Synchronization

/// Work on many things at once.
public enum Parallel {
  /// Calls `body` with every number below `count`, on as many threads as `workers` says, and gathers the results in the
  /// order of the numbers, whatever the order of work; nil is left out. Whoever is done takes the next number, so that a
  /// slow one holds up nobody. `workers` is 1 or more; nil is one for each core.
  public static func compactMap<Result: Sendable>(
    _ count: Int, workers: Int?, _ body: @Sendable (Int) -> Result?
  ) -> [Result] {
    if count < 2 || workers == 1 { return (0..<count).compactMap(body) }
    let results = Mutex([Result?](repeating: nil, count: count))
    @Sendable func work(on index: Int) {
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    if let workers {
      let next = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: min(workers, count)) { _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          work(on: index)
        }
      }
    } else {
      DispatchQueue.concurrentPerform(iterations: count) { work(on: $0) }
    }
    return results.withLock { $0 }.compactMap(\.self)
  }
}
