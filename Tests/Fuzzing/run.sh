#!/bin/sh
# Runs fuzzing targets one after another: run.sh PROGRAM SECONDS TARGET…
# What libFuzzer finds worth keeping stays below the program's build folder, so that the next run goes on from there.
# With INPUT=FILE in the environment the one target reads that file alone; with MERGE=1 the committed corpus of each
# target is replaced by few small texts that reach as much as it and the runs so far.
set -eu
program=$1 seconds=$2
shift 2
here=$(dirname "$0")
work=$(dirname "$program")/../fuzzing
mkdir -p "$work"
work=$(cd -P "$work" && pwd)
# A crash would wait for Swift's backtracer.
export SWIFT_BACKTRACE=enable=no
# No text of the corpora is larger, and none needs to be.
longest=16384
# A text that takes longer than this, in seconds, or more memory, in MiB, is a finding.
patience=10 memory=4096

dictionary() {
  case $1 in
    lint | answers | fixes) echo "$here/Dictionaries/model.dict" ;;
    terraform | ibm) echo "$here/Dictionaries/import.dict" ;;
    *) echo "$here/Dictionaries/$1.dict" ;;
  esac
}

# The texts of the corpus that reach something of their own, then what the runs found beyond them in few bytes.
merge() {
  smallest=$work/$target/smallest short=$work/$target/short
  rm -rf "$smallest" "$short"
  mkdir "$smallest" "$short"
  find "$found" -type f -size -700c -exec cp {} "$short" \;
  for texts in "$corpus" "$short"; do
    "$program" -set_cover_merge=1 -use_counters=0 -max_len=$longest -timeout=$patience -rss_limit_mb=$memory \
      "$smallest" "$texts" >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
  done
  rm -r "$corpus"
  mv "$smallest" "$corpus"
  echo "$target: $(ls "$corpus" | wc -l | tr -d ' ') texts, $(cat "$corpus"/* | wc -c | tr -d ' ') bytes"
}

failed=
for target in "$@"; do
  corpus=$here/Corpora/$target
  test -d "$corpus" || { echo "there is no target '$target'; the targets are: $(ls "$here/Corpora" | tr '\n' ' ')" >&2; exit 2; }
  found=$work/$target/corpus crashes=$work/$target/crashes log=$work/$target/log
  mkdir -p "$found" "$crashes"
  export FUZZ_TARGET="$target"
  if test -n "${INPUT:-}"; then
    exec "$program" -timeout=$patience -rss_limit_mb=$memory "$INPUT"
  fi
  if test -n "${MERGE:-}"; then
    merge
    continue
  fi
  status=0
  "$program" -max_total_time="$seconds" -timeout=$patience -rss_limit_mb=$memory -max_len=$longest \
    -dict="$(dictionary "$target")" -artifact_prefix="$crashes/" "$found" "$corpus" >"$log" 2>&1 || status=$?
  if test $status -eq 0; then
    echo "$target: no finding; $(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) .*/\1 texts in \2 s/p' "$log")"
  else
    failed="$failed $target"
    echo "$target: FOUND SOMETHING: $(grep -a -m 1 -E 'Fatal error:|ERROR: |SUMMARY: ' "$log" | cut -c 1-300)"
    echo "  the text:     $(ls -t "$crashes"/* | head -n 1)"
    echo "  what is said: $log"
    echo "  once more:    make fuzz TARGET=$target INPUT=$(ls -t "$crashes"/* | head -n 1)"
  fi
done

test -z "${MERGE:-}" || exit 0
if test -n "$failed"; then
  echo "Write a test that shows what was found, mend it, and run these again:$failed"
  exit 1
fi
echo "The next run goes on from what this one found worth keeping, in $work."
echo "Longer: make fuzz TARGET=\"$*\" SECONDS=600. Into the committed corpus: make fuzz-corpus."
