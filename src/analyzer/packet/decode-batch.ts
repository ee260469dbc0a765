/**
 * The hot path: a batch of packets to columns, in one plain loop. It makes no object and no view a packet,
 * reads only within the captured bytes, and never throws.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import { linkType } from "../capture/link-types.ts";
import { decodeCommon } from "./decode-common.ts";
import { decodeHeaders } from "./decode-header.ts";
import type { DecodedColumns } from "./decoded-columns.ts";
import { decodeLinkLayer } from "./link-layer.ts";
import { PacketCursor } from "./packet-cursor.ts";
import { decodeSamples } from "./sampled-packets.ts";

/** Decodes every packet of `batch` into the same rows of `columns`, which must have room for them. */
export function decodeBatch(batch: PacketBatch, columns: DecodedColumns, p = new PacketCursor()): void {
  const { bytes, offset, captured, wire, linkType: type, count } = batch;
  p.bytes = bytes;
  p.outer = columns.outer;
  p.quotes = columns.quotes;
  columns.outer.clear();
  columns.quotes.clear();
  for (let i = 0; i < count; i++) {
    const isCommon =
      type[i] === linkType.ethernet && decodeCommon(bytes, offset[i]!, captured[i]!, wire[i]!, columns, i);
    if (!isCommon) {
      p.row = i;
      p.begin(offset[i]!, captured[i]!, wire[i]!);
      decodeHeaders(p, decodeLinkLayer(p, type[i]!));
      if (p.samplesAt !== 0) decodeSamples(p);
      p.writeTo(columns, i);
    }
  }
}
