/** Ordinary traffic and floods, packet by packet, for tests of the detector. */
import { bytes, u16, u32 } from "../capture/bytes-builder.test-support.ts";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { SeededRandom } from "./seeded-random.ts";

interface Made {
  data: Uint8Array;
  seconds: number;
  fraction: number;
}

/** A TCP segment over Ethernet. */
export function segment(from: number, to: number, sourcePort: number, port: number, flags: number, size = 0) {
  const link = bytes("0a0000000002 0a00000000", [from & 0xff], u16(0x0800));
  const network = bytes(
    "4500",
    u16(40 + size),
    "0001 0000 4006 0000",
    u32(0x0a000000 + from),
    u32(0x0a000000 + to),
  );
  const transport = bytes(u16(sourcePort), u16(port), u32(1), u32(1), [0x50, flags], "1000 0000 0000");
  return bytes(link, network, transport, new Uint8Array(size));
}

/** Twenty hosts that speak with three servers for so many seconds. */
export function ordinary(seconds: number): Made[] {
  const random = new SeededRandom(11);
  const made: Made[] = [];
  for (let second = 0; second < seconds; second++)
    for (let i = 0; i < 30; i++) {
      const client = 10 + random.below(20);
      const server = 1 + random.below(3);
      const back = random.below(2) === 0;
      const size = random.below(3) * 300;
      const port = 40_000 + client;
      const data = back
        ? segment(server, client, 443, port, 0x18, size)
        : segment(client, server, port, 443, 0x18, size);
      made.push({ data, seconds: second, fraction: i * 30_000_000 });
    }
  return made;
}

/** Connections opened to one host by sources that do not exist. */
export function flood(count: number, second: number): Made[] {
  return Array.from({ length: count }, (_, i) => ({
    data: segment(5000 + i, 2, 1024 + i, 80, 0x02),
    seconds: second,
    fraction: Math.floor((i / count) * 9e8),
  }));
}

/** One batch of packets in the order of time, decoded. */
export function decoded(packets: readonly Made[]) {
  const inOrder = packets.toSorted((a, b) => a.seconds - b.seconds || a.fraction - b.fraction);
  const batch = batchOf(inOrder.map(({ data, seconds }) => ({ data, seconds })));
  inOrder.forEach(({ fraction }, i) => (batch.nanos[i] = fraction));
  const columns = createDecodedColumns(inOrder.length);
  decodeBatch(batch, columns);
  return { batch, columns };
}
