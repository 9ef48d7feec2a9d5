#!/bin/sh
# Times other linters beside vpnlint, on files of the same sizes in one run:
#
#   sh Tests/Benchmarks/peers.sh VPNLINT        (make bench-peers builds the binary first)
#
# ryl and yamllint check the layout of YAML, check-jsonschema checks the same models against vpnlint's schema, and
# cfn-lint checks CloudFormation templates with as many subnets. What is not installed comes from PyPI into an
# environment that is thrown away. Times are medians of whole processes; each peer has vpnlint beside it, A B A B.
#
#   BENCH_RUNS   timed runs of what is fast (9); what takes longer than ten seconds is run once
#   BENCH_LIMIT  seconds after which a peer is stopped (120)
#
# Exit status: 0 ahead of ryl on all sizes, 1 not, 2 nothing could be measured.

set -eu
LC_ALL=C
export LC_ALL

runs=${BENCH_RUNS:-9}
limit=${BENCH_LIMIT:-120}

fail() {
  echo "bench-peers: $*" >&2
  exit 2
}

test $# -eq 1 || fail "usage: peers.sh VPNLINT"
vpnlint=$1
test -x "$vpnlint" || fail "$vpnlint is not a program; make release builds it"
here=$(dirname "$0")
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vpnlint-peers.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 2' HUP INT TERM

# --- programs

peers='ryl yamllint check-jsonschema cfn-lint'
missing=
for peer in $peers; do
  command -v "$peer" >/dev/null 2>&1 || missing="$missing $peer"
done
if test -n "$missing"; then
  echo "bench-peers: installing$missing from PyPI"
  # Unquoted: several names.
  # shellcheck disable=SC2086
  { python3 -m venv "$scratch/venv" && "$scratch/venv/bin/pip" install --quiet $missing; } >"$scratch/log" 2>&1 ||
    echo "bench-peers: not all could be installed: $(tail -n 1 "$scratch/log")" >&2
  PATH=$scratch/venv/bin:$PATH
fi
for CC in "${CC:-cc}" clang gcc; do
  if command -v "$CC" >/dev/null 2>&1; then break; fi
done
"$CC" -std=c11 -O2 -o "$scratch/measure" "$here/measure.c" || fail "there is no C compiler here"

# --- files: one that people write, a thousand of them, ten megabytes

model() { awk -v subnets="$1" -v missing=0 -f "$here/model.awk" || fail "model.awk failed"; }

template() { # SUBNETS
  echo 'AWSTemplateFormatVersion: "2010-09-09"'
  echo 'Resources:'
  echo '  Network: {Type: "AWS::EC2::VPC", Properties: {CidrBlock: 10.0.0.0/8}}'
  awk -v subnets="$1" 'BEGIN {
    for (i = 0; i < subnets; i++)
      printf "  Subnet%d:\n    Type: AWS::EC2::Subnet\n    Properties: {VpcId: !Ref Network, CidrBlock: 10.%d.%d.%d/28}\n", \
        i, int(i * 16 / 65536) % 256, int(i * 16 / 256) % 256, i * 16 % 256
  }'
}

many() { # FILE: as many copies of it
  folder=${1%.yaml}-many
  mkdir "$folder"
  n=0
  while test $n -lt 1000; do
    n=$((n + 1))
    cp "$1" "$folder/$n.yaml"
  done
}

model 3 >"$scratch/model.yaml"
model 70000 >"$scratch/model-big.yaml"
template 3 >"$scratch/template.yaml"
template 400 >"$scratch/template-big.yaml"
many "$scratch/model.yaml"
many "$scratch/template.yaml"
"$vpnlint" schema >"$scratch/schema.json"

# --- timing

# What yamllint does without settings; ryl alone has no rules. Its cache would answer for files seen before.
check() { # PEER PATH: the command line, in "$scratch/command"
  case $1 in
    ryl) echo "ryl check --no-cache -d 'extends: default' $2" ;;
    yamllint) echo "yamllint $2" ;;
    check-jsonschema) if test -d "$2"; then echo "check-jsonschema --schemafile $scratch/schema.json $2/*.yaml"; else
      echo "check-jsonschema --schemafile $scratch/schema.json $2"; fi ;;
    cfn-lint) if test -d "$2"; then echo "cfn-lint $2/*.yaml"; else echo "cfn-lint $2"; fi ;;
  esac >"$scratch/command"
}

seconds() { date +%s; }

# "PEER-MILLISECONDS VPNLINT-MILLISECONDS", the first empty if it took too long.
timed() { # PEER PEER-PATH VPNLINT-PATH
  check "$1" "$2"
  began=$(seconds)
  status=0
  timeout "$limit" sh "$scratch/command" >"$scratch/report" 2>&1 || status=$?
  took=$(($(seconds) - began))
  case $status in
    0 | 1 | 2 | 4 | 6 | 8 | 10 | 12 | 14) ;;
    124)
      echo "- -"
      return ;;
    *) fail "$1 ended with status $status: $(tail -n 1 "$scratch/report")" ;;
  esac
  times=$runs
  test $took -le 10 || times=1
  "$scratch/measure" "$times" sh "$scratch/command" -- "$vpnlint" lint "$3" >"$scratch/pair" || fail "could not time $1"
  awk '{ printf "%s ", $1 }' "$scratch/pair"
}

echo "bench-peers: timing (minutes)"
printf '%-18s %-10s %14s %14s %14s\n' 'ms, vpnlint = 1' version 'one file' '1,000 files' 'big file'
ahead=0
for peer in $peers; do
  command -v "$peer" >/dev/null 2>&1 || continue
  version=$("$peer" --version 2>&1 | awk '{ print $NF; exit }')
  case $peer in cfn-lint) kind=template ;; *) kind=model ;; esac
  row=
  for size in '' -many -big; do
    suffix=.yaml
    test "$size" != -many || suffix=
    timed "$peer" "$scratch/$kind$size$suffix" "$scratch/model$size$suffix" >"$scratch/times"
    cell=$(awk -v limit="$limit" '{ if ($1 == "-") print "over " limit " s"; else printf "%.0f (%.1f x)", $1, $1 / $2 }' "$scratch/times")
    row="$row|$cell"
    if test "$peer" = ryl && ! awk '{ exit !($1 == "-" || $1 > $2) }' "$scratch/times"; then ahead=1; fi
  done
  echo "$peer|$version$row" | awk -F '|' '{ printf "%-18s %-10s %14s %14s %14s\n", $1, $2, $3, $4, $5 }'
done
echo
echo "Big is 70,000 subnets and 77,000 routes (11 MB), for cfn-lint a template of 400 subnets (36 kB)."
test $ahead -eq 0 || echo "bench-peers: ryl was faster on one of the sizes" >&2
exit $ahead
