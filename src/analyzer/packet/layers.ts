/**
 * The layers a packet can have, as bits of one number, so that a packet's layers are one cell of a column. A
 * layer is counted once a packet, however often it occurs in it.
 */
export const layerNames = [
  "ethernet",
  "vlan",
  "llc",
  "arp",
  "ipv4",
  "ipv6",
  "icmp",
  "icmpv6",
  "igmp",
  "tcp",
  "udp",
  "sctp",
] as const;

export type LayerName = (typeof layerNames)[number];

/** The bit of each layer: bit `i` for `layerNames[i]`. */
export const layerBit = {
  ethernet: 1 << 0,
  vlan: 1 << 1,
  llc: 1 << 2,
  arp: 1 << 3,
  ipv4: 1 << 4,
  ipv6: 1 << 5,
  icmp: 1 << 6,
  icmpv6: 1 << 7,
  igmp: 1 << 8,
  tcp: 1 << 9,
  udp: 1 << 10,
  sctp: 1 << 11,
} as const satisfies Record<LayerName, number>;
