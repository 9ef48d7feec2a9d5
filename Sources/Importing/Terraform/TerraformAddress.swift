/// An address or a reference of Terraform in steps: `module.net["a"].ibm_is_subnet.app[0].id`.
struct TerraformAddress: Hashable {
  /// A name with its key, if it has one: the number of `count`, the text of `for_each`.
  struct Step: Hashable {
    let name: String
    var key: String?
  }

  private(set) var steps: [Step] = []

  /// The first two names: `each.key`.
  var beginning: String { steps.prefix(2).map(\.name).joined(separator: ".") }

  init(_ text: String) {
    var rest = text.utf8[...]
    while !rest.isEmpty {
      let name = rest.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") }
      rest = rest.dropFirst(name.count)
      if !name.isEmpty { steps.append(Step(name: String(decoding: name, as: UTF8.self))) }
      if rest.first == UInt8(ascii: "[") {
        rest = rest.dropFirst()
        let key = Self.key(&rest)
        if !steps.isEmpty { steps[steps.count - 1].key = steps[steps.count - 1].key ?? key }
      }
      if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst() }
    }
  }

  /// What a letter after a backslash stands for.
  private static func escaped(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }

  /// Reads a key up to the closing bracket.
  private static func key(_ rest: inout Substring.UTF8View) -> String {
    var key: [UInt8] = []
    if rest.first == UInt8(ascii: "\"") {
      rest = rest.dropFirst()
      while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
        key.append(byte == UInt8(ascii: "\\") ? escaped(rest.popFirst() ?? byte) : byte)
      }
    } else {
      while let byte = rest.first, byte != UInt8(ascii: "]") {
        key.append(byte)
        rest = rest.dropFirst()
      }
    }
    while let byte = rest.popFirst(), byte != UInt8(ascii: "]") {}
    return String(decoding: key, as: UTF8.self)
  }
}
