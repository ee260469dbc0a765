/**
 * Link types by their number in capture files, with the names pcs gives them
 * (https://www.tcpdump.org/linktypes.html).
 */
export const linkType = {
  null: 0,
  ethernet: 1,
  rawBsd: 12,
  rawOpenBsd: 14,
  raw: 101,
  loop: 108,
  sll: 113,
  raw4: 228,
  raw6: 229,
  sll2: 276,
} as const;

const names = new Map<number, string>([
  [0, "null"],
  [1, "ethernet"],
  [3, "ax25"],
  [6, "token-ring"],
  [7, "arcnet"],
  [8, "slip"],
  [9, "ppp"],
  [10, "fddi"],
  [12, "raw"],
  [14, "raw"],
  [50, "ppp-hdlc"],
  [51, "pppoe"],
  [100, "atm-rfc1483"],
  [101, "raw"],
  [104, "cisco-hdlc"],
  [105, "802.11"],
  [107, "frame-relay"],
  [108, "loop"],
  [113, "sll"],
  [114, "localtalk"],
  [117, "pflog"],
  [119, "prism"],
  [122, "fibre-channel-ip"],
  [123, "sunatm"],
  [127, "radiotap"],
  [129, "arcnet-linux"],
  [138, "firewire"],
  [139, "mtp2-with-header"],
  [140, "mtp2"],
  [141, "mtp3"],
  [143, "docsis"],
  [144, "irda"],
  [163, "802.11-avs"],
  [166, "ppp-pppd"],
  [187, "bluetooth-h4"],
  [189, "usb"],
  [192, "ppi"],
  [195, "802.15.4"],
  [197, "erf"],
  [201, "bluetooth-h4-with-header"],
  [202, "ax25-kiss"],
  [204, "ppp-with-direction"],
  [220, "usb-linux"],
  [227, "can"],
  [228, "raw4"],
  [229, "raw6"],
  [230, "802.15.4-nofcs"],
  [231, "dbus"],
  [239, "nflog"],
  [242, "ip-over-infiniband"],
  [243, "mpeg-ts"],
  [248, "sctp"],
  [249, "usbpcap"],
  [251, "bluetooth-le"],
  [253, "netlink"],
  [258, "pktap"],
  [271, "vsock"],
  [276, "sll2"],
  [281, "dsa-brcm"],
  [282, "dsa-brcm-prepend"],
  [284, "dsa"],
  [285, "edsa"],
]);

/** A link type in a sentence: `ppp (9)`, or its number alone. */
export function describeLinkType(number: number): string {
  const name = names.get(number);
  return name === undefined ? String(number) : `${name} (${number})`;
}

/** A short name for a link type, `linktype-147` where it has none. */
export function linkTypeName(number: number): string {
  return names.get(number) ?? `linktype-${number}`;
}

/** Bytes that the capturing machine put before each packet, and that never crossed the wire. */
const pseudoHeaders = new Map<number, number>([
  [123, 4], // SunATM: direction, traffic type, virtual path and circuit
  [139, 4], // MTP2: direction, link number
  [196, 5], // SITA
  [201, 4], // Bluetooth: direction
  [204, 1], // PPP: direction
  [209, 5], // I2C: bus, event
  [245, 2], // NFC: adapter, flags
  [254, 4], // Bluetooth monitor: adapter, opcode
]);

/** How many bytes of such a header the packets of a link type have; 0 for nearly all. */
export function pseudoHeaderBytes(number: number): number {
  return pseudoHeaders.get(number) ?? 0;
}
