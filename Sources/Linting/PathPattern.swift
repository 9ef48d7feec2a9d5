/// A pattern for paths below a folder: `*` stands for any characters of one name, `?` for one character, and `**` as a
/// whole name for any number of folders. What matches a folder holds for everything below it.
public struct PathPattern: Hashable, Sendable {
  private let names: [[Character]]

  /// Reads a pattern; nil if it is empty or leads out of the folder, so that it could never match.
  public init?(_ text: String) {
    guard !text.hasPrefix("/") else { return nil }
    let names = text.split(separator: "/").filter { $0 != "." }.map(Array.init)
    guard !names.isEmpty, !names.contains([".", "."]) else { return nil }
    self.names = names
  }

  /// Whether the path, given as the names from the folder down, or a folder on the way to it matches.
  public func matches(_ path: [String]) -> Bool {
    let anyFolders: [Character] = ["*", "*"]
    return Self.matches(names + [anyFolders], path.map(Array.init), isGap: { $0 == anyFolders }) {
      Self.matches($0, $1, isGap: { $0 == "*" }) { $0 == "?" || $0 == $1 }
    }
  }

  /// Whether a pattern with gaps, which stand for any number of elements, matches a text. The last gap alone is ever
  /// made longer, so the time stays within the product of the lengths.
  private static func matches<Part, Element>(
    _ pattern: [Part], _ text: [Element], isGap: (Part) -> Bool, _ matchesOne: (Part, Element) -> Bool
  ) -> Bool {
    var (part, element) = (0, 0)
    var lastGap: (part: Int, element: Int)?
    while element < text.count {
      if part < pattern.count, isGap(pattern[part]) {
        lastGap = (part, element)
        part += 1
      } else if part < pattern.count, matchesOne(pattern[part], text[element]) {
        part += 1
        element += 1
      } else if let gap = lastGap {
        lastGap = (gap.part, gap.element + 1)
        (part, element) = (gap.part + 1, gap.element + 1)
      } else {
        return false
      }
    }
    return pattern[part...].allSatisfy(isGap)
  }
}
