import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes texts in the order of their positions, from 0 on, each as soon as all before it are written. They may come in any
/// order, from any thread; only those that come early are kept.
final class OrderedOutput: Sendable {
  private struct State {
    var next = 0
    var early: [Int: String] = [:]
    var isBegun = false
    var failure: Int32?
  }

  private let state = Mutex(State())
  private let output: Output
  private let separator: String
  private let progress: Progress?

  /// `separator` stands between two texts. Nothing is written for empty ones. `progress` makes room for each text.
  init(_ output: Output, separator: String, _ progress: Progress? = nil) {
    self.output = output
    self.separator = separator
    self.progress = progress
  }

  /// Takes the text of a position, which is written now or when its turn comes.
  func put(_ text: String, at position: Int) {
    state.withLock { state in
      state.early[position] = text
      while let text = state.early.removeValue(forKey: state.next) {
        state.next += 1
        if !text.isEmpty { write(text, &state) }
      }
    }
  }

  private func write(_ text: String, _ state: inout State) {
    guard state.failure == nil else { return }
    let text = state.isBegun ? separator + text : text
    state.isBegun = true
    let isWritten = progress?.hidden { output.write(text) } ?? output.write(text)
    if !isWritten { state.failure = errno }
  }

  /// The system's code of what kept the first text from being written that was not; nil if all were.
  var failure: Int32? { state.withLock { $0.failure } }
}
