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
export const layerBit = Object.fromEntries(layerNames.map((name, i) => [name, 1 << i])) as Record<
  LayerName,
  number
>;
