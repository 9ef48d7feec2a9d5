import Foundation
import Testing

/// What happens to files and reports when writing goes wrong: nothing is lost, nothing is half written, and it is said.
struct WritingFaultTests {
  private static let needsPermissions = Comment("root, and no setpriv to lay its privilege down")

  // MARK: Standard output

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: ["", "--format json", "--format oneline", "--fix --diff"])
  func `a full disk under the report is told`(_ options: String) throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let (text, status) = try place.shell("$vpnlint -q \(options) --unsafe-fixes --diff net.yaml 2>&1 >/dev/full")
    #expect(text == "vpnlint: standard output cannot be written: No space left on device\n")
    #expect(status == 2)
  }

  @Test(arguments: ["routes net.yaml", "import net.yaml", "schema", "rules", "init", "diff net.yaml net.yaml"])
  func `the other commands tell it too`(_ command: String) throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let place = try Workplace(["net.yaml": Run.faulty])
    let (text, status) = try place.shell("$vpnlint \(command) 2>&1 >/dev/full")
    #expect(text == "vpnlint: standard output cannot be written: No space left on device\n")
    #expect(status == 2)
  }

  @Test(arguments: ["--help", "--version", "lint --help", "help routes", "--generate-completion-script bash"])
  func `what the program says of itself tells it too`(_ command: String) throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let place = try Workplace()
    #expect(
      try place.shell("$vpnlint \(command) 2>&1 >/dev/full")
        == ("vpnlint: standard output cannot be written: No space left on device\n", 2))
    #expect(
      try place.shell("$vpnlint \(command) >&-")
        == ("vpnlint: standard output cannot be written: Bad file descriptor\n", 2))
  }

  @Test func `an output that is closed is told, and no file is taken for it`() throws {
    let place = try Workplace(["net.yaml": Workplace.redundant])
    let (text, status) = try place.shell("$vpnlint -q --fix --report json:report.json net.yaml >&-")
    #expect(text == "vpnlint: standard output cannot be written: Bad file descriptor\n" && status == 2)
    #expect(try place.read("net.yaml") == Workplace.mended)
    #expect(try place.read("report.json").hasPrefix("{\n") && place.read("report.json").hasSuffix("}\n"))
    #expect(try place.shell("$vpnlint --fix net.yaml >&- 2>&-") == ("", 2))
    #expect(try place.shell("$vpnlint - <&-").text == "vpnlint: <stdin>: Bad file descriptor\n")
  }

  @Test(arguments: ["", "--format json", "--format oneline"])
  func `a reader that leaves is no failure`(_ options: String) throws {
    let place = try Workplace()
    for number in 0..<50 { try place.write(Run.faulty, to: "net-\(number).yaml") }
    let script = "{ $vpnlint -q --report sarif:report.sarif \(options) . ; echo \"status $?\" >&2; }"
    for reader in ["head -1", "true"] {
      let (text, _) = try place.shell("\(script) | \(reader) >first")
      #expect(text == "status 1\n")
      let report = try place.read("report.sarif")
      #expect(report.matches(of: /"ruleId"/).count == 50 && report.hasSuffix("}\n"))
      try FileManager.default.removeItem(at: place.folder.appending(path: "report.sarif"))
    }
    #expect(try place.shell("{ $vpnlint rules --format json; echo $? >&2; } | true") == ("0\n", 0))
    let twice = try place.shell(
      "{ $vpnlint -q \(options) --report json:/dev/stdout . ; echo \"status $?\" >&2; } | head -1 >first")
    #expect(twice.text == "status 1\n")
  }

  // MARK: Files

  @Test(.disabled(if: Workplace.isThreadSanitized, "the thread sanitizer maps a file that is larger than the limit"))
  func `a disk that is full leaves the file as it is`() throws {
    let long = Workplace.redundant + "\n" + String(repeating: "# a comment\n", count: 2000)
    let place = try Workplace(["net.yaml": long, "old.json": "[]"])
    // A file may not get larger than a block here, which stops it where a full disk would.
    let limit = "ulimit -f 1"
    let (text, status) = try place.shell("\(limit); $vpnlint -q --fix --format oneline net.yaml")
    #expect(text.contains("\nvpnlint: net.yaml: not fixed: File too large\n") && status == 2, "\(text)")
    // What was not mended is reported.
    #expect(text.contains("(route-redundant)"))
    let report = try place.shell("\(limit); $vpnlint -q --format oneline --report json:old.json net.yaml")
    #expect(report.text.hasSuffix("\nvpnlint: the report json is not written: old.json: File too large\n"))
    #expect(report.status == 2)
    #expect(try place.shell("\(limit); $vpnlint init new.yaml") == ("vpnlint: new.yaml: File too large\n", 2))
    #expect(try place.read("net.yaml") == long && place.read("old.json") == "[]")
    #expect(try place.names() == ["net.yaml", "old.json"])
  }

  @Test(.enabled(if: Workplace.mounts, "no right to mount a file system"))
  func `a file system that is full, or read-only, is told`() throws {
    let long = Workplace.redundant + "\n" + String(repeating: "# a comment\n", count: 3500)
    let place = try Workplace(["net.yaml": long])
    let (text, status) = try place.shell(
      """
      mkdir small; unshare -m sh -c 'mount -t tmpfs -o size=64k none small && cp net.yaml small && cd small
      $vpnlint -q --fix net.yaml 2>&1 >/dev/null; $vpnlint -q --report html:new.html net.yaml 2>&1 >/dev/null
      mount -o remount,ro . .
      $vpnlint -q --fix net.yaml 2>&1 >/dev/null; $vpnlint -q --report html:new.html net.yaml 2>&1 >/dev/null
      ls -A; cmp net.yaml ../net.yaml'
      """)
    #expect(
      text == """
        vpnlint: net.yaml: not fixed: No space left on device
        vpnlint: the report html is not written: new.html: No space left on device
        vpnlint: net.yaml: not fixed: Read-only file system
        vpnlint: the report html is not written: new.html: Read-only file system
        net.yaml

        """)
    #expect(status == 0)
  }

  @Test(.enabled(if: Workplace.obeysPermissions, needsPermissions))
  func `what the user may not write is not replaced`() throws {
    let place = try Workplace(["net.yaml": Workplace.redundant, "old.json": "[]"])
    try place.shell("chmod 444 net.yaml old.json")
    let (text, status) = try place.shell(
      "$user $vpnlint -q --fix --report json:old.json --format oneline net.yaml")
    #expect(text.contains("(route-redundant)"), "\(text)")
    #expect(text.contains("vpnlint: net.yaml: not fixed: Permission denied\n"))
    #expect(text.contains("vpnlint: the report json is not written: old.json: Permission denied\n") && status == 2)
    #expect(try place.read("net.yaml") == Workplace.redundant && place.read("old.json") == "[]")
    #expect(try place.names() == ["net.yaml", "old.json"])
  }

  @Test(.enabled(if: Workplace.obeysPermissions, needsPermissions))
  func `a folder that takes no files is told`() throws {
    let place = try Workplace(["sub/net.yaml": Workplace.redundant])
    try place.shell("chmod 555 sub")
    let fixed = try place.shell("$user $vpnlint -q --fix sub 2>&1 >/dev/null")
    #expect(
      fixed.text == """
        vpnlint: sub/net.yaml: not fixed: its folder takes no new file, which is needed to replace it: Permission denied

        """)
    #expect(fixed.status == 2)
    let report = try place.shell("$user $vpnlint -q --report json:sub/new.json sub 2>&1 >/dev/null")
    #expect(report.text == "vpnlint: the report json is not written: sub/new.json: Permission denied\n")
    #expect(report.status == 2)
    #expect(try place.read("sub/net.yaml") == Workplace.redundant)
    #expect(try place.shell("ls -A sub").text == "net.yaml\n")
  }

  @Test func `a file with further names is left as it is`() throws {
    let place = try Workplace(["net.yaml": Workplace.redundant])
    try place.shell("ln net.yaml other")
    let (text, status) = try place.shell("$vpnlint -q --fix net.yaml 2>&1 >/dev/null")
    #expect(
      text == """
        vpnlint: net.yaml: not fixed: has 2 names (hard links), and the others would keep the old text; left as it is

        """)
    #expect(status == 2)
    #expect(try place.read("net.yaml") == Workplace.redundant && place.read("other") == Workplace.redundant)
    #expect(try place.names() == ["net.yaml", "other"])
  }

  @Test func `names that leave no room for another are fixed too`() throws {
    let name = String(repeating: "n", count: 250) + ".yaml"
    let place = try Workplace([name: Workplace.redundant])
    #expect(try place.shell("$vpnlint -q --fix \(name) >/dev/null") == ("", 1))
    #expect(try place.read(name) == Workplace.mended)
  }

  @Test func `a link to what is not there yet leads to the file that is written`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    try place.shell(
      """
      mkdir in; ln -s in/real.json link.json; ln -s ../link.json in/far.json; ln -s none/real.json lost.json
      ln -s self.json self.json; ln -s base.json in/base-link.json
      """)
    #expect(try place.shell("$vpnlint -q --report json:in/far.json net.yaml >/dev/null").status == 1)
    #expect(try place.shell("$vpnlint -q --write-baseline in/base-link.json net.yaml").status == 0)
    #expect(try place.read("in/real.json").hasPrefix("{") && place.read("in/base.json").hasPrefix("{"))
    #expect(try place.shell("readlink link.json in/far.json in/base-link.json | wc -l").text.contains("3"))
    let lost = try place.shell(
      "$vpnlint -q --report json:lost.json --report html:self.json net.yaml 2>&1 >/dev/null")
    #expect(
      lost.text == """
        vpnlint: the report json is not written: lost.json: there is no folder `none`; make it first
        vpnlint: the report html is not written: self.json: Too many levels of symbolic links

        """)
    try place.shell("rm in/real.json")
    let (text, status) = try place.shell("$vpnlint -q --report json:link.json --report html:in/real.json net.yaml")
    #expect(text == "vpnlint: in/real.json: two reports cannot have one file\n" && status == 2)
  }

  // MARK: Two at once

  private static let locks = (try? Workplace().shell("flock . true").status) == 0

  @Test(.enabled(if: locks, "no program to hold a lock"))
  func `what another run replaces meanwhile is left as that run wrote it`() throws {
    let place = try Workplace(["net.yaml": Workplace.redundant, "new": "# of the other run\n" + Workplace.redundant])
    let (text, status) = try place.shell(
      """
      flock net.yaml sh -c 'touch held; sleep 2; mv new net.yaml' & while ! test -e held; do sleep 0.1; done
      $vpnlint -q --fix net.yaml 2>&1 >/dev/null; s=$?; wait; exit $s
      """)
    #expect(
      text == """
        vpnlint: net.yaml: not fixed: changed while vpnlint was at work; left as it is, run vpnlint again

        """)
    #expect(status == 2)
    #expect(try place.read("net.yaml") == "# of the other run\n" + Workplace.redundant)
    #expect(try place.names() == ["held", "net.yaml"])
  }

  @Test(.enabled(if: locks, "no program to hold a lock"))
  func `a file that stays locked is left as it is`() throws {
    let place = try Workplace(["net.yaml": Workplace.redundant])
    let (text, status) = try place.shell(
      """
      flock net.yaml sh -c 'touch held; sleep 12' >/dev/null & while ! test -e held; do sleep 0.1; done
      $vpnlint -q --fix net.yaml 2>&1 >/dev/null; s=$?; exit $s
      """)
    #expect(
      text == """
        vpnlint: net.yaml: not fixed: another program has locked it; left as it is, run vpnlint again

        """)
    #expect(status == 2)
    #expect(try place.read("net.yaml") == Workplace.redundant)
  }

  @Test func `two runs of fix lose nothing`() throws {
    let place = try Workplace(["old.yaml": Workplace.redundant])
    let (text, _) = try place.shell(
      """
      for n in $(seq 20); do
        cp old.yaml net.yaml
        $vpnlint --fix -q net.yaml >/dev/null 2>first & $vpnlint --unsafe-fixes -q net.yaml >/dev/null 2>second
        s=$?; wait
        grep -q 10.1.0.0/24} net.yaml && test $(grep -c 10.1.0.0/24 net.yaml) -gt 1 || test $s -eq 2 || echo lost
      done
      """)
    #expect(text.isEmpty, "\(text)")
  }

  // MARK: What was read

  @Test func `a report that lies below the folder is replaced by the next run`() throws {
    let place = try Workplace(["in/net.yaml": Run.faulty])
    for _ in 0..<2 {
      let (text, status) = try place.shell(
        "$vpnlint -q --report json:in/r.json --report gitlab:in/gl.json --report sarif:in/s.json in 2>&1 >/dev/null")
      #expect(text.isEmpty && status == 1, "\(text)")
    }
    try place.write("vpn_servers: [", to: "in/broken.yaml")
    let (text, status) = try place.shell("$vpnlint -q --report json:in/broken.yaml in 2>&1 >/dev/null")
    #expect(text == "vpnlint: the report json is not written: in/broken.yaml was read by this run\n" && status == 2)
  }

  @Test func `a job summary is not appended to what was read`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    try place.shell("ln net.yaml other.md; ln -s net.yaml link.md")
    for summary in ["net.yaml", "./net.yaml", "other.md", "link.md"] {
      let (text, status) = try place.shell(
        "GITHUB_STEP_SUMMARY=\(summary) $vpnlint -q --format github net.yaml 2>&1 >/dev/null")
      #expect(text == "vpnlint: the job summary is not written: \(summary) was read by this run\n" && status == 2)
    }
    #expect(try place.read("net.yaml") == Run.faulty)
  }

  @Test(.enabled(if: Workplace.mounts, "no right to mount a file system"))
  func `a job summary that finds no room is taken back`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let (text, status) = try place.shell(
      """
      mkdir small; unshare -m sh -c 'mount -t tmpfs -o size=64k none small
      echo before >small/summary; head -c 56K /dev/zero >small/filler
      for n in $(seq 60); do cp net.yaml small-$n.yaml; done
      GITHUB_STEP_SUMMARY=small/summary $vpnlint -q --format github small-*.yaml 2>&1 >/dev/null; s=$?
      cat small/summary; exit $s'
      """)
    #expect(
      text == "vpnlint: the job summary is not written: small/summary: No space left on device\nbefore\n", "\(text)")
    #expect(status == 2)
  }

  @Test func `a report replaces no further name of what was read`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    try place.shell("ln net.yaml other.json")
    let (text, status) = try place.shell("$vpnlint -q --report json:other.json . 2>&1 >/dev/null")
    #expect(text == "vpnlint: the report json is not written: other.json was read by this run\n" && status == 2)
    #expect(try place.shell("$vpnlint -q --report json:other.json net.yaml").status == 2)
    #expect(try place.read("other.json") == Run.faulty)
  }

  @Test func `a report into a pipe nobody reads from ends`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let (text, status) = try place.shell("mkfifo pipe; $vpnlint -q --report json:pipe net.yaml 2>&1 >/dev/null")
    #expect(text == "vpnlint: the report json is not written: pipe: nobody reads from it\n" && status == 2)
    #expect(
      try place.shell("cat pipe >copy & $vpnlint -q --report json:pipe net.yaml >/dev/null; wait").status == 0)
    #expect(try place.read("copy").hasSuffix("}\n"))
  }

  // MARK: Signals

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGKILL])
  func `whatever ends the program, files are the old ones or the new ones`(_ signal: Int32) throws {
    // Long enough that writing takes a while.
    let comments = "\n" + String(repeating: "# a comment that makes the file longer\n", count: 4000)
    let models = (0..<6).map { "net-\($0).yaml" }
    let beginning = ContinuousClock.now
    var whole = Duration.zero
    for part in 0..<8 {
      let place = try Workplace()
      for name in models { try place.write(Workplace.redundant + comments, to: name) }
      let process = try place.process("exec $vpnlint -q --fix --report json:report.json . >/dev/null")
      try process.run()
      if part > 0 {
        // The first run was not disturbed and tells how long one takes.
        usleep(UInt32(whole / .microseconds(1)) / 8 * UInt32(part))
        kill(process.processIdentifier, signal)
      }
      process.waitUntilExit()
      if part == 0 { whole = beginning.duration(to: .now) }
      let isEnded = process.terminationReason == .uncaughtSignal
      #expect(process.terminationStatus == (isEnded ? signal : 1))
      for name in models {
        let text = try place.read(name)
        let isNew = text == Workplace.mended + comments
        #expect(isNew || text == Workplace.redundant + comments && isEnded, "\(part)/8")
      }
      let others = try place.names().filter { !models.contains($0) }
      #expect(signal == SIGKILL || others.isEmpty || others == ["report.json"], "\(part)/8: \(others)")
      #expect(isEnded || others == ["report.json"])
      if others.contains("report.json") { #expect(try place.read("report.json").hasSuffix("}\n")) }
    }
  }

  @Test func `a signal that the caller ignores is ignored`() throws {
    let place = try Workplace(["net.yaml": Run.faulty])
    let script = """
      mkfifo pipe; trap '' HUP; $vpnlint -q pipe >report & sleep 1; kill -HUP $!; cat net.yaml >pipe; wait $!
      """
    #expect(try place.shell(script) == ("", 1))
  }
}
