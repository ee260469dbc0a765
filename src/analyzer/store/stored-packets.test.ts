import { expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { memoryBytes, pcapFile } from "../capture/capture-builder.test-support.ts";
import { openCapture } from "../capture/open-capture.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { PacketStore } from "./packet-store.ts";
import { openRotatingFile } from "./rotating-file.ts";
import { storeCapture } from "./store-capture.test-support.ts";
import { StoredPackets } from "./stored-packets.ts";

const data = ethernet(0x0800, ipv4(6, tcp()));

async function stored(count: number): Promise<StoredPackets> {
  const keeper = openRotatingFile({ parents: [tmpdir()], mayWait: true, maxBytes: 3000, blockBytes: 1000 });
  const packets = new StoredPackets(keeper, true, new PacketStore(50, 10));
  const content = pcapFile(
    Array.from({ length: count }, (_, i) => ({ data, wire: 99, seconds: i, fraction: 5 })),
  );
  if (count > 0) await storeCapture(await openCapture("stdin", "-", memoryBytes(content)), packets);
  return packets;
}

const reasonOf = (packets: StoredPackets, number: number): string => {
  const found = packets.packetBytes(number);
  return found.kind === "missing" ? found.reason : "found";
};

test("a packet, or why it is not there", async () => {
  const packets = await stored(100);
  expect(packets.packetBytes(100)).toEqual({
    kind: "packet",
    number: 100,
    seconds: 99,
    nanos: 5000,
    linkType: 1,
    wire: 99,
    bytes: data,
  });
  expect(reasonOf(packets, 101)).toBe("There is no packet 101: the last one has the number 100.");
  expect(reasonOf(packets, 0)).toBe("There is no packet 0: the last one has the number 100.");
  expect(reasonOf(packets, 50)).toBe("Packet 50 is no longer kept: the first one that is has the number 51.");
  expect(reasonOf(packets, 51)).toMatch(
    /^The bytes of packet 51 cannot be had\. Newer packets took their place: pcs keeps the last .+ on disk\.$/,
  );
  // Those that are gone are counted, and no other.
  const gone = Array.from({ length: 100 }, (_, i) => reasonOf(packets, i + 1)).filter(
    (text) => text !== "found",
  );
  expect(packets.lost).toBe(gone.length);
  await packets.close();
});

test("odd numbers are no packets", async () => {
  const packets = await stored(100);
  for (const number of [Number.NaN, -1, 1e300, Number.POSITIVE_INFINITY])
    expect(reasonOf(packets, number)).toStartWith("There is no packet ");
  expect(reasonOf(packets, 99.5)).toStartWith("There is no packet ");
  await packets.close();
});

test("before the first packet", async () => {
  const packets = await stored(0);
  expect(reasonOf(packets, 1)).toBe("There is no packet 1: none has come yet.");
  await packets.close();
});
