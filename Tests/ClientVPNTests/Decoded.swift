import ClientVPN
import SourceText
import SourceTree

/// A model file and what the decoder makes of its first document.
struct Decoded {
  let file: SourceFile
  let model: Model

  init(_ text: String, json: Bool = false) { self.init(bytes: Array(text.utf8), json: json) }

  init(bytes: [UInt8], json: Bool = false) {
    file = SourceFile(name: json ? "model.json" : "model.yaml", bytes: bytes)
    let tree = SourceTree.read(file)
    model = tree.documents.first.map { Decoder.model(of: $0, in: tree) } ?? Model(span: .beginning(ofFile: 0))
  }

  /// A file with a small VPC and a server with more keys.
  static func server(_ keys: String) -> Decoded {
    Decoded(
      """
      vpc: {subnets: [{name: app, id: s-1, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
      vpn_servers:
        - name: client-vpn
          client_ip_pool: 192.168.252.0/22
          \(keys.split(separator: "\n").joined(separator: "\n    "))

      """)
  }

  /// A file with more keys in its VPC.
  static func vpc(_ keys: String) -> Decoded {
    Decoded(
      """
      vpc:
        \(keys.split(separator: "\n").joined(separator: "\n  "))
      vpn_servers: [{name: client-vpn, client_ip_pool: 192.168.252.0/22}]

      """)
  }

  var server: VPNServer { model.servers[0] }
  var problems: [ModelProblem] { model.problems }
  /// The text of the places of the problems.
  var places: [String] { problems.map { file.text($0.span) } }

  func text(_ span: Span?) -> String? { span.map(file.text) }
}
