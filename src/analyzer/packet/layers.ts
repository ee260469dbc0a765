/**
 * The layers a packet can have, as bits of one number, so that a packet's layers are one cell of a column. A
 * layer is counted once a packet, however often it occurs in it.
 */
export const layerNames = [
  "ethernet",
  "vlan",
  "llc",
  "mpls",
  "pppoe",
  "arp",
  "ipv4",
  "ipv6",
  "icmp",
  "icmpv6",
  "igmp",
  "tcp",
  "udp",
  "sctp",
  "gre",
  "vxlan",
  "wlan",
  "ppp",
] as const;

export type LayerName = (typeof layerNames)[number];

/** The bit of each layer: bit `i` for `layerNames[i]`. */
export const layerBit = {
  ethernet: 1 << 0,
  vlan: 1 << 1,
  llc: 1 << 2,
  mpls: 1 << 3,
  pppoe: 1 << 4,
  arp: 1 << 5,
  ipv4: 1 << 6,
  ipv6: 1 << 7,
  icmp: 1 << 8,
  icmpv6: 1 << 9,
  igmp: 1 << 10,
  tcp: 1 << 11,
  udp: 1 << 12,
  sctp: 1 << 13,
  gre: 1 << 14,
  vxlan: 1 << 15,
  wlan: 1 << 16,
  ppp: 1 << 17,
} as const satisfies Record<LayerName, number>;
