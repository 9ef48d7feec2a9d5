import SourceText
import Testing

/// When two findings are about the same thing.
struct CauseTests {
  @Test func subjectIsOnePath() {
    #expect(Cause("vpc/subnets/app").subject == "vpc/subnets/app")
    #expect(Cause("vpc/subnets/app", "zone").subject == "vpc/subnets/app/zone")
  }

  @Test func extentsMeetOnOneResource() {
    let low = Cause("a", "x", extent: 0...9)
    #expect(low.meets(Cause("a", "y", extent: 9...12)))
    #expect(!low.meets(Cause("a", "x", extent: 10...12)))
    #expect(!low.meets(Cause("b", "x", extent: 0...9)))
    // Without an extent a cause is about all of its resource.
    #expect(low.meets(Cause("a")))
    #expect(Cause("a", "y").meets(low))
  }

  @Test func severitiesAreOrdered() {
    #expect(Severity.allCases.sorted() == [.info, .warning, .error])
  }
}
