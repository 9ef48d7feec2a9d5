import SourceText

extension SourceTree {
  /// Where a place lies in a JSON value, by keys and positions: `resources[3].values.name`. nil for a place outside, and
  /// for the value as a whole.
  public func jsonPath(to offset: UInt32, below root: NodeIndex) -> String? {
    var node = root
    var path = ""
    while let step = step(towards: offset, in: node) {
      node = step.value
      path += path.isEmpty && step.name.hasPrefix(".") ? String(step.name.dropFirst()) : step.name
    }
    return path.isEmpty ? nil : path
  }

  /// The child of a container that a place lies in; a key belongs to its value.
  private func step(towards offset: UInt32, in container: NodeIndex) -> (value: NodeIndex, name: String)? {
    switch kind(container) {
    case .mapping:
      for key in keys(container) {
        let value = value(ofKey: key)
        if span(key).start <= offset, offset < span(value).end { return (value, Self.step(text(key))) }
      }
    case .sequence:
      for (position, item) in items(container).enumerated() where span(item).start <= offset && offset < span(item).end
      {
        return (item, "[\(position)]")
      }
    case .scalar, .alias: break
    }
    return nil
  }

  private static func step(_ key: String) -> String {
    let isWord = key.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    return isWord && !key.isEmpty ? ".\(key)" : "[\"\(key)\"]"
  }
}
