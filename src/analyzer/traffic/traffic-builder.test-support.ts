/** Packets between two ends, as a list to count, for tests of flows and what is made of them. */
import { batchOf, type FixturePacket } from "../capture/capture-builder.test-support.ts";
import { bytes, u16, u32 } from "../capture/bytes-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { FlowTraffic } from "./flow-traffic.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface End {
  /** Four bytes in hex, or sixteen. */
  address: string;
  port: number;
  mac?: string;
}

export const client: End = { address: "0a000001", port: 50_000, mac: "0a0000000001" };
export const server: End = { address: "0a000002", port: 443, mac: "0a0000000002" };

function ip(from: End, to: End, transport: number, content: Uint8Array): Bytes {
  const macs = bytes(to.mac ?? "0a0000000009", from.mac ?? "0a0000000008");
  if (from.address.length === 32)
    return bytes(
      macs,
      u16(0x86dd),
      u32(0x60000000),
      u16(content.length),
      [transport, 64],
      from.address,
      to.address,
      content,
    );
  const header = bytes(
    "4500",
    u16(20 + content.length),
    u32(0),
    [64, transport],
    u16(0),
    from.address,
    to.address,
  );
  return bytes(macs, u16(0x0800), header, content);
}

export interface Segment {
  /** Letters out of S, A, F, R, P. */
  flags?: string;
  sequence?: number;
  acknowledgement?: number;
  payload?: Uint8Array;
}

export function segment(from: End, to: End, content: Segment = {}): Bytes {
  const { flags = "A", sequence = 1, acknowledgement = 1, payload = new Uint8Array(0) } = content;
  const bits = [..."FSRPA"].reduce((sum, letter, i) => sum + (flags.includes(letter) ? 1 << i : 0), 0);
  const header = bytes(
    u16(from.port),
    u16(to.port),
    u32(sequence),
    u32(acknowledgement),
    [0x50, bits],
    u16(512),
    u32(0),
  );
  return ip(from, to, 6, bytes(header, payload));
}

export function datagram(from: End, to: End, payload: Uint8Array = new Uint8Array(1)): Bytes {
  return ip(from, to, 17, bytes(u16(from.port), u16(to.port), u16(8 + payload.length), u16(0), payload));
}

export function ping(from: End, to: End): Bytes {
  return ip(from, to, 1, bytes("0800 0000 0001 0001"));
}

/** A handshake that takes 30 ms, from second `at` on. */
export function opening(from: End, to: End, at = 0, first = 100): FixturePacket[] {
  return [
    { data: segment(from, to, { flags: "S", sequence: first, acknowledgement: 0 }), seconds: at },
    {
      data: segment(to, from, { flags: "SA", sequence: 900, acknowledgement: first + 1 }),
      seconds: at,
      fraction: 20_000_000,
    },
    {
      data: segment(from, to, { sequence: first + 1, acknowledgement: 901 }),
      seconds: at,
      fraction: 30_000_000,
    },
  ];
}

/** Counts packets, whose fractions are nanoseconds. */
export function trafficOf(packets: FixturePacket[], traffic = new FlowTraffic()) {
  const batch = batchOf(packets);
  const columns = createDecodedColumns(Math.max(1, packets.length));
  decodeBatch(batch, columns);
  traffic.add(batch, columns);
  return { traffic, columns, snapshot: traffic.snapshot(() => null) };
}

/** The report of the flows that these packets are. */
export function flowsOf(...packets: FixturePacket[]) {
  return trafficOf(packets).snapshot.flows;
}
