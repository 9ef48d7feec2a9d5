import SourceText
import TestSupport
import Testing

/// What a misspelt name probably meant.
struct NearestNameTests {
  private static let keys = ["name", "subnets", "routes", "enable_split_tunneling", "client_ip_pool", "port", "id"]

  @Test(arguments: [
    ("subnet", "subnets"), ("subnest", "subnets"), ("sbunets", "subnets"), ("routs", "routes"), ("naem", "name"),
    ("enable_split_tunnelling", "enable_split_tunneling"), ("enable_splittunneling", "enable_split_tunneling"),
    ("client_pool", "client_ip_pool"), ("prot", "port"), ("di", "id"), ("subnets", "subnets"),
  ])
  func findsWhatWasMeant(name: String, meant: String) {
    #expect(NearestName.of(name, among: Self.keys) == meant)
  }

  @Test(arguments: ["zzz", "gateway", "", "poart_x", "snbtes"])
  func saysNothingOfStrangers(name: String) {
    #expect(NearestName.of(name, among: Self.keys) == nil)
  }

  @Test func distanceIsBoundedByAThirdOfTheLength() {
    #expect(NearestName.of("abcdefghi", among: ["abcdefxyz"]) == "abcdefxyz")
    #expect(NearestName.of("abcdefghi", among: ["abcdewxyz"]) == nil)
    #expect(NearestName.of("ab", among: ["ac"]) == "ac")
    #expect(NearestName.of("ab", among: ["cd"]) == nil)
  }

  @Test func nearerWinsAndTheFirstOfEquals() {
    #expect(NearestName.of("abcdef", among: ["abcdxy", "abcdex"]) == "abcdex")
    #expect(NearestName.of("cat", among: ["bat", "hat"]) == "bat")
    #expect(NearestName.of("cat", among: [String]()) == nil)
  }

  @Test func longNamesAreNotCompared() {
    let name = String(repeating: "x", count: 64)
    #expect(NearestName.of(name, among: [name]) == name)
    #expect(NearestName.of(name + "x", among: [name]) == nil)
    #expect(NearestName.of(name, among: [name + "x"]) == nil)
  }

  /// One edit of any kind is found whatever else there is.
  @Test(arguments: 1...4)
  func oneEditIsFound(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<500 {
      var letters = Array(Self.keys[generator.below(5)])
      let meant = String(letters)
      let place = generator.below(letters.count)
      switch generator.below(4) {
      case 0: letters.remove(at: place)
      case 1: letters.insert("q", at: place)
      case 2: letters[place] = "q"
      default: letters.swapAt(place, (place + 1) % letters.count)
      }
      let isFarSwap =
        letters.count > 2 && place == meant.count - 1 && letters.count == meant.count && letters.last != "q"
      if !isFarSwap { #expect(NearestName.of(String(letters), among: Self.keys) == meant, "seed \(seed)") }
    }
  }
}
