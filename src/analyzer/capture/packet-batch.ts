/**
 * What a source delivers: many packets at once, as columns of numbers over one block of bytes, because an
 * object or a view a packet would cost more than decoding it. Row `i` is one packet, in the order of the
 * capture. A batch is valid until the next one is asked for: source and columns are used again.
 */
import { batchRows } from "../limits.ts";

export interface PacketBatch {
  /** Packets in this batch; the columns beyond are left over from earlier batches. */
  count: number;
  /** The bytes that `offset` points into. */
  bytes: Uint8Array;
  /**
   * Where `bytes` begins in the bytes of the capture, inflated if it is compressed: packet `i` lies there at
   * `position + offset[i]`. Undefined for live traffic.
   */
  position?: number | undefined;
  /** Where the packet begins in `bytes`. */
  readonly offset: Uint32Array;
  /** Bytes that were captured, from `offset` on; all of them lie within `bytes`. */
  readonly captured: Uint32Array;
  /** Bytes that crossed the wire. In odd files less than `captured`. */
  readonly wire: Uint32Array;
  /** Whole seconds since 1970, rounded down; NaN where the capture keeps no time for the packet. */
  readonly seconds: Float64Array;
  /** Nanoseconds on top of `seconds`, below 1,000,000,000. */
  readonly nanos: Uint32Array;
  /** The link type by its number in pcap files (https://www.tcpdump.org/linktypes.html). */
  readonly linkType: Uint16Array;
}

/** An empty batch with room for `rows` packets. */
export function createPacketBatch(rows = batchRows): PacketBatch {
  return {
    count: 0,
    bytes: new Uint8Array(0),
    offset: new Uint32Array(rows),
    captured: new Uint32Array(rows),
    wire: new Uint32Array(rows),
    seconds: new Float64Array(rows),
    nanos: new Uint32Array(rows),
    linkType: new Uint16Array(rows),
  };
}

/** Takes `length` bytes that never crossed the wire off the beginning of the packet in `row`. */
export function stripFront(batch: PacketBatch, row: number, length: number): void {
  const stripped = Math.min(length, batch.captured[row]!);
  batch.offset[row]! += stripped;
  batch.captured[row]! -= stripped;
  batch.wire[row] = Math.max(0, batch.wire[row]! - length);
}
