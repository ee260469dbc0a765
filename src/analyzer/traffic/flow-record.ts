/**
 * The record of a flow in its table: 64 words, four cache lines, of which most packets touch the first two. A
 * flow has a low and a high end, in the order of their addresses and ports, so that both directions find the same
 * record; which end began it is a bit.
 */
export const flowStride = 64;

/** Words of the key: kind, ports, low address, high address. */
export const flowKeyWords = 10;

/** Places of words in the record. */
export const flowWord = {
  /** IP version << 8 | transport; the transport is 0 for packets of no flow, which are kept by their hosts. */
  kind: 2,
  /** Low end's port << 16 | high end's port. */
  ports: 3,
  low: 4,
  high: 8,
  /** A sum of `flowBit`, and the protocol in the lowest eight bits. */
  state: 12,
  /** Packets with a payload that were looked at; from bit 16 on kinds of pcs frames, two bits an end. */
  looked: 13,
  /** The sequence number that comes next from each end (RFC 9293, section 3.4). */
  lowNext: 14,
  highNext: 15,
  /** Their first ones. */
  lowFirst: 32,
  highFirst: 33,
  retransmissions: 34,
  outOfOrder: 35,
  resets: 36,
  /** Flows are numbered from 1 as they begin. */
  number: 37,
  /** Rows where the hosts and the conversation were last found. */
  lowHost: 38,
  highHost: 39,
  conversation: 40,
  /** Ethernet addresses: 32 bits, and 16 bits of each. */
  lowMac: 41,
  highMac: 42,
  macEnds: 43,
} as const;

/** Places of floats in the record, counted in floats. Times are seconds of the traffic's own clock. */
export const flowFloat = {
  last: 8,
  /** From the low end to the high one, and back. */
  packetsUp: 9,
  packetsDown: 10,
  bytesUp: 11,
  bytesDown: 12,
  /** The number of the flow's last packet. */
  lastPacket: 13,
  /** When each end last sent something new. */
  lowNew: 14,
  highNew: 15,
  first: 22,
  /** The part of packets and bytes that hosts and conversations know. */
  toldPacketsUp: 23,
  toldPacketsDown: 24,
  toldBytesUp: 25,
  toldBytesDown: 26,
  synTime: 27,
  /** Seconds; 0 where the handshake was not seen. */
  roundTrip: 28,
} as const;

/** Bits of `flowWord.state`. Those of the high end are those of the low end, one to the left. */
export const flowBit = {
  protocol: 0xff,
  /** The high end began the flow. */
  fromHigh: 1 << 8,
  lowSyn: 1 << 9,
  highSyn: 1 << 10,
  lowFin: 1 << 11,
  highFin: 1 << 12,
  reset: 1 << 13,
  /** The first and the next sequence number are known. */
  lowFirst: 1 << 14,
  highFirst: 1 << 15,
  lowNext: 1 << 16,
  highNext: 1 << 17,
  /** A sequence number was skipped. */
  lowGap: 1 << 18,
  highGap: 1 << 19,
  /** The protocol was recognised by content. */
  certain: 1 << 20,
  accepted: 1 << 21,
  established: 1 << 22,
  lowMac: 1 << 23,
  highMac: 1 << 24,
  /** In the list of those that hosts and conversations have to be told of. */
  untold: 1 << 25,
} as const;
