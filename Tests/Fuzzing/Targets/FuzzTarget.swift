import Foundation

/// What is fed with hostile text; each has a corpus of its name. A target that finds a property broken ends the process.
enum FuzzTarget: String, CaseIterable {
  case tree, lint, answers, settings, fixes, terraform, ibm, netstat
  case ipRoute = "ip-route"
  case ipRouteJSON = "ip-route-json"
  case routePrint = "route-print"

  /// The one that the environment names. Arguments would be lost when libFuzzer starts itself anew to merge corpora.
  static let chosen = ProcessInfo.processInfo.environment["FUZZ_TARGET"].flatMap(FuzzTarget.init)

  /// Runs the target on one text.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .tree: TreeTarget.run(bytes)
    case .lint: LintTarget.run(bytes)
    case .answers: AnswersTarget.run(bytes)
    case .settings: SettingsTarget.run(bytes)
    case .fixes: FixesTarget.run(bytes)
    case .terraform, .ibm: ImportTarget.run(bytes)
    case .netstat: TableTarget.run(bytes, after: "default 192.168.0.1 UGScg en0\n")
    case .ipRoute: TableTarget.run(bytes, after: "default via 192.168.0.1 dev eth0\n")
    case .ipRouteJSON: TableTarget.run(bytes, after: "")
    case .routePrint: TableTarget.run(bytes, after: "0.0.0.0 0.0.0.0 192.168.0.1 192.168.0.5 25\n")
    }
  }
}

/// Ends the process with a sentence unless the property holds.
func expect(_ holds: Bool, _ sentence: @autoclosure () -> String) {
  if !holds { fatalError(sentence()) }
}
