/** Every packet of captures of all kinds is found again, byte for byte. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { bytes, u32 } from "../capture/bytes-builder.test-support.ts";
import { memoryBytes, pcapFile, pcapngBlocks } from "../capture/capture-builder.test-support.ts";
import { filterSource } from "../capture/live/filtered-source.ts";
import { openLibpcap } from "../capture/live/libpcap.ts";
import { openCapture, openCaptureFile, openCaptureStream } from "../capture/open-capture.ts";
import type { PacketSource } from "../capture/packet-source.ts";
import { inspectPacket } from "../packet/inspector/inspect-packet.ts";
import { ethernet, ipv4, tcp, udp } from "../packet/packet-builder.test-support.ts";
import { openStoredPackets } from "./open-stored-packets.ts";
import { different, storeCapture, storedPackets } from "./store-capture.test-support.ts";

const captures = resolve(import.meta.dir, "../../../../shared/captures");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const packets = Array.from({ length: 8000 }, (_, i) => ({
  data: ethernet(
    0x0800,
    ipv4(i % 2 === 0 ? 6 : 17, i % 2 === 0 ? tcp(u32(i)) : udp(new Uint8Array(i % 300))),
  ),
  wire: 1514,
  seconds: i,
  fraction: i % 1000,
}));

function pcapng(little: boolean): Uint8Array {
  const ng = pcapngBlocks(little);
  const blocks = packets.slice(0, 3000).map(({ data }, i) => {
    if (i % 3 === 0) return ng.enhanced(1, 0, i, data, 1514);
    return i % 3 === 1 ? ng.simple(data) : ng.obsolete(0, 0, i, data);
  });
  const other = pcapngBlocks(!little);
  return bytes(
    ng.section(),
    ng.interface(),
    // MTP2, with a pseudo header.
    ng.interface(139),
    ...blocks,
    ng.block(0x0bad, new Uint8Array(2_000_000)),
    other.section(),
    other.interface(101),
    other.enhanced(0, 1, 2, bytes("45")),
  );
}

function snoop(): Uint8Array {
  const records = packets.slice(0, 3000).map(({ data }, i) => {
    const padding = new Uint8Array(-data.length & 3);
    const lengths = [u32(1514), u32(data.length), u32(24 + data.length + padding.length)];
    return bytes(...lengths, u32(0), u32(i), u32(5), data, padding);
  });
  return bytes("736e6f6f70000000", u32(2), u32(4), ...records);
}

const made: [string, () => Uint8Array][] = [
  ["pcap", () => pcapFile(packets)],
  ["pcap, the highest byte first", () => pcapFile(packets, { little: false })],
  ["pcap with nanoseconds", () => pcapFile(packets, { magic: 0xa1b23c4d })],
  ["pcap with longer headers", () => pcapFile(packets, { magic: 0xa1b2cd34 })],
  ["pcap with the lengths swapped", () => pcapFile(packets, { minor: 3 })],
  ["pcap with pseudo headers", () => pcapFile(packets, { linkType: 204 })],
  ["pcapng", () => pcapng(true)],
  ["pcapng, the highest byte first", () => pcapng(false)],
  ["snoop", snoop],
];

/** Stores what `source` gives; every packet must be found again, in any order, and be fit for the inspector. */
async function expectAllFound(source: PacketSource): Promise<number> {
  const store = openStoredPackets(source, [folder]);
  const read = await storeCapture(source, store);
  expect(different(read, storedPackets(store))).toEqual([]);
  for (let i = read.length; i > 0; i -= 97) {
    const packet = store.packetBytes(i);
    if (packet.kind === "missing") throw new Error(packet.reason);
    expect(packet.bytes).toEqual(read[i - 1]!.bytes);
    inspectPacket(packet.bytes, packet.wire, packet.linkType);
  }
  expect([store.lost, store.warnings]).toEqual([0, []]);
  await store.close();
  return read.length;
}

