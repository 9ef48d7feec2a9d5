#!/bin/sh
# Measures a release binary of vpnlint against its budgets of speed and memory:
#
#   sh Tests/Benchmarks/run.sh VPNLINT [ENGINE]        (make bench builds both programs first)
#
# ENGINE is EngineBench, which analyses networks made in memory; without it the engine alone is not measured.
#
# Everything is a ratio taken in one run. Instruction counts repeat to a thousandth and decide, as does peak
# memory; wall times depend on what else the machine does and are only reported. Without valgrind there are
# no counts, and the script says so.
#
# Sizes, all from the environment:
#   BENCH_SUBNETS   subnets of the big model (70000: about 11 MB)
#   BENCH_FINDINGS  subnets without a route in the model with findings (a seventh: 10000)
#   BENCH_SCALE     files of other sizes for the cost per subnet and route ("1000 10000 100000")
#   BENCH_ENGINE    networks made in memory for the same ("1000 10000 100000 1000000")
#   BENCH_FILES     files for the run over many (1000)
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
scale=${BENCH_SCALE-1000 10000 100000}
engine_sizes=${BENCH_ENGINE-1000 10000 100000 1000000}
files=${BENCH_FILES:-1000}
runs=${BENCH_RUNS:-15}

fail() {
  echo "bench: $*" >&2
  exit 2
}

case $# in
  1) vpnlint=$1 engine= engine_sizes= ;;
  2) vpnlint=$1 engine=$2 ;;
  *) fail "usage: run.sh VPNLINT [ENGINE]" ;;
esac
for program in "$vpnlint" ${engine:+"$engine"}; do
  test -x "$program" || fail "$program is not a program; make bench builds it"
done
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
model 100 0 one-of-many
mkdir "$scratch/many"
n=0
while test $n -lt "$files"; do
  n=$((n + 1))
  cp "$scratch/one-of-many.yaml" "$scratch/many/$n.yaml"
done

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
expect_clean one-of-many
expect_clean big
for name in filters filters-rules filters-subnets; do
  expect_judged "$name"
done
for n in $scale; do expect_clean "scale-$n"; done
found=$(($(findings_in findings) - $(findings_in big)))
test "$found" -eq "$findings" || fail "vpnlint finds $found faults more in the model made to have $findings more"
"$scratch/yaml-events" "$scratch/big.yaml" >"$scratch/report" || fail "libyaml refuses the model"

for n in $engine_sizes; do
  test "$("$engine" "$n")" = "$n" || fail "the engine does not reach all of $n subnets"
done

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
    for n in $engine_sizes; do
      count "made-$n" "$engine" "$n" model
      count "engine-$n" "$engine" "$n"
    done
    count events "$scratch/yaml-events" "$scratch/big.yaml"
    count big "$vpnlint" lint "$scratch/big.yaml"
  } &
  count findings "$vpnlint" lint "$scratch/findings.yaml"
  for format in sarif html; do count "$format" "$vpnlint" lint --format "$format" "$scratch/findings.yaml"; done
  wait
  for name in empty small events big findings sarif html filters filters-rules filters-subnets \
    $(for n in $scale; do echo "scale-$n"; done) $(for n in $engine_sizes; do echo "made-$n engine-$n"; done); do
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
for format in sarif html; do
  "$scratch/measure" "$runs" "$vpnlint" lint --format "$format" "$scratch/findings.yaml" >"$scratch/$format.time" ||
    fail "could not time $format"
done
pair many-one many-all "$runs" "$vpnlint" lint --jobs 1 "$scratch/many" -- "$vpnlint" lint "$scratch/many"
cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
for n in $engine_sizes; do
  "$scratch/measure" 3 "$engine" "$n" >"$scratch/engine-$n.time" || fail "could not time the engine on $n subnets"
done
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
  measured sarif findings "the same as SARIF"
  measured html findings "the same as HTML"
  measured many-one '' "vpnlint lint, $files files, one core"
  measured many-all '' "the same with all cores ($cores)"
  echo "cores|$cores"
  for n in $scale; do
    echo "items|scale-$n|$(grep -c -e ipv4_cidr_block -e destination "$scratch/scale-$n.yaml")"
    measured "scale-$n" "scale-$n" "vpnlint lint, $n subnets"
  done
  measured filters filters '1,000 subnets, 500 ACLs, 200 groups'
  measured filters-rules filters-rules 'the same with half the rules'
  measured filters-subnets filters-subnets 'the same with half the subnets'
  echo "items|big|$(grep -c -e ipv4_cidr_block -e destination "$scratch/big.yaml")"
  for n in $engine_sizes; do
    echo "engine|$n"
    analysed=$(($(instructions "engine-$n") - $(instructions "made-$n")))
    echo "run|engine-$n|the engine alone, $n subnets|0|$analysed|$(cat "$scratch/engine-$n.time")"
  done
} >"$scratch/results"

status=0
awk -F '|' -f "$here/budgets.awk" "$scratch/results" || status=$?
test $status -le 1 || fail "budgets.awk failed"
exit $status
