/// Answers of the IBM Cloud VPC API, pasted from the domain notes §5.1. All values are invented.
enum APIResponse {
  /// `GET /v1/vpn_servers/{id}`
  static let server = #"""
    {
      "id": "r022-aaaa1111-0000-4000-8000-000000000001",
      "crn": "crn:v1:bluemix:public:is:jp-tok:a/acct::vpn-server:r022-aaaa1111-0000-4000-8000-000000000001",
      "href": "https://jp-tok.iaas.cloud.ibm.com/v1/vpn_servers/r022-aaaa1111-0000-4000-8000-000000000001",
      "name": "team-vpn",
      "resource_type": "vpn_server",
      "created_at": "2026-08-01T02:03:04Z",
      "vpc": {"id": "r022-vpc", "crn": "crn:…", "href": "https://…", "name": "main", "resource_type": "vpc"},
      "resource_group": {"id": "rg1", "href": "https://…", "name": "Default"},
      "subnets": [
        {"id": "02e7-s1", "crn": "crn:…", "href": "https://…", "name": "vpn-1", "resource_type": "subnet"},
        {"id": "02f7-s2", "crn": "crn:…", "href": "https://…", "name": "vpn-2", "resource_type": "subnet"}],
      "security_groups": [{"id": "r022-sg", "crn": "crn:…", "href": "https://…", "name": "vpn-sg"}],
      "private_ips": [
        {"id": "02e7-ip", "address": "10.0.9.4", "href": "https://…", "name": "a-b-c-d", "resource_type": "subnet_reserved_ip"}],
      "hostname": "0123456789ab.jp-tok.vpn-server.appdomain.cloud",
      "protocol": "udp", "port": 443,
      "client_ip_pool": "192.168.252.0/22",
      "enable_split_tunneling": true,
      "client_idle_timeout": 600,
      "client_auto_delete": true, "client_auto_delete_timeout": 1,
      "client_dns_server_ips": [{"address": "161.26.0.7"}, {"address": "161.26.0.8"}],
      "certificate": {"crn": "crn:v1:bluemix:public:secrets-manager:jp-tok:a/acct:guid:secret:guid"},
      "client_authentication": [
        {"method": "certificate", "client_ca": {"crn": "crn:…"}, "crl": "-----BEGIN X509 CRL-----…"},
        {"method": "username", "identity_provider": {"provider_type": "iam"}}],
      "health_state": "ok", "health_reasons": [],
      "lifecycle_state": "stable", "lifecycle_reasons": []
    }
    """#

  /// `GET /v1/vpn_servers/{id}/routes`
  static let serverRoutes = #"""
    {"first": {"href": "https://…"}, "limit": 50, "total_count": 2,
     "routes": [
      {"id": "r022-r1", "href": "https://…", "name": "app", "resource_type": "vpn_server_route",
       "destination": "10.0.0.0/24", "action": "deliver", "created_at": "2026-08-01T02:10:00Z",
       "health_state": "ok", "health_reasons": [], "lifecycle_state": "stable", "lifecycle_reasons": []},
      {"id": "r022-r2", "href": "https://…", "name": "iaas", "resource_type": "vpn_server_route",
       "destination": "161.26.0.0/16", "action": "translate", "created_at": "2026-08-01T02:11:00Z",
       "health_state": "ok", "health_reasons": [], "lifecycle_state": "stable", "lifecycle_reasons": []}]}
    """#

  /// `GET /v1/vpn_servers/{id}/clients`
  static let serverClients = #"""
    {"first": {"href": "https://…"}, "limit": 50, "total_count": 1,
     "clients": [
      {"id": "c0ffee00-0000-4000-8000-000000000001", "href": "https://…", "resource_type": "vpn_server_client",
       "client_ip": {"address": "192.168.252.2"}, "remote_ip": {"address": "203.0.113.9"}, "remote_port": 51820,
       "status": "connected", "created_at": "2026-08-02T00:00:00Z",
       "common_name": "client1", "username": "user@example.com"}]}
    """#

  /// `GET /v1/subnets`
  static let subnets = #"""
    {"first": {"href": "https://…"}, "limit": 50, "total_count": 1,
     "subnets": [
      {"id": "02e7-app", "crn": "crn:…", "href": "https://…", "name": "app", "resource_type": "subnet",
       "created_at": "2026-08-01T00:00:00Z", "status": "available", "ip_version": "ipv4",
       "ipv4_cidr_block": "10.0.0.0/24", "total_ipv4_address_count": 256, "available_ipv4_address_count": 250,
       "zone": {"name": "jp-tok-1", "href": "https://…"},
       "vpc": {"id": "r022-vpc", "crn": "crn:…", "href": "https://…", "name": "main", "resource_type": "vpc"},
       "network_acl": {"id": "r022-acl", "crn": "crn:…", "href": "https://…", "name": "default-acl"},
       "routing_table": {"id": "r022-rt", "crn": "crn:…", "href": "https://…", "name": "default-rt", "resource_type": "routing_table"},
       "public_gateway": {"id": "r022-pgw", "crn": "crn:…", "href": "https://…", "name": "pgw", "resource_type": "public_gateway"},
       "resource_group": {"id": "rg1", "href": "https://…", "name": "Default"}}]}
    """#

  /// `GET /v1/vpcs/{id}/address_prefixes`
  static let addressPrefixes = #"""
    {"first": {"href": "https://…"}, "limit": 50, "total_count": 1,
     "address_prefixes": [
      {"id": "r022-p1", "href": "https://…", "name": "zone1", "cidr": "10.0.0.0/16", "is_default": true,
       "has_subnets": true, "created_at": "2026-08-01T00:00:00Z", "zone": {"name": "jp-tok-1", "href": "https://…"}}]}
    """#

  /// `GET /v1/vpcs/{id}/routing_tables`
  static let routingTables = #"""
    {"first": {"href": "https://…"}, "limit": 50, "total_count": 1,
     "routing_tables": [
      {"id": "r022-rt", "crn": "crn:…", "href": "https://…", "name": "default-rt", "resource_type": "routing_table",
       "created_at": "2026-08-01T00:00:00Z", "lifecycle_state": "stable", "is_default": true,
       "accept_routes_from": [{"resource_type": "vpn_gateway"}, {"resource_type": "vpn_server"}],
       "advertise_routes_to": [],
       "route_direct_link_ingress": false, "route_internet_ingress": false,
       "route_transit_gateway_ingress": false, "route_vpc_zone_ingress": false,
       "resource_group": {"id": "rg1", "href": "https://…", "name": "Default"},
       "routes": [{"id": "r022-x", "href": "https://…", "name": "ibm-vpn-server-…"}],
       "subnets": [{"id": "02e7-app", "crn": "crn:…", "href": "https://…", "name": "app", "resource_type": "subnet"}]}]}
    """#

  /// `GET /v1/vpcs/{id}/routing_tables/{rt}/routes`
  static let routingTableRoutes = #"""
    {"first": {"href": "https://…"}, "limit": 50, "total_count": 1,
     "routes": [
      {"id": "r022-x", "href": "https://…", "name": "ibm-vpn-server-…", "created_at": "2026-08-01T02:05:00Z",
       "destination": "192.168.252.0/23", "action": "deliver", "next_hop": {"address": "10.0.9.4"},
       "zone": {"name": "jp-tok-1", "href": "https://…"}, "priority": 2, "advertise": false,
       "origin": "service", "lifecycle_state": "stable",
       "creator": {"id": "r022-aaaa1111-…", "crn": "crn:…", "href": "https://…", "name": "team-vpn", "resource_type": "vpn_server"}}]}
    """#

  /// `GET /v1/security_groups`
  static let securityGroups = #"""
    {"first": {"href": "https://…"}, "limit": 50, "total_count": 1,
     "security_groups": [
      {"id": "r022-sg", "crn": "crn:…", "href": "https://…", "name": "vpn-sg", "created_at": "2026-08-01T00:00:00Z",
       "vpc": {"id": "r022-vpc", "crn": "crn:…", "href": "https://…", "name": "main", "resource_type": "vpc"},
       "resource_group": {"id": "rg1", "href": "https://…", "name": "Default"},
       "rules": [
        {"id": "r022-g1", "href": "https://…", "name": "tunnel", "resource_type": "security_group_rule", "direction": "inbound",
         "ip_version": "ipv4", "protocol": "udp", "port_min": 443, "port_max": 443,
         "local": {"cidr_block": "0.0.0.0/0"}, "remote": {"cidr_block": "0.0.0.0/0"}},
        {"id": "r022-g2", "href": "https://…", "name": "out", "resource_type": "security_group_rule", "direction": "outbound",
         "ip_version": "ipv4", "protocol": "icmp_tcp_udp",
         "local": {"cidr_block": "0.0.0.0/0"}, "remote": {"id": "r022-sg2", "crn": "crn:…", "href": "https://…", "name": "apps"}}],
       "targets": [{"id": "r022-aaaa1111-…", "crn": "crn:…", "href": "https://…", "name": "team-vpn", "resource_type": "vpn_server"}]}]}
    """#

  /// `GET /v1/network_acls`
  static let networkACLs = #"""
    {"first": {"href": "https://…"}, "limit": 50, "total_count": 1,
     "network_acls": [
      {"id": "r022-acl", "crn": "crn:…", "href": "https://…", "name": "vpn-acl", "created_at": "2026-08-01T00:00:00Z",
       "vpc": {"id": "r022-vpc", "crn": "crn:…", "href": "https://…", "name": "main", "resource_type": "vpc"},
       "resource_group": {"id": "rg1", "href": "https://…", "name": "Default"},
       "rules": [
        {"id": "n1", "href": "https://…", "name": "tunnel-in", "created_at": "2026-08-01T00:00:00Z", "action": "allow",
         "direction": "inbound", "ip_version": "ipv4", "protocol": "udp", "source": "0.0.0.0/0", "destination": "10.0.9.0/28",
         "source_port_min": 1, "source_port_max": 65535, "destination_port_min": 443, "destination_port_max": 443,
         "before": {"id": "n2", "href": "https://…", "name": "deny-in"}},
        {"id": "n2", "href": "https://…", "name": "deny-in", "created_at": "2026-08-01T00:00:00Z", "action": "deny",
         "direction": "inbound", "ip_version": "ipv4", "protocol": "any", "source": "0.0.0.0/0", "destination": "0.0.0.0/0"}],
       "subnets": [{"id": "02e7-s1", "crn": "crn:…", "href": "https://…", "name": "vpn-1", "resource_type": "subnet"}]}]}
    """#
}
