import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Tells on a terminal how far a long run is. A short one says nothing.
final class Progress: Sendable {
  private struct State {
    var total = 0
    var done = 0
    var began: Int64 = 0
    var shown: Int64?
  }

  private let state = Mutex(State())
  private let output: Output

  /// Progress on standard error; nil if that is no terminal.
  static var onTerminal: Progress? { Output.error.isTerminal ? Progress(.error) : nil }

  init(_ output: Output) { self.output = output }

  /// Milliseconds until something is said, and between two times.
  private static let patience: Int64 = 700
  private static let interval: Int64 = 100

  func begin(_ total: Int) {
    state.withLock { $0 = State(total: total, began: Self.now) }
  }

  /// One more file is done.
  func advance() {
    state.withLock { state in
      state.done += 1
      let now = Self.now
      guard now - state.began > Self.patience, now - (state.shown ?? 0) > Self.interval else { return }
      state.shown = now
      output.write("\r\u{1B}[K\(state.done) of \(state.total) files")
    }
  }

  /// Does something that may write on the terminal, with nothing shown there meanwhile.
  func hidden<Result>(_ body: () -> Result) -> Result {
    state.withLock { state in
      hide(&state)
      return body()
    }
  }

  /// Takes away what was shown.
  func end() { state.withLock { hide(&$0) } }

  private func hide(_ state: inout State) {
    if state.shown != nil { output.write("\r\u{1B}[K") }
    state.shown = nil
  }

  /// Milliseconds of a clock that is never set back.
  private static var now: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
