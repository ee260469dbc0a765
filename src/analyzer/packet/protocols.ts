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
] as const;

export type ProtocolName = (typeof protocolNames)[number];

/** The number of each protocol: its place in `protocolNames`. */
export const protocolId = Object.fromEntries(protocolNames.map((name, i) => [name, i])) as Record<
  ProtocolName,
  number
>;
