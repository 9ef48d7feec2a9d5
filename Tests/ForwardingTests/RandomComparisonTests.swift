import Forwarding
import IPv4Space
import TestSupport
import Testing

/// Comparisons of random models, against the reference simulator and against traces of single packets.
struct RandomComparisonTests {
  private static let seeds = Effort.part(of: Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))])

  @Test(arguments: seeds)
  func comparisonAgreesWithTheReference(seed: UInt64) throws {
    for number in 0..<UInt64(100) {
      var generator = SplitMix64(seed: seed << 20 | number)
      let old = ReferenceSimulator.Model.random(&generator)
      let new = generator.oneIn(3) ? .random(&generator) : Self.edited(old, &generator)
      let difference = try Self.difference(old, new)
      try #require(difference == nil, "seed \(seed), pair \(number): \(difference ?? "")\n\(old.text)\n\(new.text)")
    }
  }

  private static func edited(
    _ model: ReferenceSimulator.Model, _ generator: inout SplitMix64
  ) -> ReferenceSimulator.Model {
    var model = model
    let other = ReferenceSimulator.Model.random(&generator)
    switch generator.below(5) {
    case 0: model.routes = Array(model.routes.shuffled(using: &generator).prefix(generator.below(4))) + other.routes
    case 1: model.isSplit.toggle()
    case 2: model.subnets = other.subnets
    case 3: model.networks = other.networks
    default: model.publicAddresses = other.publicAddresses
    }
    return model
  }

  private static func difference(
    _ old: ReferenceSimulator.Model, _ new: ReferenceSimulator.Model
  ) throws -> String? {
    let (before, after) = (ReferenceSimulator(model: old), ReferenceSimulator(model: new))
    let comparison = Comparison(try analysis(old.text), try analysis(new.text))
    let back = Comparison(try analysis(new.text), try analysis(old.text))
    let (place, mirrored) = (comparison.servers[0].places[0], back.servers[0].places[0])
    if place.widened != mirrored.narrowed || place.narrowed != mirrored.widened { return "not the same backwards" }
    for address in Set(before.boundaries + after.boundaries).sorted() {
      let (was, isNow) = (level(before, address), level(after, address))
      let known = IPv4Address(bits: address)
      let isSettled = was != 1 && isNow != 1
      if place.widened.contains(known) != (isSettled && was < isNow) {
        return "\(dotted(address)): \(was) to \(isNow), widened?"
      }
      if place.narrowed.contains(known) != (isSettled && isNow < was) {
        return "\(dotted(address)): \(was) to \(isNow), narrowed?"
      }
      let isUnknown = place.shifts.contains { $0.kind == .undetermined && $0.range.contains(known) }
      if isUnknown != (!isSettled && was != isNow) { return "\(dotted(address)): \(was) to \(isNow), undetermined?" }
    }
    return nil
  }

  /// How well clients reach an address; the server's end of the tunnel is nothing that they want to reach.
  private static func level(_ reference: ReferenceSimulator, _ address: UInt32) -> Int {
    if reference.place(of: address) == .gateway { return 0 }
    switch reference.outcome(address) {
    case "reachable": return 2
    case "undetermined": return 1
    default: return 0
    }
  }

  @Test(arguments: seeds)
  func comparisonAgreesWithTraces(seed: UInt64) throws {
    var random = RandomFilters(seed: seed)
    for number in 0..<20 {
      let (old, new) = (random.model().text, random.model().text)
      let (before, after) = (try analysis(old), try analysis(new))
      let place = Comparison(before, after).servers[0].places[0]
      let mirrored = Comparison(after, before).servers[0].places[0]
      try #require(place.widened == mirrored.narrowed && place.narrowed == mirrored.widened, "seed \(seed), \(number)")
      #expect(Comparison(before, try analysis(old)).reachability == .unchanged)
      #expect(Comparison(before, try analysis(old)).changes.isEmpty)
      for third in UInt8(0)...3 {
        for last in UInt8(4)...26 {
          let address = IPv4Address(10, 0, third, last)
          let fault = Self.fault(at: address, place, before, after)
          try #require(fault == nil, "seed \(seed), pair \(number): \(address): \(fault ?? "")\n\(old)\n\(new)")
        }
      }
    }
  }

  private static func fault(
    at address: IPv4Address, _ place: PlaceComparison, _ before: Analysis, _ after: Analysis
  ) -> String? {
    let shifts = place.shifts.filter { $0.range.contains(address) }
    let services: [(transport: TransportProtocol, port: UInt16?, number: UInt8, slot: UInt16)] = [
      (.tcp, 443, 6, 443), (.udp, 53, 17, 53), (.icmp, nil, 1, 8 << 8), (.tcp, 22, 6, 22),
    ]
    for service in services {
      func level(_ analysis: Analysis) -> Int {
        let trace = analysis.servers[0].trace(
          to: address, in: analysis.model, transport: service.transport, port: service.port)
        return trace.outcome == .reachable ? 2 : trace.outcome == .undetermined ? 1 : 0
      }
      func shiftsTo(_ kind: ReachShift.Kind) -> Bool {
        shifts.contains { $0.kind == kind && $0.flows.contains(protocol: service.number, slot: service.slot) }
      }
      let (was, isNow) = (level(before), level(after))
      // A trace is of one client: what is stopped for it may arrive for others, which is more than what is not known.
      guard max(was, isNow) == 2 else { continue }
      if min(was, isNow) == 1 {
        // What arrives for others alone is known of both.
        if !shiftsTo(.undetermined), !shiftsTo(was < isNow ? .widened : .narrowed) {
          return "\(service.transport) \(was) to \(isNow), and not undetermined"
        }
        continue
      }
      if was < isNow, !shiftsTo(.widened) { return "\(service.transport) \(was) to \(isNow), and not widened" }
      if isNow < was, !shiftsTo(.narrowed) { return "\(service.transport) \(was) to \(isNow), and not narrowed" }
      if was == 2, isNow == 2, shiftsTo(.widened) || shiftsTo(.narrowed) {
        return "\(service.transport) shifts, and arrives"
      }
    }
    return nil
  }
}
