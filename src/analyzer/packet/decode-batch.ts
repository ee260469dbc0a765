/**
 * The hot path: a batch of packets to columns, in one plain loop. It makes no object and no view a packet,
 * reads only within the captured bytes, and never throws.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import { decodeHeaders } from "./decode-header.ts";
import type { DecodedColumns } from "./decoded-columns.ts";
import { isDns } from "./dns.ts";
import { decodeLinkLayer } from "./link-layer.ts";
import { PacketCursor } from "./packet-cursor.ts";
import { decodeSamples } from "./sampled-packets.ts";
import { protocolId } from "./protocols.ts";

/** Decodes every packet of `batch` into the same rows of `columns`, which must have room for them. */
export function decodeBatch(batch: PacketBatch, columns: DecodedColumns, p = new PacketCursor()): void {
  const { offset, captured, wire, linkType, count } = batch;
  const { layers, protocol, flags, sourcePort, destinationPort } = columns;
  const { linkStart, networkStart, networkVersion, transport, transportStart } = columns;
  const { payloadStart, payloadEnd, payloadLength } = columns;
  p.bytes = batch.bytes;
  for (let i = 0; i < count; i++) {
    p.begin(offset[i]!, captured[i]!, wire[i]!);
    decodeHeaders(p, decodeLinkLayer(p, linkType[i]!));
    if (p.samplesAt !== 0) decodeSamples(p);
    layers[i] = p.layers;
    protocol[i] = p.protocol;
    flags[i] = p.flags;
    sourcePort[i] = p.sourcePort;
    destinationPort[i] = p.destinationPort;
    linkStart[i] = p.linkStart;
    networkStart[i] = p.networkStart;
    networkVersion[i] = p.networkVersion;
    transport[i] = p.transport;
    transportStart[i] = p.transportStart;
    payloadStart[i] = p.payloadStart;
    payloadEnd[i] = p.payloadEnd;
    payloadLength[i] = p.payloadLength;
    if (isDns(p)) protocol[i] = protocolId.dns;
  }
}
