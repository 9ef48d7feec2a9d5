public import SourceText

/// Something that keeps a text from being read as YAML or JSON, or a limit it exceeds.
public struct SyntaxProblem: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    // Encoding
    case invalidUTF8
    case utf16
    /// A NUL or another control character, by its number.
    case controlCharacter(UInt32)

    // Layout
    case tabIndentation
    case badIndentation
    /// A quotation mark that is never closed.
    case unclosedQuote
    /// A `[` or `{` that is never closed, or something between its items that is not a comma.
    case unclosedBracket(String)
    /// A `]` or `}` without its beginning.
    case strayBracket(String)
    /// A comma without a value before it.
    case strayComma
    /// A `: ` where no key can be.
    case unexpectedColon
    /// A `: ` with nothing before it that could be its key.
    case colonWithoutKey
    /// A `- ` where no list item can begin, as in `key: - item`.
    case unexpectedDash
    /// A line that is neither `key: value` nor an item.
    case missingColon
    /// A character such as `@` that cannot begin a value without quotes.
    case reservedCharacter(String)
    /// A `|` or `>` with more on its line than the head of a text of several lines has.
    case blockHead(String)
    case invalidEscape
    /// Something on the line after a value has ended: after its closing quote or bracket.
    case textAfterValue
    /// Something before the first or after the last value.
    case contentAfterDocument
    /// A line that begins with `%` and is no directive of YAML 1.1 or 1.2, or the second of its kind.
    case directive

    // Anchors
    case unknownAnchor(String)
    /// A value that contains an alias of itself.
    case recursiveAlias(String)
    /// A tag such as `!Ref` that has no meaning in a model.
    case unknownTag(String)
    /// A tag that is not written as YAML writes tags.
    case malformedTag
    /// The beginning of a tag, such as `!e!`, that no `%TAG` line explains.
    case unknownTagHandle(String)

    // JSON
    case jsonExpectedValue
    case jsonExpectedKey
    case jsonExpectedColon
    case jsonExpectedCommaOrEnd(String)
    case jsonInvalidNumber
    case jsonLoneSurrogate

    /// Anything else, in libyaml's words.
    case other(String)

    // Limits
    case tooDeep(limit: Int)
    case tooLarge(limit: Int)
    case tooManyAliases(limit: Int)
    case tooManyTagDirectives(limit: Int)
  }

  /// What is wrong.
  public let kind: Kind
  /// The place to edit.
  public let span: Span
  /// Where the construct begins that the problem lies in, if elsewhere.
  public let context: Span?

  init(_ kind: Kind, _ span: Span, context: Span? = nil) {
    self.kind = kind
    self.span = span
    self.context = context
  }

  /// Whether a limit was exceeded and the text may otherwise be well formed.
  public var isLimit: Bool {
    switch kind {
    case .tooDeep, .tooLarge, .tooManyAliases, .tooManyTagDirectives: true
    default: false
    }
  }
}

/// What a text may ask for before reading stops.
public struct SourceLimits: Sendable {
  /// Bytes of a file.
  public var size = 512 << 20
  /// Bytes that can be asked for: places are numbers of 32 bits, and what escapes stand for can be longer than they are.
  public static let largestSize = 2 << 30
  /// Levels of nesting, aliases followed.
  public var depth = 256
  /// Levels that can be asked for: the time libyaml takes for nested brackets grows with the square of their number.
  public static let largestDepth = 256
  /// Nodes that the aliases of a document stand for. The rules see each alias as if it were written out, and what takes
  /// more than a second or so nobody has written.
  public var aliasedNodes = 1 << 18
  /// Nodes that can be asked for.
  public static let mostAliasedNodes = 1 << 31
  /// `%TAG` lines of a document.
  public var tagDirectives = 64

  /// The limits that hold without settings.
  public init() {}
}
