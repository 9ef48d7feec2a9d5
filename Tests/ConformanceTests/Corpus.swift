import Foundation
import TestSupport

/// Recorded runs, one JSON object a line.
enum Corpus {
  /// 151 runs of OpenVPN 2.6.14 on Linux 6.18.
  static let recorded = "Tests/ConformanceTests/corpus.jsonl"

  /// Runs of this lab: rare directives and conflicts, chosen by hand.
  static let extra = "Tests/ConformanceTests/extra.jsonl"

  /// The records of a file of the repository.
  static func records(_ path: String) throws -> [Record] {
    let decoder = JSONDecoder()
    return try lines(path).map { try decoder.decode(Record.self, from: Data($0.utf8)) }
  }

  /// The configurations of a file of the repository; a line need not have anything else.
  static func configurations(_ path: String) throws -> [LabConfiguration] {
    struct Line: Decodable { var config: LabConfiguration }
    let decoder = JSONDecoder()
    return try lines(path).map { try decoder.decode(Line.self, from: Data($0.utf8)).config }
  }

  /// Puts records in the place of a file of this folder.
  static func write(_ records: [Record], to path: String) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: URL(filePath: path).lastPathComponent)
    try Data(records.map { try line($0) + "\n" }.joined().utf8).write(to: url)
  }

  static func lines(_ path: String) throws -> [String] { try Repository.lines(path).filter { !$0.isEmpty } }

  /// The record as a line of a corpus.
  static func line(_ record: Record) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }
}
