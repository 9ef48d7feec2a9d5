import SourceText
import SourceTree

/// What a problem of syntax is called in a finding.
struct SyntaxWords {
  /// Short name of the problem, for the cause.
  let aspect: String
  let message: String
  /// Words at the place to edit.
  let label: String
  /// Words at the place where the construct begins, if that is elsewhere.
  var context = "it begins here"
  var note: String?
  let help: [String]
}

extension SyntaxProblem.Kind {
  /// The problem and its repair, for a person who did not write the grammar.
  var words: SyntaxWords {
    encodingWords ?? layoutWords ?? valueWords ?? anchorWords ?? jsonWords
      ?? SyntaxWords(
        aspect: "other", message: "the file cannot be read as YAML", label: "reading stops here",
        note: otherWords.map { "the YAML reader says: \($0)" }, help: ["compare the line with its neighbours"])
  }

  private var otherWords: String? {
    if case .other(let words) = self { words } else { nil }
  }

  private var encodingWords: SyntaxWords? {
    switch self {
    case .invalidUTF8:
      SyntaxWords(
        aspect: "utf-8", message: "the file has a byte that is not UTF-8", label: "no UTF-8 character begins so",
        help: ["save the file as UTF-8; it may be Latin-1 or Windows-1252 now"])
    case .utf16:
      SyntaxWords(
        aspect: "utf-16", message: "the file is UTF-16, and only UTF-8 can be read", label: "the mark of UTF-16",
        help: ["save the file as UTF-8"])
    case .controlCharacter(0):
      SyntaxWords(
        aspect: "nul", message: "the file has a NUL character", label: "NUL, not text",
        help: ["remove the character, or look whether this is the file you mean: NULs are a sign of a binary file"])
    case .controlCharacter(0x09):
      // YAML has nothing against it where it is reported.
      SyntaxWords(
        aspect: "control-character", message: "the file has a tab inside a JSON text",
        label: "a tab, which a JSON text may not have as it is", help: ["write `\\t` for it"])
    case .controlCharacter(let number):
      SyntaxWords(
        aspect: "control-character", message: "the file has the control character \(Self.codePoint(number))",
        label:
          "\(Self.codePoint(number)), which \(number < 0x20 ? "neither YAML nor JSON allows" : "YAML does not allow")",
        help: ["remove the character; in double quotes it can be written as `\\u\(Self.hexadecimal(number))`"])
    default: nil
    }
  }

  private static func codePoint(_ number: UInt32) -> String { "U+\(hexadecimal(number))" }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private var layoutWords: SyntaxWords? {
    switch self {
    case .tabIndentation:
      SyntaxWords(
        aspect: "tab", message: "a tab indents a line, and YAML indents with spaces alone", label: "a tab",
        context: "the block begins here", help: ["replace the tab with spaces"])
    case .badIndentation:
      SyntaxWords(
        aspect: "indentation", message: "a line is indented like no line around it",
        label: "neither inside the block above nor beside it", context: "the block begins here",
        help: ["indent the line exactly like its siblings, keys below keys and `-` below `-`"])
    case .missingColon:
      SyntaxWords(
        aspect: "colon", message: "a line is neither `key: value` nor `- item`", label: "no `: ` follows this",
        help: ["write a colon and a space after the key; text over several lines goes in quotes"])
    case .textAfterValue:
      SyntaxWords(
        aspect: "text", message: "text follows a value that has ended", label: "the value ends before this",
        help: ["put the whole value in quotes, and write `''` for a `'` in single quotes"])
    case .contentAfterDocument:
      SyntaxWords(
        aspect: "content", message: "text stands outside the model", label: "the model has ended before this",
        help: ["remove the text, or in YAML begin another model with a line `---`"])
    case .directive:
      SyntaxWords(
        aspect: "directive", message: "a line begins with `%` and is no directive that can be followed",
        label: "known are `%YAML 1.1`, `%YAML 1.2` and `%TAG`, each once",
        help: ["remove the line: a model needs none", "put the text in quotes if it is a value"])
    default: nil
    }
  }

