import ClientVPN
import Forwarding
import IPv4Space

/// What to do about client pools that are in the way of something or too small: another one for each server, so that
/// all of the advice can be followed at once.
final class PoolAdvice {
  let analysis: Analysis
  private let homeLANs: [IPv4Prefix]
  private lazy var pools = analysis.freePools(avoiding: homeLANs)

  /// Advice about the servers of a model; home LANs beside the common ones are avoided too.
  init(_ analysis: Analysis, homeLANs: [IPv4Prefix] = []) {
    self.analysis = analysis
    self.homeLANs = HomeLANs.common + homeLANs
  }

  /// The advice for one server.
  func help(for server: ServerAnalysis) -> String {
    let free = analysis.freePool(for: server, avoiding: homeLANs, given: pools)
    return "choose another client pool\(free.map { ", such as \($0)" } ?? ""); the change disconnects all clients"
  }
}
