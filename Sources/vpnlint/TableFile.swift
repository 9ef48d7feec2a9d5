import Reports
import SourceText
import SourceTree
import SystemTables

/// A routing table that a system's own command printed, in a file or on standard input.
struct TableFile {
  /// What sentences call the file.
  let name: String
  let table: SystemTable

  init(_ path: String, _ limits: SourceLimits) throws {
    let input = InputFile(argument: path)
    name = input.name
    switch input.read(limit: limits.size) {
    case .failure(let problem): throw Refusal(problem.sentence)
    case .success(let file):
      do throws(SystemTableError) {
        table = try SystemTable.read(file.bytes)
      } catch {
        throw Refusal("\(name): \(error)")
      }
    }
  }

  /// Tells the lines that were not understood.
  func tellRemainders() {
    for line in table.notUnderstood {
      Output.error.write(SafeText.escaped("vpnlint: \(name):\(line.line): not understood: \(line.text)") + "\n")
    }
  }
}
