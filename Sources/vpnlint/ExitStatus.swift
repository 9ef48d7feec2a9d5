#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the program tells its caller.
enum ExitStatus: Int32 {
  /// Nothing at or above the threshold.
  case clean = 0
  /// Findings at or above the threshold.
  case findings = 1
  /// Wrong use, or a file that cannot be read.
  case usage = 2
  /// A fault of vpnlint itself.
  case fault = 3
}

/// Ends the program.
func exit(_ status: ExitStatus) -> Never { exit(status.rawValue) }

/// Makes a fault of the program end with status 3 and a sentence instead of a bare signal.
func installFaultHandler() {
  let handler: @convention(c) (Int32) -> Void = { _ in
    let sentence: StaticString = """
      vpnlint: internal fault; this is a mistake in vpnlint, not in your file. Please report it with the file that \
      showed it.\n
      """
    _ = unsafe write(2, sentence.utf8Start, sentence.utf8CodeUnitCount)
    _exit(ExitStatus.fault.rawValue)
  }
  for fault in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] { _ = signal(fault, handler) }
}
