/**
 * What decoding says about a batch, as columns beside it: row `i` is packet `i` of the batch.
 *
 * A packet may hold packets: tunnels, and the quotes of ICMP errors. All columns but `layers` speak of the
 * innermost packet that is not quoted; the IP headers around it are in `outer`, those quoted in `quotes`. What they point at was captured: a
 * header has at least its fixed bytes there (IPv4 20, IPv6 40, TCP 20, UDP 8, SCTP 12, ICMP and IGMP 8, others
 * none), so that a reader of these needs no further check.
 *
 *     linkStart          networkStart    transportStart    payloadStart      payloadEnd
 *     |                  |               |                 |                 |
 *     v                  v               v                 v                 v
 *     | Ethernet | …     | IPv4, IPv6    | TCP, UDP, …     | payload         | not captured, or padding
 *                                                          |--- payloadLength, on the wire ---|
 */
import { batchRows } from "../limits.ts";
import { OuterHeaders } from "./outer-headers.ts";

/** Bits of the column `flags`. */
export const packetFlag = {
  /** The snapshot length cut the packet. */
  truncated: 1,
  /** A header contradicts itself or what is there of the packet. */
  malformed: 2,
  /** The link type is one that pcs does not decode. */
  undecoded: 4,
  /** A piece of a fragmented IP packet: the first, the last or one between. */
  fragment: 8,
  /** An IP packet inside another one, whose headers are in the list `outer`. */
  tunnelled: 16,
} as const;

/** Stands in a column of offsets where the packet has no such header. */
export const noOffset = 0xffffffff;

export interface DecodedColumns {
  /** A sum of `layerBit`. */
  readonly layers: Uint32Array;
  /**
   * A number out of `protocolId`. Decoding leaves the transport there, or what comes nearest to one;
   * recognition overwrites it with what the payload is.
   */
  readonly protocol: Uint8Array;
  /** A sum of `packetFlag`. */
  readonly flags: Uint8Array;
  /** Ports of the TCP, UDP or SCTP header; 0 where there is none. Told though the header be cut behind. */
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
  /** Where the outermost link header starts if it is Ethernet (MAC addresses at 0 and 6), else `noOffset`. */
  readonly linkStart: Uint32Array;
  /** Where the IPv4 or IPv6 header starts, or `noOffset`. */
  readonly networkStart: Uint32Array;
  /** 4, 6, or 0 where there is no such header, or not all of its fixed bytes. */
  readonly networkVersion: Uint8Array;
  /** The IP protocol number of the transport that was reached: 6, 17, 132, 1, 58, 2, …; 0 where none was. */
  readonly transport: Uint8Array;
  /** Where the transport's header starts, or `noOffset`: fragments other than the first have none. */
  readonly transportStart: Uint32Array;
  /** The captured bytes of the transport's payload; both the same where there are none. */
  readonly payloadStart: Uint32Array;
  readonly payloadEnd: Uint32Array;
  /** Bytes of that payload in this packet on the wire, as the headers claim. */
  readonly payloadLength: Uint32Array;
  /** The IP headers of tunnels, of all packets together. */
  readonly outer: OuterHeaders;
  /** The IP headers that ICMP errors and sFlow reports quote. */
  readonly quotes: OuterHeaders;
}

/** Columns with room for `rows` packets. */
export function createDecodedColumns(rows = batchRows): DecodedColumns {
  return {
    layers: new Uint32Array(rows),
    protocol: new Uint8Array(rows),
    flags: new Uint8Array(rows),
    sourcePort: new Uint16Array(rows),
    destinationPort: new Uint16Array(rows),
    linkStart: new Uint32Array(rows),
    networkStart: new Uint32Array(rows),
    networkVersion: new Uint8Array(rows),
    transport: new Uint8Array(rows),
    transportStart: new Uint32Array(rows),
    payloadStart: new Uint32Array(rows),
    payloadEnd: new Uint32Array(rows),
    payloadLength: new Uint32Array(rows),
    outer: new OuterHeaders(),
    quotes: new OuterHeaders(),
  };
}
