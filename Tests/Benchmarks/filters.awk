# Writes a model with many filters: subnets, network ACLs and security groups with their rules, and routes. Nearly every
# rule names another part of the client pool: these are what makes filters dear.
#
#   awk -v subnets=1000 -v acls=500 -v aclrules=100 -v groups=200 -v grouprules=50 -v routes=50 -f filters.awk
BEGIN {
  print "vpc:"
  print "  subnets:"
  print "    - {name: vpn-a, ipv4_cidr_block: 10.255.0.0/24, zone: z1, expect: any}"
  print "    - {name: vpn-b, ipv4_cidr_block: 10.255.1.0/24, zone: z2, expect: any}"
  for (i = 0; i < subnets; i++)
    printf "    - {name: s%d, ipv4_cidr_block: 10.%d.%d.0/24, zone: z%d, network_acl: acl%d}\n", \
      i, int(i / 256), i % 256, i % 3 + 1, i % acls
  print "  network_acls:"
  print "    - {name: open, is_default: true, rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]}"
  for (i = 0; i < acls; i++) {
    printf "    - name: acl%d\n      rules:\n", i
    for (j = 0; j < aclrules / 2 - 1; j++) {
      port = 1024 + (i * 37 + j * 101) % 30000
      part = (i * 59 + j * 37) % 256
      own = j % 3 == 0 ? sprintf(", destination: 10.%d.%d.0/24", int(i / 256), i % 256) : ""
      printf "        - {direction: inbound, action: %s, protocol: tcp, source: 172.16.%d.%d/28%s, destination_ports: %d-%d}\n", \
        j % 7 == 3 ? "deny" : "allow", int(part / 16), part % 16 * 16, own, port, port + 50
      sub("destination", "source", own)
      printf "        - {direction: outbound, action: %s, protocol: tcp, destination: 172.16.%d.%d/28%s, source_ports: %d-%d, destination_ports: %d-65535}\n", \
        j % 7 == 3 ? "deny" : "allow", int(part / 16), part % 16 * 16, own, port, port + 50, 32768 + j * 200
    }
    print "        - {direction: inbound, action: allow, protocol: any, source: 172.16.0.0/20}"
    print "        - {direction: outbound, action: allow, protocol: any, destination: 172.16.0.0/20}"
  }
  print "  security_groups:"
  print "    - {name: sg-vpn, targets: [client-vpn], rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]}"
  for (i = 0; i < groups; i++) {
    printf "    - name: sg%d\n      rules:\n", i
    for (j = 0; j < grouprules; j++)
      printf "        - {direction: inbound, protocol: tcp, remote: %s, ports: %d-%d}\n", \
        j == 0 ? "172.16.0.0/20" : sprintf("172.16.%d.%d/30", (i + j) % 16, (i * 7 + j) % 64 * 4), 400 + j * 20, 450 + j * 20
  }
  print "  workloads:"
  for (i = 0; i < subnets; i++)
    printf "    - {name: w%d, subnet: s%d, address: 10.%d.%d.9, security_groups: [sg%d], services: [tcp/443]}\n", \
      i, i, int(i / 256), i % 256, i % groups
  print "vpn_servers:"
  print "  - name: client-vpn"
  print "    client_ip_pool: 172.16.0.0/20"
  print "    enable_split_tunneling: true"
  print "    subnets: [vpn-a, vpn-b]"
  print "    routes:"
  print "      - {destination: 10.0.0.0/14, action: deliver}"
  for (i = 1; i < routes; i++) printf "      - {destination: 10.%d.%d.0/24, action: translate}\n", int(i * 20 / 256), i * 20 % 256
}
