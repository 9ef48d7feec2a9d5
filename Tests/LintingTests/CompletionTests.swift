import Foundation
import IPv4Space
import Reports
import TestSupport
import Testing

/// Completion scripts in the shells they are made for; a shell that the machine lacks is passed over.
final class CompletionTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["net.yaml", "table.txt"] { try Data().write(to: folder.appending(path: name)) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  enum Shell: String, CaseIterable {
    case bash, zsh, fish

    var isInstalled: Bool { path != nil }

    var path: String? {
      ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/\(rawValue)" }
        .first(where: FileManager.default.isExecutableFile)
    }
  }

  /// A line as it is typed, and everything that is offered for its last word.
  private static let lines: [(line: String, offered: Set<String>)] = [
    ("tr", ["trace"]),
    ("--fo", ["--format"]),
    ("--format ", Set(ReportFormat.allCases.map(\.rawValue))),
    ("lint --format j", ["json", "junit"]),
    ("net.yaml --fail-on w", ["warning"]),
    ("-q ne", ["net.yaml"]),
    ("--config ne", ["net.yaml"]),
    ("--only subnet-w", ["subnet-without-server-route"]),
    ("--only VPN201,subnet-w", ["VPN201,subnet-without-server-route"]),
    ("--severity VPN201=w", ["VPN201=warning"]),
    ("explain port-ra", ["port-range"]),
    ("trace ne", ["net.yaml"]),
    ("trace net.yaml --protocol ", Set(TransportProtocol.allCases.map(\.rawValue))),
    ("observe net.yaml ta", ["table.txt"]),
    ("diff --fail-on n", ["narrowed"]),
    ("routes --os m", ["macos"]),
  ]

  @Test(arguments: Shell.allCases.filter(\.isInstalled))
  func `shells offer what can follow`(_ shell: Shell) throws {
    let everything = try offered(by: shell, for: "")
    #expect(everything.isSuperset(of: ["lint", "trace", "diff", "net.yaml"]), "\(everything)")
    #expect(!everything.contains("manual"))
    for (line, expected) in Self.lines {
      let cut =
        shell == .bash ? line.lastIndex(of: "=").map { String(line[...$0].split(separator: " ").last ?? "") } : nil
      // bash puts in what follows the `=` alone.
      let expected = Set(expected.map { $0.hasPrefix(cut ?? "") ? String($0.dropFirst(cut?.count ?? 0)) : $0 })
      #expect(try offered(by: shell, for: line) == expected, "\(line)")
    }
  }

  @Test(.enabled(if: Shell.bash.isInstalled))
  func `bash takes an equals sign for a space where an option has its value`() throws {
    #expect(try offered(by: .bash, for: "--format=j") == ["json", "junit"])
    #expect(try offered(by: .bash, for: "trace --protocol=") == ["icmp", "tcp", "udp"])
    #expect(try offered(by: .bash, for: "--severity port-ra") == ["port-range="])
    #expect(try offered(by: .bash, for: "--report s") == ["sarif:"])
  }

  private func offered(by shell: Shell, for line: String) throws -> Set<String> {
    let script = try Program.run(["--generate-completion-script", shell.rawValue], in: folder)
    #expect(script.status == 0)
    let scripts = folder.appending(path: ".scripts")
    try FileManager.default.createDirectory(at: scripts, withIntermediateDirectories: true)
    try Data(script.text.utf8).write(to: scripts.appending(path: "_vpnlint"))
    try Data(Self.harness(shell).utf8).write(to: scripts.appending(path: "harness"))
    let process = Process()
    process.executableURL = URL(filePath: try #require(shell.path))
    process.arguments =
      (shell == .fish ? ["--no-config"] : []) + [scripts.appending(path: "harness").path(), scripts.path(), line]
    process.currentDirectoryURL = folder
    let program = try #require(Program.location).deletingLastPathComponent().path()
    process.environment = ["PATH": "\(program):/usr/bin:/bin", "HOME": folder.path(), "TERM": "dumb", "LC_ALL": "C"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Set(text.split(whereSeparator: \.isNewline).map(String.init))
  }

  /// A script of the shell that prints what is offered for a line: its arguments are the folder of `_vpnlint` and the line.
  private static func harness(_ shell: Shell) -> String {
    switch shell {
    case .bash:
      // Words as readline parts them.
      #"""
      source "$1/_vpnlint"
      line="${2//=/ = }"
      read -ra COMP_WORDS <<<"vpnlint $line"
      [[ -z "$2" || "$2" = *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMP_LINE="vpnlint $2"
      COMP_POINT=${#COMP_LINE}
      last="${COMP_WORDS[COMP_CWORD]}"
      [[ "$last" = = ]] && last=
      _vpnlint vpnlint "$last" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\n' "${COMPREPLY[@]}"
      """#
    case .fish:
      // Without a terminal fish does not tell where the cursor is.
      #"""
      source "$argv[1]/_vpnlint"
      functions -c __vpnlint_tokens __tokens
      function __vpnlint_tokens
        contains -- -tC $argv; and echo 0; or __tokens $argv
      end
      complete -C "vpnlint $argv[2]" | string replace -r '\t.*' ''
      """#
    case .zsh:
      // zsh completes at a terminal alone: one of its own types the line, and tells what is added to the list.
      #"""
      zmodload zsh/zpty
      zpty z zsh -f -i
      () {
        zpty -w z "source $1"
        local line
        repeat 6; do zpty -r z line; [[ $line == ok* ]] && return; done
        exit 2
      } =(cat <<SETUP
      PROMPT=
      fpath=($1 \$fpath)
      autoload -Uz compinit
      compinit -u -D
      bindkey '^I' complete-word
      mark() { echo -E - \$'\0' }
      compprefuncs=(mark)
      comppostfuncs=(mark exit)
      zstyle ':completion:*' insert-tab false
      compadd() {
        if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "\$@"; return; fi
        local -a hits
        builtin compadd -A hits "\$@"
        (( \$#hits )) && print -rl -- \$hits
        builtin compadd "\$@"
      }
      echo ok
      SETUP
      )
      zpty -w z "vpnlint $2"$'\t'
      integer marks=0
      while zpty -r z; do :; done | while IFS= read -r line; do
        if [[ $line == *$'\0\r' ]]; then (( marks++ )) && exit 0 || continue; fi
        (( marks )) && print -r -- ${line%$'\r'}
      done
      """#
    }
  }
}
