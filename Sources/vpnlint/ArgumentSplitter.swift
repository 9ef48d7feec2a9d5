import ArgumentParser

/// Takes the paths out of the arguments of `lint` before swift-argument-parser sees them: its time grows with the square
/// of the number of positional arguments, and hooks pass thousands of paths.
enum ArgumentSplitter {
  /// The arguments that remain, and the paths.
  struct Split: Equatable {
    var arguments: [String]
    var paths: [String]

    /// Whether nothing is left to be parsed: no option, and no command but `lint`.
    var isLintWithoutOptions: Bool { arguments.isEmpty || arguments == ["lint"] }
  }

  /// Options of `lint` that are followed by a value; a test holds the list against the command.
  static let optionsWithValue: Set<String> = [
    "--format", "--report", "--fail-on", "--severity", "--only", "--skip", "--color", "--stdin-filename",
    "--config", "--baseline", "--write-baseline", "--jobs",
    "--max-size", "--max-depth", "--max-aliases", "--max-findings",
  ]

  static func split(_ arguments: [String]) -> Split {
    if let first = arguments.first, first != "lint", RootCommand.names.contains(first) || isAboutCompletions(first) {
      return Split(arguments: arguments, paths: [])
    }
    var split = Split(arguments: [], paths: [])
    var index = 0
    var onlyPaths = false
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      if onlyPaths || argument == "-" || !argument.hasPrefix("-") {
        let isCommand = argument == "lint" && split.arguments.isEmpty && split.paths.isEmpty && !onlyPaths
        if isCommand { split.arguments.append(argument) } else { split.paths.append(argument) }
      } else if argument == "--" {
        onlyPaths = true
      } else {
        split.arguments.append(argument)
        if optionsWithValue.contains(argument), index < arguments.count {
          split.arguments.append(arguments[index])
          index += 1
        }
      }
    }
    return split
  }

  /// Whether a shell asks: for its script, or for what could stand in a line, whose words then follow.
  private static func isAboutCompletions(_ first: String) -> Bool {
    first == "--generate-completion-script" || first.hasPrefix("---")
  }
}
