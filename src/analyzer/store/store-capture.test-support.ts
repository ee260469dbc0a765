/** Captures into a store, with a note of what each packet was when it was read. */
import type { PacketSource } from "../capture/packet-source.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import type { MissingPacket, StoredPacket, StoredPackets } from "./stored-packets.ts";

/** Reads `source` to its end and closes it. @returns the packets as they stood in their batches */
export async function storeCapture(source: PacketSource, packets: StoredPackets): Promise<StoredPacket[]> {
  const columns = createDecodedColumns();
  const read: StoredPacket[] = [];
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    decodeBatch(batch, columns);
    packets.add(batch, columns, new Uint32Array(batch.count));
    for (let i = 0; i < batch.count; i++) {
      const from = batch.offset[i]!;
      read.push({
        kind: "packet",
        number: read.length + 1,
        seconds: batch.seconds[i]!,
        nanos: batch.nanos[i]!,
        linkType: batch.linkType[i]!,
        wire: batch.wire[i]!,
        bytes: new Uint8Array(batch.bytes.subarray(from, from + batch.captured[i]!)),
      });
    }
  }
  await source.close();
  return read;
}

/** The packets of the store from the first on, or why one is missing. */
export function storedPackets(packets: StoredPackets): (StoredPacket | MissingPacket)[] {
  const { first, last } = packets.columns;
  return Array.from({ length: last - first + 1 }, (_, i) => packets.packetBytes(first + i));
}

/** Numbers of packets that are not the same in both lists. */
export function different(
  read: readonly StoredPacket[],
  found: readonly (StoredPacket | MissingPacket)[],
): number[] {
  return read.filter((packet, i) => !isSame(packet, found[i])).map(({ number }) => number);
}

function isSame(a: StoredPacket, b: StoredPacket | MissingPacket | undefined): boolean {
  return (
    b?.kind === "packet" &&
    a.number === b.number &&
    Object.is(a.seconds, b.seconds) &&
    a.nanos === b.nanos &&
    a.linkType === b.linkType &&
    a.wire === b.wire &&
    Buffer.compare(a.bytes, b.bytes) === 0
  );
}
