import Foundation
import Linting
import Synchronization
import TestSupport
import Testing

@testable import vpnlint

/// Many files at once: in the order of their paths, none waiting for a slow one, and forgotten when they are reported.
struct ManyFilesTests {
  @Test(arguments: [1, 2, 3, 16, nil] as [Int?])
  func `results keep their order`(_ workers: Int?) {
    let count = 200
    let order = Parallel.order(ofSizes: (0..<count).map { $0 % 50 == 49 ? 100_000 : 1 })
    #expect(order.prefix(5) == [49, 99, 149, 199, 0])
    let results = Parallel.compactMap(order, workers: workers) { $0 % 3 == 0 ? nil : $0 }
    #expect(results == (0..<count).filter { $0 % 3 != 0 })
  }

  @Test func `a slow one holds up nobody`() {
    let done = Mutex(0)
    let others = DispatchSemaphore(value: 0)
    let results = Parallel.compactMap(Array(0..<100), workers: 2) { index in
      guard index > 0 else {
        // The first waits for all others, which the second worker must do alone.
        #expect(others.wait(timeout: .now() + 30) == .success)
        return index
      }
      if done.withLock({
        $0 += 1; return $0
      }) == 99 {
        others.signal()
      }
      return index
    }
    #expect(results == Array(0..<100))
  }

  @Test func `large ones come first, the rest as it stands`() {
    #expect(Parallel.order(ofSizes: []) == [])
    #expect(Parallel.order(ofSizes: [5]) == [0])
    #expect(Parallel.order(ofSizes: [0, 0, 0]) == [0, 1, 2])
    #expect(Parallel.order(ofSizes: Array(repeating: 7, count: 20)) == Array(0..<20))
    #expect(Parallel.order(ofSizes: [1, 1, 900, 1, 1000, 900]) == [4, 2, 5, 0, 1, 3])
  }

  @Test func `texts come out in order, as soon as they can`() throws {
    let pipe = Pipe()
    let output = OrderedOutput(
      Output(descriptor: pipe.fileHandleForWriting.fileDescriptor), separator: "|")
    func written() -> String { String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self) }
    output.put("c", at: 2)
    output.put("", at: 1)
    output.put("a", at: 0)
    #expect(written() == "a|c")
    output.put("", at: 4)
    output.put("f", at: 5)
    output.put("d", at: 3)
    #expect(written() == "|d|f")
    #expect(output.failure == nil)
  }

  @Test(arguments: ["text", "oneline"])
  func `what is done is printed while a later file is slow`(_ format: String) throws {
    let place = try Workplace(["a.yaml": Run.faulty, "c.yaml": Run.faulty])
    try place.shell("mkfifo b.yaml")
    let process = try place.process("exec $vpnlint -q --jobs 2 --format \(format) a.yaml b.yaml c.yaml")
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let first = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    #expect(first.contains("a.yaml:6:5") && !first.contains("c.yaml"), "\(first)")
    try place.shell("cat a.yaml >b.yaml")
    let rest = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(rest.matches(of: /[bc]\.yaml:6:5/).map { String($0.output) } == ["b.yaml:6:5", "c.yaml:6:5"], "\(rest)")
    #expect((first + rest).matches(of: /VPN201/).count == 3)
  }

  @Test(arguments: ["text", "plain", "oneline", "json", "sarif", "junit", "github", "gitlab", "markdown"])
  func `memory is that of the files that are looked at`(_ format: String) throws {
    let subnets = (0..<2000).map { "{name: s\($0), ipv4_cidr_block: 10.\($0 / 250).\($0 % 250).0/24}" }
    let model = """
      vpc: {subnets: [\(subnets.joined(separator: ",\n  "))]}
      vpn_servers:
        - {name: client-vpn, client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, routes: [{destination: 10.0.0.0/8}]}
      """
    let place = try Workplace()
    for number in 0..<24 {
      try place.write(model, to: "few/net-\(number % 4).yaml")
      try place.write(model, to: "many/net-\(number).yaml")
    }
    func peak(_ folder: String) throws -> Int {
      try Program.peakMemory([
        "--jobs", "2", "--format", format, "--skip", "route-wider-than-vpc", place.folder.path() + folder,
      ])
    }
    let (few, many) = (try peak("few"), try peak("many"))
    // JSON has a row for every subnet, which is the report itself.
    let most = Double(few) * (format == "json" ? 2 : 1.25)
    #expect(Double(many) < most, "\(few >> 10) KiB for 4 files, \(many >> 10) KiB for 24")
  }
}