describe.each(made)("%s", (_, make) => {
  const write = (): string => {
    const path = join(folder, "capture");
    writeFileSync(path, make());
    return path;
  };

  test("a file", async () => {
    const source = await openCaptureFile(write());
    expect(source.rereadPath).toBeString();
    expect(await expectAllFound(source)).toBeGreaterThan(2000);
  });

  test("standard input", async () => {
    const source = await openCaptureStream(new Blob([new Uint8Array(make())]).stream());
    expect(source.rereadPath).toBeUndefined();
    expect(await expectAllFound(source)).toBeGreaterThan(2000);
  });

  test("compressed", async () => {
    for (const compress of [gzipSync, zstdCompressSync]) {
      const path = join(folder, "compressed");
      writeFileSync(path, compress(make()));
      const source = await openCaptureFile(path);
      expect(source.rereadPath).toBeUndefined();
      expect(await expectAllFound(source)).toBeGreaterThan(2000);
    }
  });

  test("as little of a file as a filter leaves", async () => {
    if (openLibpcap(process.platform) === undefined) {
      process.stderr.write("skipped: libpcap is not installed\n");
      return;
    }
    const means = { platform: process.platform, mayUseLibpcap: true, libpcapInstall: "" };
    for (const open of [
      () => openCaptureFile(write()),
      () => openCapture("stdin", "-", memoryBytes(make(), 100_000)),
    ])
      await expectAllFound(filterSource(await open(), "len > 0", means));
  });
});

test("a pipe is kept, though it has a name", async () => {
  if (Bun.which("mkfifo") === null) return;
  const path = join(folder, "pipe");
  Bun.spawnSync(["mkfifo", path]);
  const writer = Bun.spawn(["sh", "-c", 'cat > "$1"', "sh", path], { stdin: pcapFile(packets) });
  const source = await openCaptureFile(path);
  expect(source.rereadPath).toBeUndefined();
  expect(await expectAllFound(source)).toBe(packets.length);
  await writer.exited;
});

test("without a folder there are columns and a warning", async () => {
  const source = await openCapture("stdin", "-", memoryBytes(pcapFile(packets)));
  const store = openStoredPackets(source, [join(folder, "nowhere")]);
  await storeCapture(source, store);
  expect(store.warnings).toEqual(["The bytes of packets cannot be shown: there is no such file or folder."]);
  expect([store.columns.last, store.lost]).toEqual([packets.length, packets.length]);
  expect(store.packetBytes(7)).toEqual({
    kind: "missing",
    reason: "The bytes of packet 7 cannot be had. They were not kept.",
  });
  expect(store.packetBytes(0)).toMatchObject({
    reason: `There is no packet 0: the last one has the number ${packets.length}.`,
  });
  await store.close();
});

describe("shared captures", () => {
  if (!existsSync(captures)) {
    process.stderr.write(`skipped: ${captures} is not there\n`);
    return;
  }
  const inside = readdirSync(captures, { recursive: true, encoding: "utf8" });
  const names = inside.filter((name) => /\.(pcap|pcapng|cap|snoop|gz)$/.test(name) && !/csv/.test(name));
  const open = async (name: string): Promise<PacketSource | undefined> =>
    await openCaptureFile(join(captures, name)).catch(() => undefined);

  test("every packet of every file", async () => {
    let stored = 0;
    for (const name of names) {
      const source = await open(name);
      if (source !== undefined) stored += await expectAllFound(source);
    }
    process.stderr.write(`${stored} packets of ${names.length} files found again\n`);
    expect(stored).toBeGreaterThan(1000);
  }, 60_000);

  test("the same, inflated", async () => {
    for (const name of names.filter((_, i) => i % 10 === 0)) {
      const content = gzipSync(readFileSync(join(captures, name)));
      const source = await openCapture("file", name, memoryBytes(content)).catch(() => undefined);
      if (source !== undefined) await expectAllFound(source);
    }
  }, 60_000);
});
