import ArgumentParser

/// Completion scripts, which swift-argument-parser writes: they know the commands, and the options of each, but not that
/// `lint` is the command where none is named. A script is mended in one place to see the word where it was left out.
enum CompletionScript {
  /// The script with `lint` where no command is named. Any other text stays as it is.
  static func withDefaultCommand(_ text: String) -> String {
    let shells = [
      Shell(
        beginning: "#!/bin/bash\n", place: "\n_vpnlint() {\n",
        mended: "\n__vpnlint_named() {\n", wrapper: (before: "\ncomplete -o filenames ", bash)),
      Shell(
        beginning: "#compdef vpnlint\n", place: "\n_vpnlint() {\n",
        mended: "\n__vpnlint_named() {\n", wrapper: (before: "\nif [[ \"${funcstack[1]}\" = _vpnlint ]]", zsh)),
      Shell(
        beginning: "function __vpnlint_", place: "\n    set -l unparsed_tokens (__vpnlint_tokens -pc)\n",
        mended: "\n    set -l unparsed_tokens (__vpnlint_tokens_with_command)\n",
        wrapper: (before: "\nfunction __vpnlint_tokens\n", fish)),
    ]
    return shells.lazy.compactMap { $0.mend(text) }.first ?? text
  }

  private struct Shell {
    /// How a script of the shell begins.
    let beginning: String
    /// What is replaced, and by what.
    let place, mended: String
    /// What is added, and before what.
    let wrapper: (before: String, text: String)

    func mend(_ text: String) -> String? {
      guard text.hasPrefix(beginning), let place = text.firstRange(of: place) else { return nil }
      var mended = text
      mended.replaceSubrange(place, with: self.mended)
      guard let end = mended.firstRange(of: wrapper.before) else { return nil }
      mended.insert(contentsOf: "\n" + wrapper.text, at: end.lowerBound)
      return mended
    }
  }

  /// First words by which the command is known.
  private static var commandWords: [String] { RootCommand.names + ["-h", "--help", "--version"] }

  /// The first word may become a command or a path, so that both are offered there. bash takes `=` for the end of a word:
  /// `--format=json` is put together as two words, `rule=level` as one, and then only what follows the `=` is offered.
  private static var bash: String {
    """
    _vpnlint() {
        local -a words=("${COMP_WORDS[0]}") offered=()
        local -i index last=0
        local word joined=
        for ((index = 1; index <= COMP_CWORD; index++)); do
            word="${COMP_WORDS[index]}"
            if [[ "${word}" = = && "${words[last]}" = --* && "${last}" -gt 0 ]]; then
                # The value of an option is a word of its own, if only an empty one.
                [[ "${index}" -eq "${COMP_CWORD}" ]] && words[++last]=
                joined=
            elif [[ "${word}" = = && "${last}" -gt 0 ]]; then
                words[last]+='='
                joined=true
            elif [[ -n "${joined}" ]]; then
                words[last]+="${word}"
                joined=
            else
                words[++last]="${word}"
            fi
        done
        local cut=
        [[ "${words[last]}" = *=* && "${COMP_WORDBREAKS}" = *=* ]] && cut="${words[last]%=*}="

        local -a COMP_WORDS=("${words[@]}")
        local -i COMP_CWORD="${last}"
        local COMP_LINE="${words[*]}"
        local -i COMP_POINT="${#COMP_LINE}"
        local command="${words[1]}"
        if [[ "${last}" -lt 2 || "${command}" = @(\(commandWords.joined(separator: "|"))) ]]; then
            __vpnlint_named "${words[0]}" "${words[last]}" "${words[last - 1]}"
            offered=("${COMPREPLY[@]}")
        fi
        if [[ "${command}" != @(\(commandWords.joined(separator: "|"))) ]]; then
            COMPREPLY=()
            COMP_WORDS=("${words[0]}" lint "${words[@]:1}")
            COMP_CWORD="$((last + 1))"
            COMP_LINE="${COMP_WORDS[*]}"
            COMP_POINT="${#COMP_LINE}"
            __vpnlint_named "${words[0]}" "${words[last]}" "${COMP_WORDS[last]}"
            offered+=("${COMPREPLY[@]}")
        fi
        COMPREPLY=("${offered[@]#"${cut}"}")
        # A word goes on after these; as the name of a file it would be quoted and ended.
        [[ "${COMPREPLY[0]}" = *[=:] ]] && compopt +o filenames -o nospace 2>/dev/null
        return 0
    }

    """
  }

  private static var zsh: String {
    """
    _vpnlint() {
        local -i ret=1
        local -ar known=(\(commandWords.joined(separator: " ")))
        if [[ "${CURRENT}" -le 2 || "${known[(Ie)${words[2]}]}" -gt 0 ]]; then
            __vpnlint_named "${@}" && ret=0
        fi
        if [[ "${known[(Ie)${words[2]}]}" -eq 0 ]]; then
            words=("${words[1]}" lint "${(@)words[2,-1]}")
            ((CURRENT++))
            __vpnlint_named "${@}" && ret=0
        fi
        return "${ret}"
    }

    """
  }

  private static var fish: String {
    """
    function __vpnlint_tokens_with_command -S
        set -l tokens (__vpnlint_tokens -pc)
        if set -q tokens[2]
            contains -- $tokens[2] \(commandWords.joined(separator: " ")); or set tokens $tokens[1] lint $tokens[2..]
        else if string match -q -- '* lint' $expected_commands
            set -a tokens lint
        end
        printf %s\\\\n $tokens
    end

    """
  }
}