  private var valueWords: SyntaxWords? {
    switch self {
    case .unclosedQuote:
      SyntaxWords(
        aspect: "quote", message: "a quotation mark is never closed", label: "opens here, and nothing closes it",
        help: ["put the same quotation mark at the end of the value", Self.cutOff])
    case .unclosedBracket(let bracket):
      SyntaxWords(
        aspect: "bracket", message: "`\(bracket)` is not closed, or a comma is missing in it", label: "opens here",
        context: "neither a comma nor `\(Self.closing(bracket))`",
        help: ["close it with `\(Self.closing(bracket))`, or put a comma between the items", Self.cutOff])
    case .strayBracket(let bracket):
      SyntaxWords(
        aspect: "stray-bracket", message: "`\(bracket)` closes nothing", label: "nothing is open here that it closes",
        help: ["remove it, or add the bracket that it closes; in a text, put the text in quotes"])
    case .strayComma:
      SyntaxWords(
        aspect: "stray-comma", message: "a comma has no value before it", label: "a value goes before this",
        help: ["remove the comma, or write the value"])
    case .unexpectedDash:
      SyntaxWords(
        aspect: "unexpected-dash", message: "a list begins on the line of its key",
        label: "no list item can begin here",
        help: ["begin each item on a line of its own", "put the value in quotes if it is no list"])
    case .unexpectedColon:
      SyntaxWords(
        aspect: "unexpected-colon", message: "a value without quotes contains `: `",
        label: "what stands before this cannot be a key",
        help: ["put the value in quotes", "if it is a key, write it on a line of its own, indented like its siblings"])
    case .colonWithoutKey:
      SyntaxWords(
        aspect: "colon-without-key", message: "a colon has no key before it", label: "a key goes before this",
        help: ["write the key, or put the text in quotes"])
    case .blockHead(let mark):
      SyntaxWords(
        aspect: "block-head", message: "`\(mark)` begins a text of several lines, and its own line has more than that",
        label: "the text begins on the next line",
        note: "behind `\(mark)` one digit from 1 to 9, one `+` or `-`, and a comment may stand",
        help: ["begin the text on the next line, indented", "put the value in quotes if `\(mark)` belongs to it"])
    case .reservedCharacter(let character):
      SyntaxWords(
        aspect: "reserved-character",
        message: "a value begins with \(Self.quoted(character)), which YAML keeps for itself",
        label: "no value without quotes begins so", help: ["put the value in quotes"])
    case .invalidEscape:
      SyntaxWords(
        aspect: "escape", message: "a backslash in double quotes begins no known escape", label: "not an escape",
        help: ["write `\\\\` for a backslash; in YAML, single quotes take it as it is"])
    default: nil
    }
  }

  private static let cutOff = "if the file ends too early, it was cut off: save it again as a whole"

  private static func closing(_ bracket: String) -> String { bracket == "{" ? "}" : "]" }

  private static func quoted(_ character: String) -> String { character == "`" ? "a backtick" : "`\(character)`" }

  private var anchorWords: SyntaxWords? {
    switch self {
    case .unknownAnchor(let name):
      SyntaxWords(
        aspect: "alias", message: "alias `*\(name)` has no anchor above it", label: "no `&\(name)` stands before this",
        help: ["write `&\(name)` before the value that is meant, or put the text in quotes if it is no alias"])
    case .recursiveAlias(let name):
      SyntaxWords(
        aspect: "alias", message: "alias `*\(name)` stands inside the value that it stands for",
        label: "would contain itself", help: ["write out what is meant instead of the alias"])
    case .unknownTag(let tag):
      SyntaxWords(
        aspect: "tag", message: "tag `\(tag)` has no meaning in a model", label: "read as if the tag were not there",
        help: ["remove the tag and write the value itself; tags such as `!Ref` belong to other tools"])
    case .malformedTag:
      SyntaxWords(
        aspect: "tag", message: "a value begins with `!`, and what follows is no tag", label: "a tag would begin so",
        help: ["put the value in quotes", "remove the tag if it is meant as one: a model needs none"])
    case .unknownTagHandle(let handle):
      SyntaxWords(
        aspect: "tag", message: "a tag begins with `\(handle)`, which no `%TAG` line explains",
        label: "its meaning is not in the file",
        help: ["remove the tag and write the value itself", "put the value in quotes if `!` belongs to it"])
    default: nil
    }
  }

  private var jsonWords: SyntaxWords? {
    switch self {
    case .jsonExpectedValue:
      SyntaxWords(
        aspect: "json-value", message: "a value is missing or not written as JSON", label: "no JSON value begins so",
        help: ["put text in double quotes; remove a comma before a closing bracket, and comments"])
    case .jsonExpectedKey:
      SyntaxWords(
        aspect: "json-key", message: "a key is missing or not in double quotes",
        label: "a key in double quotes goes here",
        help: ["put keys in double quotes; remove a comma before `}`, and comments"])
    case .jsonExpectedColon:
      SyntaxWords(
        aspect: "json-colon", message: "a key has no colon after it", label: "a colon goes here",
        help: ["write a colon between key and value"])
    case .jsonExpectedCommaOrEnd(let bracket):
      SyntaxWords(
        aspect: "json-bracket", message: "`\(bracket)` is not closed, or a comma is missing in it",
        label: "neither a comma nor `\(Self.closing(bracket))`", context: "opens here",
        help: [
          "put a comma between the items, or close it with `\(Self.closing(bracket))`; addresses go in double quotes"
        ])
    case .jsonInvalidNumber:
      SyntaxWords(
        aspect: "json-number", message: "a number is not written as JSON writes numbers", label: "not a JSON number",
        help: ["write digits without zeros before them, and digits on both sides of a point"])
    case .jsonLoneSurrogate:
      SyntaxWords(
        aspect: "json-surrogate", message: "a `\\u` escape is half of a character",
        label: "its other half is missing", help: ["write both halves, or the character itself"])
    default: nil
    }
  }
}
