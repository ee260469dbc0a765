/** Columns of packets in the store. */
import { storedHeadersPerRow } from "../limits.ts";
import { StoredHeaders } from "./stored-headers.ts";

/** Stands in the column of scores where a packet was not judged. */
export const notJudged = 65_535;

/** A score of 1 in the column of scores. */
export const scoreUnits = 10_000;

/** A score in the units of its column; what lies between two of them is kept, without the noise of floats. */
export function scoreValue(score: number): number {
  return Math.round(score * scoreUnits * 1e6) / 1e6;
}

/** The least score of a flagged packet in the column, where packets are flagged from the score `threshold` on. */
export function leastFlagged(threshold: number): number {
  return Math.ceil(scoreValue(threshold));
}

/** A row is a packet, 63 bytes. */
export interface StoreChunk {
  /** Whole seconds since 1970 and nanoseconds on top; NaN where the capture keeps no time. */
  readonly seconds: Float64Array;
  readonly nanos: Uint32Array;
  /** Bytes on the wire, and those captured. */
  readonly wire: Uint32Array;
  readonly captured: Uint32Array;
  readonly linkType: Uint16Array;
  /** A sum of `layerBit`, a number of `protocolNames`, a sum of `packetFlag`. */
  readonly layers: Uint32Array;
  readonly protocol: Uint8Array;
  readonly flags: Uint8Array;
  /** Ids of `AddressIds`: of the innermost IP header, else of an Ethernet header around everything. */
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
  /** The IP protocol number of the transport; 0 where none was reached. */
  readonly transport: Uint8Array;
  /** The flow's number; 0 for none. */
  readonly flow: Uint32Array;
  /** Where the packet's bytes begin in the capture file; NaN where they are not kept. */
  readonly place: Float64Array;
  /** The anomaly score × `scoreUnits`, or `notJudged`. Comes later than the packet. */
  readonly score: Uint16Array;
  /** The number of its feature row; 0 for none. */
  readonly vector: Uint32Array;
  /** The number of the episode that it is part of, where it is flagged; else 0. */
  readonly episode: Uint32Array;
  /** IP headers besides those that the columns speak of, in the order of their rows. */
  readonly headers: StoredHeaders;
}

export function createStoreChunk(rows: number): StoreChunk {
  return {
    seconds: new Float64Array(rows),
    nanos: new Uint32Array(rows),
    wire: new Uint32Array(rows),
    captured: new Uint32Array(rows),
    linkType: new Uint16Array(rows),
    layers: new Uint32Array(rows),
    protocol: new Uint8Array(rows),
    flags: new Uint8Array(rows),
    source: new Uint32Array(rows),
    destination: new Uint32Array(rows),
    sourcePort: new Uint16Array(rows),
    destinationPort: new Uint16Array(rows),
    transport: new Uint8Array(rows),
    flow: new Uint32Array(rows),
    place: new Float64Array(rows),
    score: new Uint16Array(rows),
    vector: new Uint32Array(rows),
    episode: new Uint32Array(rows),
    headers: new StoredHeaders(rows * storedHeadersPerRow),
  };
}
