/// Where the lines of a text begin and end, found once: an edit asks for those around it, and a line can be as long as the
/// whole text.
struct TextLines {
  private let bytes: [UInt8]
  /// Where the line breaks begin, ascending.
  private let breaks: [UInt32]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var breaks: [UInt32] = []
    var index = LineBreak.next(in: bytes, from: 0)
    while index < bytes.count {
      breaks.append(UInt32(index))
      index = LineBreak.next(in: bytes, from: index + LineBreak.length(in: bytes, at: index))
    }
    self.breaks = breaks
  }

  /// Where the next break at or after `index` begins, or the text ends.
  func end(from index: Int) -> Int {
    let next = breaks.partitioned { $0 >= index }
    return next < breaks.count ? Int(breaks[next]) : bytes.count
  }

  /// Where the line of `index` begins, after the byte order mark if it is the first.
  func start(of index: Int) -> Int {
    let next = breaks.partitioned { Int($0) + LineBreak.length(in: bytes, at: Int($0)) > index }
    guard next > 0 else { return bytes.starts(with: Encoding.mark) ? min(Encoding.mark.count, index) : 0 }
    return Int(breaks[next - 1]) + LineBreak.length(in: bytes, at: Int(breaks[next - 1]))
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first position whose element fulfils a condition that holds for all elements behind it too.
  func partitioned(where belongsBehind: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
