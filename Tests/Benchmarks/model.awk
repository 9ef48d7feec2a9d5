# Writes a model with as many subnets as asked, always the same for the same numbers:
#
#   awk -v subnets=70000 -v missing=0 -f model.awk
#
# The subnets are /28 blocks side by side from 10.0.0.0 on. Each has a server route of its own, every tenth
# two routes that each cover one half. `missing` of them, evenly spread, have none: one finding each.

BEGIN {
  # Above this the blocks would leave 10.0.0.0/8.
  if (subnets < 1 || subnets > 1048576 || missing < 0 || missing > subnets) {
    print "model.awk: subnets must be 1 to 1048576, missing 0 to subnets" > "/dev/stderr"
    exit 2
  }
  words = split("app db cache queue batch search auth billing proxy mail", word, " ")

  print "# A network of " subnets " subnets, made for measuring."
  print "version: 1"
  print "vpc:"
  print "  name: measured"
  print "  region: jp-tok"
  print "  subnets:"
  for (i = 0; i < subnets; i++) {
    if (i % 50 == 0) print "  # rack " (i / 50 + 1)
    print "  - name: " name(i)
    print "    ipv4_cidr_block: " address(i * 16) "/28" (i % 400 == 7 ? "  # renumbered" : "")
    print "    zone: jp-tok-" (i % 3 + 1)
  }

  print "vpn_servers:"
  print "- name: client-vpn"
  print "  client_ip_pool: 192.168.252.0/22"
  print "  enable_split_tunneling: true"
  print "  routes:"
  for (i = 0; i < subnets; i++) {
    if (i % 50 == 0) print "  # rack " (i / 50 + 1)
    if (int((i + 1) * missing / subnets) > int(i * missing / subnets)) continue
    if (i % 10 == 9) {
      route(name(i) "-low", address(i * 16) "/29")
      route(name(i) "-high", address(i * 16 + 8) "/29")
    } else route(name(i), address(i * 16) "/28")
  }

  # The service allows 100 subnets and 50 routes; the quotas are raised so that they are no finding.
  print "quotas:"
  print "  subnets: " subnets
  print "  server_routes: " (subnets * 2)
}

function name(i) { return word[i % words + 1] "-" i }

function address(offset) {
  return 10 "." int(offset / 65536) % 256 "." int(offset / 256) % 256 "." offset % 256
}

function route(label, destination) {
  print "  - name: " label
  print "    destination: " destination
  print "    action: deliver"
}
