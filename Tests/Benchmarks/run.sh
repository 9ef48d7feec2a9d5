#!/bin/sh
# Measures a release binary of vpnlint against its budgets of speed and memory:
#
#   sh Tests/Benchmarks/run.sh VPNLINT        (make bench builds the binary first)
#
# Everything is a ratio taken in one run. Instruction counts repeat to a thousandth and decide, as does peak
# memory; wall times depend on what else the machine does and are only reported. Without valgrind there are
# no counts, and the script says so.
#
# Sizes, all from the environment:
#   BENCH_SUBNETS   subnets of the big model (70000: about 11 MB)
#   BENCH_FINDINGS  subnets without a route in the model with findings (a seventh: 10000)
#   BENCH_SCALE     smaller or bigger models for the cost per subnet and route ("1000 10000")
#   BENCH_RYL       a program of ryl, the fastest YAML linter known, to be timed against (ryl, if there is one)
#   BENCH_RUNS      timed runs on big files (15); small ones get twenty times as many
#
# Exit status: 0 all budgets kept that decide, 1 one is missed, 2 nothing could be measured.

set -eu
LC_ALL=C
# Seeded hashing would make the instruction counts differ between runs.
SWIFT_DETERMINISTIC_HASHING=1
export LC_ALL SWIFT_DETERMINISTIC_HASHING

subnets=${BENCH_SUBNETS:-70000}
findings=${BENCH_FINDINGS:-$((subnets / 7))}
scale=${BENCH_SCALE-1000 10000}
runs=${BENCH_RUNS:-15}
ryl=${BENCH_RYL:-ryl}

fail() {
  echo "bench: $*" >&2
  exit 2
}

test $# -eq 1 || fail "usage: run.sh VPNLINT"
vpnlint=$1
test -x "$vpnlint" || fail "$vpnlint is not a program; make release builds it"
here=$(dirname "$0")

