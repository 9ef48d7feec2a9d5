#!/bin/sh
# Builds and runs the package that uses vpnlint as a library, and compares what it prints:
#
#   check-library.sh [SWIFT]
#
# It has a build folder of its own: in a shared one SwiftPM may take the package for built when it is not.
set -eu
swift=${1:-swift}
cd "$(dirname "$0")/../.."

consumer=Tests/LibraryConsumer
"$swift" build --package-path $consumer --scratch-path .build-library
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
"$("$swift" build --package-path $consumer --scratch-path .build-library --show-bin-path)/LibraryConsumer" >"$printed"
diff -u $consumer/output.txt "$printed"
echo "the package of the README builds, and prints what it must"
