/// The vocabulary of `ip route` (iproute2, ip/iproute.c, `print_route`).
enum IPRouteWord {
  /// Types that a row can begin with. `unicast` is written with `-d` alone.
  static let kinds: Set = [
    "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw", "nat",
    "xresolve",
  ]

  /// Types of rows that lead nowhere and so have neither gateway nor interface.
  static let kindsWithoutPath: Set = ["blackhole", "unreachable", "prohibit", "throw"]

  /// Words that stand alone.
  static let flags: Set = [
    "dead", "onlink", "pervasive", "offload", "trap", "notify", "linkdown", "unresolved", "rt_offload", "rt_trap",
    "rt_offload_failed",
  ]

  /// Words that come before the gateway.
  static let leading = ["from", "tos", "dsfield", "nhid", "encap"]

  /// What is written after the interface, in the command's order. The empty word stands for all flags; what is not here
  /// comes last.
  private static let trailing = [
    "table", "proto", "scope", "src", "metric", "weight", "", "mark", "realm", "realms", "uid", "expires", "error",
    "lock", "mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit", "initcwnd",
    "features", "rto_min", "initrwnd", "quickack", "cc_algo", "congctl", "fastopen_no_cookie", "iif", "pref",
  ]

  private static let ranks = Dictionary(uniqueKeysWithValues: zip(trailing, trailing.indices))

  /// Place of a word after the interface.
  private static func rank(_ name: String) -> Int { ranks[flags.contains(name) ? "" : name] ?? trailing.count }

  /// The attributes that follow the interface, in the command's order.
  static func ordered(_ attributes: [SystemRow.Attribute]) -> [SystemRow.Attribute] {
    let following = attributes.filter { !leading.contains($0.name) }
    // The sort of the standard library is not promised to be stable.
    return following.indices.sorted { (place(following[$0]), $0) < (place(following[$1]), $1) }.map { following[$0] }
  }

  private static func place(_ attribute: SystemRow.Attribute) -> Int {
    rank(attribute.value.isEmpty ? "" : attribute.name)
  }

  /// Whether the key stands before the flags in JSON.
  static func comesBeforeFlags(_ name: String) -> Bool { rank(name) < rank("onlink") }

  /// Whether a value follows the word.
  static func takesValue(_ name: String) -> Bool {
    name == "via" || name == "dev" || leading.contains(name) || !name.isEmpty && ranks[name] != nil
  }

  /// The metrics that `ip -j route` puts in an object of their own.
  static let metrics: Set = [
    "mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit", "initcwnd", "features",
    "rto_min", "initrwnd", "quickack", "cc_algo", "congctl", "fastopen_no_cookie",
  ]

  /// Words whose values are numbers in JSON.
  static let numbers = metrics.union(["metric", "weight", "nhid", "uid", "expires", "error"])

  /// Metrics that are written with `ms` in text and as numbers in JSON.
  static let milliseconds: Set = ["rtt", "rttvar", "rto_min"]
}

extension IPRouteWord {
  /// The spelling in text of a key of JSON.
  static func textName(_ key: String) -> String {
    switch key {
    case "protocol": "proto"
    case "prefsrc": "src"
    default: key
    }
  }

  /// The key of JSON for a word of the text.
  static func jsonName(_ word: String) -> String {
    switch word {
    case "proto": "protocol"
    case "src": "prefsrc"
    default: word
    }
  }
}
