public import Linting
import SourceText

/// What fixes change in a file, as `diff -u` shows it and `patch` takes it.
public enum UnifiedDiff {
  /// Unchanged lines around a change.
  private static let context = 3

  /// The difference between a file and itself with fixes; empty if there is none. Control characters are made visible
  /// `ifShown` on a terminal, where they could act.
  public static func text(_ file: FixedFile, isShown: Bool) -> String {
    guard let origins = file.origins else { return "" }
    let steps = steps(file, origins)
    guard steps.contains(where: { $0.kind != .same }) else { return "" }
    let name = SafeText.escaped(file.original.name)
    var text = "--- \(name)\n+++ \(name)\n"
    for hunk in hunks(steps) { write(steps[hunk], file, isShown: isShown, to: &text) }
    return text
  }

  private struct Step {
    enum Kind: Character {
      case same = " "
      case removed = "-"
      case added = "+"
    }

    let kind: Kind
    /// Lines before this one in the old and in the new text.
    let old, new: Int
  }

  private static func steps(_ file: FixedFile, _ origins: LineOrigins) -> [Step] {
    var steps: [Step] = []
    // Lines of the old and of the new text that are told already.
    var (old, new) = (0, 0)
    let (before, after) = (file.original, file.report.file)
    let (oldLines, newLines) = (before.linesByLF, after.linesByLF)
    // A line that was written again as it stood is no change.
    func isSame(_ oldLine: Int, _ newLine: Int) -> Bool {
      before.bytes[oldLines[oldLine]] == after.bytes[newLines[newLine]]
    }
    // Of a changed line the old form stands before the new one.
    func change(upTo oldEnd: Int, _ newEnd: Int) {
      while old < oldEnd, new < newEnd, isSame(old, new) {
        steps.append(Step(kind: .same, old: old, new: new))
        (old, new) = (old + 1, new + 1)
      }
      var equal = 0
      while old < oldEnd - equal, new < newEnd - equal, isSame(oldEnd - equal - 1, newEnd - equal - 1) { equal += 1 }
      steps += (old..<oldEnd - equal).map { Step(kind: .removed, old: $0, new: new) }
      steps += (new..<newEnd - equal).map { Step(kind: .added, old: oldEnd - equal, new: $0) }
      steps += (0..<equal).map { Step(kind: .same, old: oldEnd - equal + $0, new: newEnd - equal + $0) }
      (old, new) = (oldEnd, newEnd)
    }
    for (number, origin) in origins.lines.enumerated() {
      guard let origin else { continue }
      change(upTo: origin, number)
      steps.append(Step(kind: .same, old: origin, new: number))
      (old, new) = (origin + 1, number + 1)
    }
    change(upTo: oldLines.count, newLines.count)
    return steps
  }

  /// Ranges of steps: each change with the lines around it; changes that are near to each other together.
  private static func hunks(_ steps: [Step]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for index in steps.indices where steps[index].kind != .same {
      let range = max(0, index - context)..<min(steps.count, index + context + 1)
      if let last = hunks.last, range.lowerBound <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private static func write(_ steps: ArraySlice<Step>, _ file: FixedFile, isShown: Bool, to text: inout String) {
    guard let first = steps.first else { return }
    let old = steps.count { $0.kind != .added }
    let new = steps.count { $0.kind != .removed }
    text += "@@ -\(range(first.old, old)) +\(range(first.new, new)) @@\n"
    let (before, after) = (file.original, file.report.file)
    let (oldLines, newLines) = (before.linesByLF, after.linesByLF)
    for step in steps {
      let source = step.kind == .added ? after : before
      let range = step.kind == .added ? newLines[step.new] : oldLines[step.old]
      let line = String(decoding: source.bytes[range], as: UTF8.self)
      let hasEnd = source.bytes[range.upperBound - 1] == 0x0A
      let content = hasEnd ? String(String.UnicodeScalarView(line.unicodeScalars.dropLast())) : line
      text += "\(step.kind.rawValue)\(isShown ? shown(content) : content)\n"
      if !hasEnd { text += "\\ No newline at end of file\n" }
    }
  }

  /// A line for a terminal; the CR that may end it is not worth telling.
  private static func shown(_ line: String) -> String {
    SafeText.escaped(line.unicodeScalars.last == "\r" ? String(line.dropLast()) : line)
  }

  /// "12,3": the first line, from 1, and how many; of no lines the line before.
  private static func range(_ first: Int, _ count: Int) -> String {
    count == 1 ? "\(first + 1)" : "\(count == 0 ? first : first + 1),\(count)"
  }
}
