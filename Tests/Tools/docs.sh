#!/bin/sh
# Writes the documentation of the library as a static site below .build/docs; a warning is an error.
#
#   docs.sh [SWIFT]
#
# It needs no plugin: the compiler describes the modules, and docc, which comes with it, lays the pages out.
set -eu
swift=${1:-swift}
cd "$(dirname "$0")/../.."

modules='SourceText IPv4Space ClientVPN Forwarding LintRules Linting Reports Importing'
graphs=.build/symbol-graphs

tool() {
  if command -v xcrun >/dev/null 2>&1; then xcrun --find "$1"; else echo "$(dirname "$(readlink -f "$(command -v "$swift")")")/$1"; fi
}

for module in Reports Importing; do "$swift" build --target $module; done
built=$("$swift" build --show-bin-path)
target=$("$swift" -print-target-info | sed -n 's/^ *"triple": "\(.*\)",$/\1/p' | head -n 1)
rm -rf $graphs .build/docs
mkdir -p $graphs
for module in $modules; do
  "$(tool swift-symbolgraph-extract)" -module-name $module -I "$built/Modules" -I Sources/CLibYAML -target "$target" \
    -minimum-access-level public -skip-synthesized-members -output-dir $graphs
done
"$(tool docc)" convert Sources/Documentation.docc --additional-symbol-graph-dir $graphs --output-dir .build/docs \
  --fallback-display-name vpnlint --fallback-bundle-identifier vpnlint --warnings-as-errors
echo ".build/docs/index.html"
