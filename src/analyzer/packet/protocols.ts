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
} as const satisfies Record<ProtocolName, number>;
