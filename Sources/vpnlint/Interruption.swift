import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the program does about signals from outside. Those that ask it to end wait while a file is being written, so that
/// none is left half written and no temporary one is left behind; a second one does not wait.
enum Interruption {
  private static let writers = Atomic(0)
  /// The signal that asked the program to end; 0 if none did.
  private static let request = Atomic<Int32>(0)

  /// Prepares for signals. A reader of the output that leaves, and a file that gets larger than the system allows, become
  /// failures of writing.
  static func prepare() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
    // Made here, as a signal handler must not be the first to ask for them.
    _ = (writers.load(ordering: .sequentiallyConsistent), request.load(ordering: .sequentiallyConsistent))
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let former = signal(number) { Interruption.end(by: $0) }
      // Who starts a program in the background may want it to go on.
      if isIgnoring(former) { _ = signal(number, SIG_IGN) }
    }
  }

  #if canImport(Glibc)
    private static func isIgnoring(_ handler: __sighandler_t?) -> Bool {
      unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
  #else
    private static func isIgnoring(_ handler: sig_t?) -> Bool {
      unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
  #endif

  /// Opens what the caller has closed of the three standard descriptors, in such a way that using it fails: else the next
  /// file that is opened would take its place, and be written to as if it were the output.
  static func occupyStandardDescriptors() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = SystemPath.open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Does something that no signal interrupts in the middle.
  static func deferred<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    writers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    defer { finish() }
    if request.load(ordering: .sequentiallyConsistent) != 0 {
      finish()
      // Another writer is at work and will end the program.
      while true { pause() }
    }
    return try body()
  }

  private static func finish() {
    let left = writers.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue
    let number = request.load(ordering: .sequentiallyConsistent)
    if left == 0, number != 0 { die(of: number) }
  }

  /// What a signal does; nothing here may allocate or lock.
  private static func end(by number: Int32) {
    let former = request.exchange(number, ordering: .sequentiallyConsistent)
    if former != 0 || writers.load(ordering: .sequentiallyConsistent) == 0 { die(of: number) }
  }

  /// Ends the program as if it had never minded the signal, so that its caller sees what happened.
  private static func die(of number: Int32) {
    _ = signal(number, SIG_DFL)
    raise(number)
  }
}
