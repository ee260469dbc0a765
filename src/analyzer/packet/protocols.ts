/**
 * The protocols a packet can be counted under, by number, so that they fit a column. A packet counts under
 * exactly one: the highest that was recognised in it.
 */
export const protocolNames = [
  "other",
  "tcp",
  "udp",
  "sctp",
  "icmp",
  "icmpv6",
  "igmp",
  "arp",
  "ipv4",
  "ipv6",
  "dns",
  "mdns",
  "tls",
  "http",
  "quic",
  "ssh",
  "dhcp",
  "ntp",
  "smb",
  "rdp",
  "mqtt",
  "sip",
  "syslog",
  "snmp",
  "pcs",
] as const;

export type ProtocolName = (typeof protocolNames)[number];

/** The number of each protocol: its place in `protocolNames`. */
export const protocolId = {
  other: 0,
  tcp: 1,
  udp: 2,
  sctp: 3,
  icmp: 4,
  icmpv6: 5,
  igmp: 6,
  arp: 7,
  ipv4: 8,
  ipv6: 9,
  dns: 10,
  mdns: 11,
  tls: 12,
  http: 13,
  quic: 14,
  ssh: 15,
  dhcp: 16,
  ntp: 17,
  smb: 18,
  rdp: 19,
  mqtt: 20,
  sip: 21,
  syslog: 22,
  snmp: 23,
  pcs: 24,
} as const satisfies Record<ProtocolName, number>;