scratch=$(mktemp -d "${TMPDIR:-/tmp}/vpnlint-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 2' HUP INT TERM

# --- programs and files

if test -z "${CC:-}"; then
  for CC in cc clang gcc ''; do
    test -n "$CC" || fail "there is no C compiler here (cc, clang or gcc)"
    if command -v "$CC" >/dev/null 2>&1; then break; fi
  done
fi

# Only Linux has static programs; vpnlint itself is one there.
static=
test "$(uname -s)" != Linux || static=-static

compile() { # NAME [LIBRARY FLAG...]
  program=$1
  shift
  "$CC" -std=c11 -O2 $static -o "$scratch/$program" "$here/$program.c" "$@" ||
    fail "$CC could not compile $program.c"
}

model() { # SUBNETS MISSING NAME
  awk -v subnets="$1" -v missing="$2" -f "$here/model.awk" >"$scratch/$3.yaml" || fail "model.awk failed"
}

bytes_of() { wc -c <"$scratch/$1.yaml" | tr -d ' '; }

compile empty
compile measure
# Unquoted: several flags each.
# shellcheck disable=SC2046
compile yaml-events $(pkg-config --cflags yaml-0.1) $(pkg-config --libs ${static:+--static} yaml-0.1)

cat >"$scratch/small.yaml" <<'YAML'
vpc:
  name: tokyo
  subnets:
    - {name: app, ipv4_cidr_block: 10.0.0.0/24}
    - {name: db, ipv4_cidr_block: 10.1.0.0/24}
vpn_servers:
  - name: client-vpn
    client_ip_pool: 192.168.252.0/22
    enable_split_tunneling: true
    routes:
      - {name: to-app, destination: 10.0.0.0/24, action: deliver}
      - {name: to-db, destination: 10.1.0.0/24, action: deliver}
YAML
# Many filters; the same with half the rules; the same with half the subnets.
filters() { # SUBNETS RULES-OF-AN-ACL RULES-OF-A-GROUP NAME
  awk -v subnets="$1" -v acls=500 -v aclrules="$2" -v groups=200 -v grouprules="$3" -v routes=50 \
    -f "$here/filters.awk" >"$scratch/$4.yaml" || fail "filters.awk failed"
}

filters 1000 100 50 filters
filters 1000 50 25 filters-rules
filters 500 100 50 filters-subnets
model "$subnets" 0 big
model "$subnets" "$findings" findings
for n in $scale; do model "$n" 0 "scale-$n"; done

# --- are the programs doing what is to be measured?

findings_in() {
  "$vpnlint" lint --format json "$scratch/$1.yaml" 2>/dev/null | tr ',' '\n' | grep -c '"code"' || true
}

expect_judged() { # NAME
  status=0
  "$vpnlint" lint --format json "$scratch/$1.yaml" >"$scratch/report" 2>&1 || status=$?
  test $status -le 1 || fail "vpnlint lint $1.yaml ended with status $status: $(head -n 1 "$scratch/report")"
  grep -q '"services"' "$scratch/report" || fail "vpnlint judges no service of $1.yaml"
}

expect_clean() { # NAME
  status=0
  "$vpnlint" lint "$scratch/$1.yaml" >"$scratch/report" 2>&1 || status=$?
  if test $status -ne 0; then
    head -n 12 "$scratch/report" >&2
    fail "vpnlint lint $1.yaml ended with status $status; the model must be clean to be measured"
  fi
}

expect_clean small
expect_clean big
for name in filters filters-rules filters-subnets; do
  expect_judged "$name"
done
for n in $scale; do expect_clean "scale-$n"; done
found=$(($(findings_in findings) - $(findings_in big)))
test "$found" -eq "$findings" || fail "vpnlint finds $found faults more in the model made to have $findings more"
"$scratch/yaml-events" "$scratch/big.yaml" >"$scratch/report" || fail "libyaml refuses the model"

# --- instruction counts, side by side because load does not change them

counted=no
if command -v valgrind >/dev/null 2>&1; then counted=yes; fi

count() { # NAME COMMAND [ARGUMENT...]
  log=$scratch/$1.count
  shift
  # Status 1 is findings; a run that fails leaves no count.
  valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$log" "$@" >/dev/null 2>&1 || true
}

instructions() { # NAME
  awk '/Collected *:/ { print $NF; exit }' "$scratch/$1.count" 2>/dev/null || true
}

if test $counted = yes; then
  echo "bench: counting instructions (some minutes)"
  {
    count empty "$scratch/empty"
    count small "$vpnlint" lint "$scratch/small.yaml"
    for n in filters filters-rules filters-subnets; do count "$n" "$vpnlint" lint "$scratch/$n.yaml"; done
    for n in $scale; do count "scale-$n" "$vpnlint" lint "$scratch/scale-$n.yaml"; done
    count events "$scratch/yaml-events" "$scratch/big.yaml"
    count big "$vpnlint" lint "$scratch/big.yaml"
  } &
  count findings "$vpnlint" lint "$scratch/findings.yaml"
  wait
  for name in empty small events big findings filters filters-rules filters-subnets $(for n in $scale; do echo "scale-$n"; done); do
    test -n "$(instructions "$name")" || {
      tail -n 5 "$scratch/$name.count" >&2
      fail "valgrind gave no count for $name"
    }
  done
else
  echo "bench: valgrind is not installed, so there are no instruction counts; only peak memory decides"
fi

# --- wall time and memory: each pair in turn, A B A B

echo "bench: timing"
pair() { # NAME-A NAME-B RUNS COMMAND... -- COMMAND...
  a=$1 b=$2
  shift 2
  "$scratch/measure" "$@" >"$scratch/pair" || fail "could not time $a and $b"
  sed -n 1p "$scratch/pair" >"$scratch/$a.time"
  sed -n 2p "$scratch/pair" >"$scratch/$b.time"
}

pair empty small $((runs * 20)) "$scratch/empty" -- "$vpnlint" lint "$scratch/small.yaml"
pair events big "$runs" "$scratch/yaml-events" "$scratch/big.yaml" -- "$vpnlint" lint "$scratch/big.yaml"
# The clean run is timed once more: a ratio only holds within its pair.
pair clean findings "$runs" "$vpnlint" lint "$scratch/big.yaml" -- "$vpnlint" lint "$scratch/findings.yaml"
: >"$scratch/rivals"
# What yamllint does without settings; ryl alone has no rules. Its cache would answer for files seen before.
rules='extends: default'
against_ryl() { # NAME RUNS PATH
  status=0
  "$ryl" check --no-cache -d "$rules" "$3" >"$scratch/report" 2>&1 || status=$?
  test $status -le 1 || fail "$ryl ended with status $status: $(head -n 1 "$scratch/report")"
  pair "ryl-$1" "beside-ryl-$1" "$2" "$ryl" check --no-cache -d "$rules" "$3" -- "$vpnlint" lint "$3"
  for name in "ryl-$1" "beside-ryl-$1"; do
    echo "run|$name||0|0|$(cat "$scratch/$name.time")" >>"$scratch/rivals"
  done
}

if command -v "$ryl" >/dev/null 2>&1; then
  mkdir "$scratch/many"
  n=0
  while test $n -lt 1000; do
    n=$((n + 1))
    cp "$scratch/small.yaml" "$scratch/many/$n.yaml"
  done
  against_ryl small $((runs * 20)) "$scratch/small.yaml"
  against_ryl many "$runs" "$scratch/many"
  against_ryl big "$runs" "$scratch/big.yaml"
fi
for n in filters filters-rules filters-subnets $(for n in $scale; do echo "scale-$n"; done); do
  "$scratch/measure" "$runs" "$vpnlint" lint "$scratch/$n.yaml" >"$scratch/$n.time" || fail "could not time $n"
done

# --- the table

{
  measured() { # NAME FILE LABEL
    count=$(instructions "$1")
    echo "run|$1|$3|$(if test -n "$2"; then bytes_of "$2"; else echo 0; fi)|${count:-0}|$(cat "$scratch/$1.time")"
  }
  measured empty '' 'empty program in C'
  measured small small 'vpnlint lint, small file'
  measured events big 'libyaml events in C, big file'
  measured big big 'vpnlint lint, big file'
  measured findings findings "the same with $findings findings"
  echo "run|clean||0|0|$(cat "$scratch/clean.time")"
  cat "$scratch/rivals"
  for n in $scale; do
    echo "items|scale-$n|$(grep -c -e ipv4_cidr_block -e destination "$scratch/scale-$n.yaml")"
    measured "scale-$n" "scale-$n" "vpnlint lint, $n subnets"
  done
  measured filters filters '1,000 subnets, 500 ACLs, 200 groups'
  measured filters-rules filters-rules 'the same with half the rules'
  measured filters-subnets filters-subnets 'the same with half the subnets'
  echo "items|big|$(grep -c -e ipv4_cidr_block -e destination "$scratch/big.yaml")"
} >"$scratch/results"

status=0
awk -F '|' -f "$here/budgets.awk" "$scratch/results" || status=$?
test $status -le 1 || fail "budgets.awk failed"
exit $status
