import SourceTree

extension SyntaxProblem {
  /// What is missing where the text just ends; nil for every other problem.
  var missingAtEnd: String? {
    switch kind {
    case .unclosedBracket(let bracket): bracket == "{" ? "`}`" : "`]`"
    case .unclosedQuote: "a closing `\"`"
    default: nil
    }
  }

  /// What is wrong, for the end of a sentence.
  var jsonWords: String {
    switch kind {
    case .jsonExpectedValue: "a value is expected"
    case .jsonExpectedKey: "a key in double quotes is expected"
    case .jsonExpectedColon: "`:` is expected after the key"
    case .jsonExpectedCommaOrEnd(let bracket): "`,` or `\(bracket == "{" ? "}" : "]")` is expected"
    case .jsonInvalidNumber: "this is no number"
    case .jsonLoneSurrogate, .invalidEscape: "`\\` does not begin an escape here"
    case .contentAfterDocument: "something follows the list"
    case .invalidUTF8: "a byte is not UTF-8"
    case .controlCharacter: "a control character is not allowed"
    case .tooDeep(let limit): "brackets are nested deeper than \(limit) levels"
    case .tooLarge(let limit): "the text is larger than \(limit) bytes"
    default: "this cannot be read"
    }
  }
}
