#!/bin/sh
# Writes the file of a new rule and its line in the catalogue:
#
#   new-rule.sh NAME GROUP CODE        such as: new-rule.sh server-port-in-use 7 VPN706
#
# The file compiles; its example fails until the rule is written.
set -eu

fail() {
  echo "new-rule: $1" >&2
  exit 2
}

[ $# -eq 3 ] || fail "usage: make new-rule NAME=kebab-case-name GROUP=2 CODE=VPN224"
name=$1 group=$2 code=$3
cd "$(dirname "$0")/../.."

case $group in
  0) folder=Shape ;;
  1) folder=Addressing ;;
  2) folder=Routes ;;
  3) folder=Client ;;
  4) folder=VPCRouting ;;
  5) folder=Filters ;;
  6) folder=DNSAndServices ;;
  7) folder=Server ;;
  8) folder=ObservedState ;;
  9) folder=Change ;;
  *) fail "GROUP is a digit, 0 to 9; the groups are in Sources/LintRules/RuleInfo.swift" ;;
esac
echo "$name" | grep -Eq '^[a-z][a-z0-9]*(-[a-z0-9]+)+$' || fail "NAME is kebab case, such as route-host-bits"
echo "$code" | grep -Eq "^VPN$group[0-9][0-9]\$" || fail "CODE is VPN$group and two digits, such as VPN${group}42"
if grep -rqE "name: \"$name\"|code: \"$code\"" Sources/LintRules; then fail "a rule has this name or code already"; fi

type=$(echo "$name" | awk -F- '{ for (i = 1; i <= NF; i++) printf "%s%s", toupper(substr($i, 1, 1)), substr($i, 2) }')
file=Sources/LintRules/$folder/$type.swift
[ ! -e "$file" ] || fail "$file exists"
mkdir -p "Sources/LintRules/$folder"

cat >"$file" <<SWIFT
import ClientVPN
import Forwarding
import SourceText

/// Say in one sentence what the rule finds.
enum $type: ModelRule {
  static let info = RuleInfo(
    code: "$code", name: "$name", severity: .error,
    summary: "say what is wrong, in lower case and without a final period",
    why: "Say what clients notice, and why.",
    repair: "Say what to do.",
    source: "name the document and section of the fact",
    examples: [
      .bad(
        "say what it shows",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: ⟦client-vpn⟧
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "say what it shows",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers where server.asksForAFinding { report(wrong(server)) }
  }

  private static func wrong(_ server: VPNServer) -> Finding {
    finding("a fact about \(server.inWords)", Cause(server.path, "$name"), at: server.name.span, "what is here")
  }
}

extension VPNServer {
  /// Say what the rule asks.
  fileprivate var asksForAFinding: Bool { false }
}
SWIFT

# The catalogue is in the order of the codes: the line goes before the first rule with a higher one.
catalogue=Sources/LintRules/RuleCatalog.swift
next=$(grep -rhoE 'code: "VPN[0-9]{3}"' Sources/LintRules | grep -oE 'VPN[0-9]{3}' | sort | awk -v code="$code" '$0 > code { print; exit }')
if [ -n "$next" ]; then
  before=$(basename "$(grep -rlE "code: \"$next\"" Sources/LintRules)" .swift)
  awk -v line="    $type.self," -v before="    $before.self," '$0 == before { print line } { print }' "$catalogue" >"$catalogue.new"
else
  awk -v line="    $type.self," '/^  \]$/ && !done { print line; done = 1 } { print }' "$catalogue" >"$catalogue.new"
fi
mv "$catalogue.new" "$catalogue"

echo "$file and its line in $catalogue are written."
echo "Next: write the rule and its examples, run 'make test', then 'make golden' for the table of the README."
