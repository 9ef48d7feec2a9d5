/// Where a record contradicts itself, one sentence each.
func contradictions(_ record: Record) -> [String] {
  var found: [String] = []
  let destinations = Set(record.table.map(\.dst))
  for probe in record.probes {
    guard let match = probe.route.match else {
      if probe.route.error == nil { found.append("\(probe.dst): neither a row nor an error") }
      continue
    }
    if !destinations.contains(match) { found.append("\(probe.dst): \(match) matches and is not in the table") }
    if probe.ping.ok != (probe.ping.by != nil) { found.append("\(probe.dst): an answer without an answerer") }
    if probe.ping.ok == (probe.ping.why != nil) { found.append("\(probe.dst): an answer and a reason for none") }
  }
  if record.probes.map(\.dst) != record.config.probes { found.append("other probes than were asked for") }
  if record.loop && record.tunnelAlive { found.append("the tunnel is a loop and works") }
  return found
}
