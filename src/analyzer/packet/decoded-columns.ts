/** What decoding says about a batch, as columns beside it: row `i` is packet `i` of the batch. */
import { batchRows } from "../limits.ts";

/** Bits of the column `flags`. */
export const packetFlag = {
  /** The snapshot length cut the packet. */
  truncated: 1,
  /** A header contradicts itself or what is there of the packet. */
  malformed: 2,
  /** The link type is one that pcs does not decode. */
  undecoded: 4,
} as const;

export interface DecodedColumns {
  /** A sum of `layerBit`. */
  readonly layers: Uint32Array;
  /** A number out of `protocolId`. */
  readonly protocol: Uint8Array;
  /** A sum of `packetFlag`. */
  readonly flags: Uint8Array;
  /** Ports of the innermost TCP, UDP or SCTP header; 0 where there is none. */
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
}

/** Columns with room for `rows` packets. */
export function createDecodedColumns(rows = batchRows): DecodedColumns {
  return {
    layers: new Uint32Array(rows),
    protocol: new Uint8Array(rows),
    flags: new Uint8Array(rows),
    sourcePort: new Uint16Array(rows),
    destinationPort: new Uint16Array(rows),
  };
}
