import Foundation
import Testing

struct CorpusTests {
  @Test func `the corpus is whole`() throws {
    let records = try Corpus.records(Corpus.recorded)
    #expect(records.count == 151)
    #expect(Set(records.map(\.config.name)).count == records.count)
    #expect(records.reduce(0) { $0 + $1.probes.count } == 1732)
  }

  @Test(arguments: [Corpus.recorded, Corpus.extra])
  func `records do not contradict themselves`(_ path: String) throws {
    for record in try Corpus.records(path) {
      #expect(contradictions(record) == [], "\(record.config.name)")
    }
  }

  @Test(arguments: [Corpus.recorded, Corpus.extra])
  func `every recorded run is predicted`(_ path: String) throws {
    for record in try Corpus.records(path) {
      let differences = try differences(record)
      #expect(differences == [], "\(record.config.name)")
    }
  }

  @Test(arguments: [Corpus.recorded, Corpus.extra])
  func `every field of a record is read`(_ path: String) throws {
    for line in try Corpus.lines(path) {
      let record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
      #expect(try object(Corpus.line(record)) == object(line), "\(record.config.name)")
    }
  }

  private func object(_ line: String) throws -> NSDictionary {
    NSDictionary(dictionary: try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]))
  }
}
