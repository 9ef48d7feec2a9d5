import ClientVPN
import SourceText

/// What a transit gateway joins, by the API's `network_type` (IBM Transit Gateway API, TransitGatewayConnection).
enum TransitWay {
  /// What a model calls the way there.
  static func name(ofType type: String) -> String {
    switch type {
    case "directlink": "direct_link"
    case "classic": "classic"
    default: "transit_gateway"
    }
  }

  /// Nothing but the connection is known.
  static func gap(_ name: String, _ type: String, at place: Span) -> ImportGap {
    ImportGap(
      "networks/\(name)", "cidrs",
      "the ranges behind transit connection `\(name)`, network type `\(type)`, are not in the input",
      "write them as `cidrs` of the network: until then what lies at addresses where nothing is known is undetermined",
      at: place)
  }
}
