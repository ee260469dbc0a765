/** Packets for tests, from the outside in: `ethernet(0x0800, ipv4(17, udp()))`. */
import { decodeBatch } from "./decode-batch.ts";
import { createDecodedColumns, packetFlag } from "./decoded-columns.ts";
import { layerNames } from "./layers.ts";
import { protocolNames } from "./protocols.ts";
import { bytes, u16, u32 } from "../capture/bytes-builder.test-support.ts";
import { batchOf } from "../capture/capture-builder.test-support.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export const nothing: Bytes = new Uint8Array(0);

export function ethernet(type: number, payload: Uint8Array): Bytes {
  return bytes("0a0000000001 0a0000000002", u16(type), payload);
}

export function vlan(id: number, type: number, payload: Uint8Array): Bytes {
  return bytes(u16(id), u16(type), payload);
}

export interface Ipv4Fields {
  /** Flags and offset. */
  fragment?: number;
  /** Bytes, a multiple of 4. */
  options?: Uint8Array;
  totalLength?: number;
  /** The first byte. */
  first?: number;
}

export function ipv4(protocol: number, payload: Uint8Array, fields: Ipv4Fields = {}): Bytes {
  const options = fields.options ?? nothing;
  const headerLength = 20 + options.length;
  return bytes(
    [fields.first ?? 0x40 | (headerLength / 4), 0],
    u16(fields.totalLength ?? headerLength + payload.length),
    u16(1),
    u16(fields.fragment ?? 0),
    [64, protocol],
    u16(0),
    "0a000001 0a000002",
    options,
    payload,
  );
}

export function ipv6(next: number, payload: Uint8Array, payloadLength = payload.length): Bytes {
  return bytes(u32(0x60000000), u16(payloadLength), [next, 64], new Uint8Array(32).fill(1), payload);
}

export function tcp(payload: Uint8Array = nothing, words = 5): Bytes {
  const options = new Uint8Array(Math.max(0, words - 5) * 4);
  return bytes(u16(40_000), u16(80), u32(1), u32(2), [words << 4, 0x18], u16(1000), u32(0), options, payload);
}

export function udp(payload: Uint8Array = nothing, length = 8 + payload.length): Bytes {
  return bytes(u16(40_001), u16(53), u16(length), u16(0), payload);
}

/** UDP to a port that may be that of a tunnel. */
export function udpTo(port: number, payload: Uint8Array): Bytes {
  return bytes(u16(40_001), u16(port), u16(8 + payload.length), u16(0), payload);
}

export function sctp(): Bytes {
  return bytes(u16(40_002), u16(5060), u32(1), u32(0), "00030010 00000000 00000000 00000000");
}

export function icmp(type: number, payload: Uint8Array = nothing): Bytes {
  return bytes([type, 0], u16(0), u32(0), payload);
}

export function arp(): Bytes {
  return bytes("0001 0800 06 04 0001", new Uint8Array(20));
}

/** What the decoder says about one packet, in words. */
export function decode(data: Uint8Array, { linkType = 1, wire = data.length } = {}) {
  const columns = createDecodedColumns(1);
  decodeBatch(batchOf([{ data, wire }], linkType), columns);
  const flags = columns.flags[0]!;
  return {
    layers: layerNames.filter((_, i) => columns.layers[0]! & (1 << i)).join(" "),
    protocol: protocolNames[columns.protocol[0]!],
    ports: [columns.sourcePort[0]!, columns.destinationPort[0]!],
    malformed: (flags & packetFlag.malformed) !== 0,
    truncated: (flags & packetFlag.truncated) !== 0,
    undecoded: (flags & packetFlag.undecoded) !== 0,
  };
}

/**
 * The layers of a packet, by name. Every cut of it must have a part of them, and be truncated, not malformed.
 */
export function layersOf(packet: Uint8Array, linkType = 1): string {
  const whole = decode(packet, { linkType });
  const layers = whole.layers.split(" ");
  for (let length = 1; length < packet.length; length++) {
    const cut = decode(packet.subarray(0, length), { linkType, wire: packet.length });
    const extra = cut.layers.split(" ").filter((layer) => layer !== "" && !layers.includes(layer));
    if (extra.length > 0 || (cut.malformed && !whole.malformed))
      throw new Error(`cut to ${length} bytes: ${cut.layers}, malformed: ${cut.malformed}`);
  }
  return whole.layers;
}
