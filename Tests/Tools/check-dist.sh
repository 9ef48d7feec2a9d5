#!/bin/sh
# Unpacks a tarball of `make dist` and tries what is in it:
#
#   check-dist.sh TARBALL
#
# Manual page and completions are looked at by man and the shells that the machine has.
set -eu
tarball=$1
cd "$(dirname "$tarball")"
tarball=$(basename "$tarball")
name=${tarball%.tar.gz}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "check-dist: $1" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# Sums, beside the tarball and in it; and nothing that the sums leave out.
sha256sum --check --quiet "$tarball.sha256"
tar -xzf "$tarball" -C "$work"
root=$work/$name
sums=share/doc/vpnlint/SHA256SUMS
(cd "$root" && sha256sum --check --quiet $sums)
test "$(find "$root" -type f | wc -l)" -eq "$(($(wc -l <"$root/$sums") + 1))" || fail "$sums leaves files out"

# One owner, one date.
owners=$(tar --numeric-owner -tvzf "$tarball" | awk '{ print $2, $4, $5 }' | sort -u | wc -l)
test "$owners" -eq 1 || fail "the files differ in owner or date"

# What is below a prefix before stays as it is: a folder that is a link, and the modes of others.
! tar -tzf "$tarball" | grep -q '/$' || fail "the tarball has folders, which would take the place of those of a prefix"
occupy() {
  mkdir -p "$1/tools" "$1/share/man/man1"
  chmod 0700 "$1/share" "$1/share/man/man1"
  echo kept >"$1/tools/other"
  ln -s tools "$1/bin"
}
unchanged() {
  test -L "$1/bin" && test "$(cat "$1/bin/other")" = kept || fail "$2 replaces a link to a folder"
  for folder in share share/man/man1; do
    case $(ls -ld "$1/$folder") in drwx------*) ;; *) fail "$2 changes the mode of $folder" ;; esac
  done
  "$1/bin/vpnlint" --version >/dev/null && test -f "$1/share/man/man1/vpnlint.1" || fail "$2 installs nothing"
}
occupy "$work/unpacked"
"${TAR:-tar}" -xzf "$tarball" --strip-components=1 -C "$work/unpacked"
unchanged "$work/unpacked" "the tarball"
occupy "$work/installed"
make --no-print-directory -s -C ../.. install DESTDIR= PREFIX="$work/installed" >/dev/null
unchanged "$work/installed" "make install"

# One version everywhere.
program=$root/bin/vpnlint
version=$("$program" --version)
case $name in "vpnlint-$version-"*) ;; *) fail "$name is not named after version $version" ;; esac
network=$root/share/doc/vpnlint/samples/networks/split-subnet-without-route/network.yaml
"$program" --quiet --format sarif "$network" | grep -q "\"version\": \"$version\"" || fail "SARIF has another version than $version"
grep -q "^\.Os vpnlint $version\$" "$root/share/man/man1/vpnlint.1" || fail "the manual page has another version than $version"

# The program works, and finds what is wrong with a sample.
status=0
report=$("$program" --quiet --format oneline "$network") || status=$?
test "$status" -eq 1 || fail "the sample ends with status $status"
case $report in *"error[VPN201]"*) ;; *) fail "the sample has no VPN201" ;; esac
if has file; then
  case $(file -b "$program") in *"not stripped"*) fail "the program is not stripped" ;; esac
  case $(uname -s)/$(file -b "$program") in
    Linux/*"statically linked"* | Linux/*"static-pie linked"* | Darwin/*) ;;
    *) fail "the program is not static" ;;
  esac
fi
! grep -qaF "$(cd ../.. && pwd)/" "$program" || fail "the program names the folder that it was built in"

# What lies beside it is what the program itself writes.
"$program" schema | cmp - "$root/share/vpnlint/model.schema.json"
"$program" schema --settings | cmp - "$root/share/vpnlint/settings.schema.json"
if has mandoc; then mandoc -T lint -W warning "$root/share/man/man1/vpnlint.1"; fi
if has man; then
  warnings=$(LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l "$root/share/man/man1/vpnlint.1" 2>&1 >/dev/null) || true
  test -z "$warnings" || fail "man warns: $warnings"
fi
if has bash; then bash -n "$root/share/bash-completion/completions/vpnlint"; fi
if has zsh; then zsh -n "$root/share/zsh/site-functions/_vpnlint"; fi
if has fish; then fish -n "$root/share/fish/vendor_completions.d/vpnlint.fish"; fi
echo "$tarball is in order: version $version, $(wc -c <"$tarball" | tr -d ' ') bytes, program $(wc -c <"$program" | tr -d ' ') bytes"
