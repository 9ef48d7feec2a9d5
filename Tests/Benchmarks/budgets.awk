# Lays out what run.sh measured and judges it. Input, fields separated by "|":
#
#   run|NAME|LABEL|BYTES|INSTRUCTIONS|MILLISECONDS KIB STATUS RATIO     (0: no such number; no label: no row)
#   items|NAME|SUBNETS-AND-ROUTES
#   engine|SUBNETS          (each with a route; the row is engine-SUBNETS)
#   cores|NUMBER
#
# Exit status 1 when a budget is missed by instruction count or memory.

$1 == "items" { items[$2] = $3 }
$1 == "engine" { engines[$2] }
$1 == "cores" { cores = $2 }

$1 == "run" {
  split($6, measured, " ")
  bytes[$2] = $4
  count[$2] = $5
  wall[$2] = measured[1]
  memory[$2] = measured[2]
  ratio[$2] = measured[4]
  if ($3 != "") {
    names[++rows] = $2
    label[$2] = $3
  }
}

END {
  printf "\n%-34s %11s %15s %9s %10s %10s %8s\n", \
    "", "bytes", "instructions", "per byte", "wall ms", "peak KiB", "/ file"
  for (row = 1; row <= rows; row++) {
    name = names[row]
    printf "%-34s %11s %15s %9s %10.2f %10s %8s\n", label[name], thousands(bytes[name]), \
      thousands(count[name]), per_byte(name), wall[name], thousands(memory[name]), memory_ratio(name)
  }

  printf "\n%-58s %9s %9s\n", "budget", "allowed", "measured"
  judge("big file, instructions / libyaml events", 1.4, quotient(count["big"], count["events"]), "decides")
  judge("big file, wall / libyaml events", 1.4, ratio["big"], "")
  judge("big file, instructions per byte (less than)", 300, quotient(count["big"], bytes["big"]), "decides")
  judge("big file, peak memory / file size", 8, quotient(memory["big"] * 1024, bytes["big"]), "decides")
  judge("small file, wall ms (4 x empty program + 2)", 4 * wall["empty"] + 2, wall["small"], "")
  judge("with findings / without, instructions", 3, quotient(count["findings"], count["big"]), "decides")
  judge("with findings / without, wall", 3, ratio["findings"], "")
  judge("with findings as SARIF / without, instructions", 3, quotient(count["sarif"], count["big"]), "decides")
  judge("with findings as HTML / without, instructions", 3, quotient(count["html"], count["big"]), "decides")
  if (cores > 1) judge("many files, all cores / one core, wall", 1.3 / cores, ratio["many-all"], "")
  for (name in items) spread((count[name] - count["small"]), items[name])
  judge("subnets and routes, instructions each, dearest / cheapest", 1.5, (sizes > 1 ? quotient(dearest, cheapest) : 0), "decides")
  sizes = dearest = cheapest = 0
  for (n in engines) spread(count["engine-" n], 2 * n)
  judge("the engine alone, the same", 1.5, (sizes > 1 ? quotient(dearest, cheapest) : 0), "decides")

  judge("1,000 subnets, 500 ACLs of 100 rules, wall ms", 1000, wall["filters"], "")
  judge("twice the rules of the filters, instructions", 2.2, quotient(count["filters"], count["filters-rules"]), "decides")
  judge("twice the subnets behind filters, instructions", 2.2, quotient(count["filters"], count["filters-subnets"]), "decides")

  if (missed) printf "\nbench: %d of the budgets that decide MISSED\n", missed
  exit missed > 0
}

# What a subnet or route costs: of a file without the start of the program, which the small file pays too.
function spread(instructions, number,    each) {
  if (instructions <= 0 || number == 0) return
  sizes++
  each = instructions / number
  if (dearest == 0 || each > dearest) dearest = each
  if (cheapest == 0 || each < cheapest) cheapest = each
}

function judge(what, allowed, value, decides,    verdict) {
  value += 0  # busybox does not take a missing number for 0
  if (value == 0) verdict = "not counted"
  else if (what ~ /less than/ ? value < allowed : value <= allowed) verdict = "ok"
  else verdict = "MISSED"
  if (verdict == "MISSED" && decides) missed++
  printf "%-58s %9.2f %9s  %s%s\n", what, allowed, (value == 0 ? "-" : sprintf("%.2f", value)), \
    verdict, (decides || value == 0 ? "" : " (timing, only reported)")
}

function quotient(a, b) { return b + 0 == 0 ? 0 : a / b }

function per_byte(name) {
  return count[name] == 0 || bytes[name] == 0 ? "" : sprintf("%.1f", count[name] / bytes[name])
}

function memory_ratio(name) {
  # The program itself outweighs a small file.
  return bytes[name] < 100000 ? "" : sprintf("%.2f", memory[name] * 1024 / bytes[name])
}

function thousands(number,    digits, grouped) {
  if (number == 0) return ""
  digits = sprintf("%.0f", number)
  while (length(digits) > 3) {
    grouped = "," substr(digits, length(digits) - 2) grouped
    digits = substr(digits, 1, length(digits) - 3)
  }
  return digits grouped
}
