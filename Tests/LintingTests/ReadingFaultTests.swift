import Foundation
import TestSupport
import Testing

/// What is among the paths and cannot be read: it is named with the reason, the rest is reported, and nothing hangs.
struct ReadingFaultTests {
  /// Whether a report of one line holds the finding of `net.yaml`.
  private func isReported(_ text: String) -> Bool {
    text.contains(/(?m)^(\.\/)?net\.yaml:6:5: error\[VPN201\]/)
  }

  @Test(.enabled(if: Workplace.obeysPermissions, "root, and no setpriv to lay its privilege down"))
  func `what may not be read is named, the others are reported`() throws {
    let place = try Workplace([
      "net.yaml": Run.faulty, "secret.yaml": Run.faulty, "closed/net.yaml": Run.faulty,
      ".vpnlint.yaml": "fail_on: error",
    ])
    try place.shell("chmod 0 secret.yaml closed")
    let (text, status) = try place.shell("$user $vpnlint -q --format oneline .")
    #expect(isReported(text) && status == 2, "\(text)")
    #expect(
      text.hasSuffix(
        "\nvpnlint: ./closed: Permission denied\nvpnlint: ./secret.yaml: Permission denied\n"), "\(text)")
    try place.shell("chmod 0 .vpnlint.yaml")
    let settings = try place.shell("$user $vpnlint -q --format oneline net.yaml")
    #expect(settings.text.hasSuffix("\nvpnlint: .vpnlint.yaml: Permission denied\n") && settings.status == 2)
  }

  @Test(.enabled(if: Workplace.obeysPermissions, "root, and no setpriv to lay its privilege down"))
  func `a folder that lets nobody into those below is told`() throws {
    let place = try Workplace(["net.yaml": Run.faulty, "d/sub/net.yaml": Run.faulty, "d/note.txt": ""])
    try place.shell("chmod 644 d")
    let (text, status) = try place.shell("$user $vpnlint -q --format oneline .")
    #expect(isReported(text) && status == 2, "\(text)")
    #expect(text.hasSuffix("\nvpnlint: ./d/sub: Permission denied\n") && !text.contains("note"), "\(text)")
    #expect(try place.shell("$user $vpnlint import d").text == "vpnlint: d/sub: Permission denied\n")
  }

  @Test func `a folder with a path that is too long is told`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let name = String(repeating: "n", count: 250)
    let (text, status) = try place.shell(
      """
      (for level in $(seq 20); do mkdir \(name); cd -P \(name); done; echo >deep.yaml)
      $vpnlint -q --format oneline . ; s=$?; rm -r n*; exit $s
      """)
    #expect(isReported(text) && text.hasSuffix("\(name): File name too long\n") && status == 2)
  }

  @Test(arguments: [".", "net.yaml", "sub/net.yaml"])
  func `settings that lead nowhere, or are a folder, are told`(_ path: String) throws {
    let place = try Workplace(["net.yaml": Run.faulty, "sub/net.yaml": Run.faulty])
    try place.shell("ln -s none.yaml .vpnlint.yaml")
    let dangling = try place.shell("$vpnlint -q --format oneline \(path)")
    #expect(dangling.text.contains("VPN201"))
    #expect(dangling.text.hasSuffix("vpnlint: .vpnlint.yaml: is a link to something that is not there\n"))
    #expect(dangling.text.matches(of: /vpnlint:\ /).count == 1 && dangling.status == 2)
    try place.shell("rm .vpnlint.yaml; mkdir .vpnlint.yaml")
    let folder = try place.shell("$vpnlint -q --format oneline \(path)")
    #expect(folder.text.hasSuffix("vpnlint: .vpnlint.yaml: Is a directory\n") && folder.status == 2)
    #expect(try place.shell("rmdir .vpnlint.yaml; $vpnlint -q --format oneline \(path)").status == 1)
  }

  @Test func `an empty path is told, the others are reported`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let (text, status) = try place.shell("$vpnlint -q --format oneline '' net.yaml")
    #expect(isReported(text) && text.hasSuffix("\nvpnlint: an empty path: No such file or directory\n") && status == 2)
    #expect(try place.shell("$vpnlint routes ''") == ("vpnlint: an empty path: No such file or directory\n", 2))
  }

  @Test(.disabled(if: Workplace.isSanitized, "sanitizers take more address space than the test allows"))
  func `a file over the limit is not read first`() throws {
    let place = try Workplace()
    // The file has no blocks on the disk; reading it would take seconds and half a gigabyte.
    try place.shell("truncate -s 100G net.yaml")
    for arguments in ["net.yaml", "- <net.yaml"] {
      let (text, status) = try place.shell("ulimit -v 4000000; timeout 5 $vpnlint -q --max-size 2G \(arguments)")
      #expect(text.contains(": larger than the 2048 MiB that vpnlint reads; divide it") && status == 2, "\(text)")
    }
    let memory = try Program.peakMemory([place.folder.appending(path: "net.yaml").path()])
    // The system counts what the tests themselves had when they began the program; the limit is 512 MiB.
    #expect(memory < 500 << 20)
    let rest = try place.shell(
      "printf '%s' '\(Run.faulty)' >net.yaml; { head -c 4; $vpnlint -q --max-size 1K -; } <net.yaml")
    #expect(rest.status == 1, "\(rest.text)")
  }

  @Test(
    .enabled(if: Workplace.mounts, "no right to mount a file system"),
    .disabled(if: Workplace.isSanitized, "sanitizers need /proc"))
  func `arguments that the system does not tell are not taken for none`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let (text, status) = try place.shell("unshare -m sh -c 'mount -t tmpfs none /proc; $vpnlint net.yaml'")
    #expect(text == "vpnlint: the arguments cannot be read; the system tells them in /proc/self/cmdline\n")
    #expect(status == 2)
  }

  @Test func `pipes, sockets and devices below a folder are passed by`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    try place.shell("mkfifo pipe.yaml; ln -s /dev/zero zero.yaml; ln -s pipe.yaml link.yaml")
    let (text, status) = try place.shell("$vpnlint -q --format oneline .")
    #expect(isReported(text) && text.split(separator: "\n").count == 1 && status == 1, "\(text)")
  }

  @Test func `a pipe nobody writes to, a socket and a device are named`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let socket = try #require(Self.bind(place.folder.appending(path: "socket").path()))
    defer { close(socket) }
    try place.shell("mkfifo pipe")
    let (text, status) = try place.shell("$vpnlint -q --format oneline pipe socket /dev/zero net.yaml")
    #expect(isReported(text) && status == 2)
    #expect(
      text.hasSuffix(
        """

        vpnlint: pipe: is a pipe, and nobody writes to it
        vpnlint: socket: is a socket, not a file
        vpnlint: /dev/zero: is a device, not a file

        """), "\(text)")
    #expect(try place.shell("$vpnlint routes /dev/tty").status == 2)
    #expect(try place.shell("mkdir empty; $vpnlint routes empty").status == 2)
    #expect(try place.shell("$vpnlint --config /dev/null -q --format oneline net.yaml").status == 1)
  }

  private static func bind(_ path: String) -> Int32? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    #if canImport(Glibc)
      let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let socket = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #if canImport(Glibc)
          unsafe Glibc.bind(socket, $0, size)
        #else
          unsafe Darwin.bind(socket, $0, size)
        #endif
      }
    }
    return result == 0 ? socket : nil
  }

  @Test(arguments: ["cat net.yaml >pipe", "{ sleep 7; cat net.yaml; } >pipe", "{ sleep 1; cat net.yaml >pipe; }"])
  func `a pipe that somebody writes to is read, however slow`(_ writer: String) throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let (text, status) = try place.shell(
      "mkfifo pipe; \(writer) & $vpnlint -q --format oneline pipe; s=$?; wait; exit $s")
    #expect(text.hasPrefix("pipe:6:5: error[VPN201]") && status == 1, "\(text)")
  }

  @Test func `links in circles end`() throws {
    let place = try Workplace(["a/net.yaml": Run.faulty])
    try place.shell("ln -s . a/loop; ln -s ../a a/b; ln -s self.yaml self.yaml; ln -s nowhere dangling.yaml")
    let (text, status) = try place.shell("$vpnlint -q --format oneline . a a/loop a/b")
    #expect(text.matches(of: /VPN201/).count == 1 && status == 2, "\(text)")
    #expect(
      text.hasSuffix(
        """

        vpnlint: ./dangling.yaml: is a link to something that is not there
        vpnlint: ./self.yaml: Too many levels of symbolic links

        """), "\(text)")
  }

  @Test func `folders may be nested deeper than files may be open`() throws {
    let place = try Workplace()
    let (text, status) = try place.shell(
      """
      for level in $(seq 100); do mkdir d; cd -P d; done; printf '%s' '\(Run.faulty)' >net.yaml; cd ..
      ulimit -n 32; $vpnlint -q --format oneline "$(cd "\(place.folder.path())" && pwd)"
      """)
    #expect(text.matches(of: /VPN201/).count == 1 && status == 1, "\(text)")
  }

  @Test func `a file that vanishes is named, the others are reported`() throws {
    let place = try Workplace(["net.yaml": Run.faulty, "gone.yaml": Run.faulty])
    // The pipe holds the run up between finding the files and reading the next one.
    let (text, status) = try place.shell(
      """
      mkfifo pipe; { rm gone.yaml; cat net.yaml; } >pipe &
      $vpnlint -q --jobs 1 --format oneline pipe gone.yaml net.yaml
      """)
    #expect(text.hasPrefix("pipe:6:5") && isReported(text) && status == 2, "\(text)")
    #expect(text.hasSuffix("\nvpnlint: gone.yaml: No such file or directory\n"))
  }

  @Test func `a file that grows all the time is not judged`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    // The writer ends by itself, should this test be ended before it is.
    try place.shell("yes '# a comment' | head -c 60000000 >grows.yaml")
    let (text, status) = try place.shell(
      """
      n=0; while test $n -lt 5000000; do n=$((n + 1)); echo '# more' >>grows.yaml; done &
      $vpnlint -q --format oneline grows.yaml net.yaml; s=$?
      kill $!; exit $s
      """)
    #expect(isReported(text) && status == 2, "\(text)")
    #expect(text.contains("\nvpnlint: grows.yaml: changes while it is read; run vpnlint again when it is finished\n"))
  }

  @Test func `names may hold anything`() throws {
    let place = try Workplace()
    // Foundation refuses such names.
    for name in [#"bad-\377-\200.yaml"#, #"line\nbreak.yaml"#, #"\033[31m.yaml"#, #"plane-\364\217\272\200.yaml"#] {
      try place.shell("printf '%s' '\(Workplace.redundant)' >\"$(printf '\(name)')\"")
    }
    let (text, status) = try place.shell("$vpnlint -q --fix --format oneline .")
    #expect(status == 1)
    let lines = text.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(
      lines
        == [
          "./\\u{1B}[31m.yaml:6:5:", "./bad-\\xFF-\\x80.yaml:6:5:", "./line\\u{A}break.yaml:6:5:",
          "./plane-\u{10FE80}.yaml:6:5:",
        ].map { $0.replacing("\u{10FE80}", with: "\\xF4\\x8F\\xBA\\x80") }, "\(text)")
    #expect(try place.shell("cat ./*.yaml").text == String(repeating: Workplace.mended, count: 4))
    let named = try place.shell("$vpnlint -q --format json \"$(printf 'bad-\\377-\\200.yaml')\"")
    #expect(named.status == 1 && named.text.contains(#""file": "bad-\\xFF-\\x80.yaml""#))
    let missing = try place.shell("$vpnlint \"$(printf 'none-\\377\\n')\"; $vpnlint routes \"$(printf 'none-\\377')\"")
    #expect(
      missing.text == """
        vpnlint: none-\\xFF: No such file or directory
        vpnlint: none-\\xFF: No such file or directory

        """)
    let folder = try place.shell(
      """
      d="$(printf 'd-\\377')"; mkdir "$d"; cp line* "$d"; cd "$d"; printf 'fail_on: never' >.vpnlint.yaml
      $vpnlint -q --format oneline --report "json:$(printf 'r-\\377')" .
      """)
    #expect(folder.text.hasPrefix("./line\\u{A}break.yaml:6:5:") && folder.status == 0, "\(folder.text)")
    #expect(try place.shell("ls d-*/r-* | wc -l").text.contains("1"))
  }
}
