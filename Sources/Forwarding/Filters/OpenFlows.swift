public import IPv4Space

/// Which flows complete to addresses, where filters are modelled.
public struct OpenFlows: Sendable {
  let fates: AddressMap<Fate>
  let passages: [Passage]

  /// The flows that complete, for every client and member of the server, to some address of ranges.
  public func flows(to ranges: [IPv4Range]) -> ServiceSet {
    var flows = ServiceSet.empty
    var seen: Set<Int32> = []
    for range in ranges {
      fates.forEach(in: range) { _, fate in
        if fate.outcome == .reachable, seen.insert(fate.passage).inserted {
          flows = flows.union(fate.passage < 0 ? .flows : passages[Int(fate.passage)].complete)
        }
        return true
      }
    }
    return flows
  }
}

extension FlowReach {
  /// What completes where; nil if no filters are modelled.
  var openFlows: OpenFlows? { hasFilters ? OpenFlows(fates: fates, passages: passages) : nil }
}

extension ServerAnalysis {
  /// Which flows complete; nil if no filters are modelled.
  public var openFlows: OpenFlows? { reach.openFlows }
}

extension SiteAnalysis {
  /// Which flows complete; nil if no filters are modelled.
  public var openFlows: OpenFlows? { reach.openFlows }
}
