import SourceText
import SourceTree
import TestSupport

/// The readers of YAML and of JSON: every node lies in the text and in the node that holds it.
enum TreeTarget {
  static func run(_ bytes: [UInt8]) {
    for name in ["a.yaml", "a.json"] {
      let tree = SourceTree.read(SourceFile(name: name, bytes: bytes))
      let fault = tree.fault
      expect(fault == nil, "\(name): \(fault ?? "")")
    }
  }
}
