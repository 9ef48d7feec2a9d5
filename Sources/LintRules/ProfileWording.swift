import Forwarding
import SourceText

/// What a line changes, in words.
struct ProfileChange {
  let aspect, label, note: String
  /// Whether OpenVPN does not take the line at all.
  var isMistake = false

  init?(_ kind: ProfileEffect.Kind) {
    switch kind {
    case .bypassesFullTunnel: return nil
    case .dropsRoutes(let count, let all):
      aspect = "pushed-routes"
      label = "keeps \(count) of \(Words.count(all, "pushed route")) away"
      note = "packets to these destinations leave outside the tunnel"
    case .takesEverything:
      aspect = "redirect-gateway"
      label = "takes everything into the tunnel"
      note = "the internet is reached only if the server has a translated route 0.0.0.0/0"
    case .addsServerHost:
      aspect = "redirect-private"
      label = "adds a host route to the server by the old gateway"
      note = "the tunnel's own packets stay outside even if a pushed route contains the server's address"
    case .setsMetric(let metric):
      aspect = "route-metric"
      label = "gives pushed rows metric \(metric)"
      note = "they lose against rows of the same destination with a lower metric, such as a LAN's"
    case .keepsOutside(let count):
      aspect = "own-bypasses"
      label = "leads \(Words.count(count, "network")) around the tunnel"
      note = "packets there leave outside the tunnel, whatever the server pushes"
    case .isMisspelt(let word, let meant):
      aspect = "directive/\(word)"
      isMistake = true
      label = "`\(word)` is no directive of OpenVPN; did you mean `\(meant)`?"
      note = "OpenVPN stops at a line that it does not know, so vpnlint leaves it out of the table"
    case .addsRoutes(let count):
      aspect = "own-routes"
      label = "routes \(Words.count(count, "network")) of its own into the tunnel"
      note = "the server drops what no route of it names"
    case .breaksOff(let option):
      aspect = "reject"
      label = "makes the client break off when the server pushes `\(option)`"
      note = "no client with this profile gets a connection"
    }
  }
}
