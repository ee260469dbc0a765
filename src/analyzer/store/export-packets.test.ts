import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { pcapFile, pcapngBlocks, readCapture } from "../capture/capture-builder.test-support.ts";
import type { CaptureFormat } from "../capture/capture-encoder.ts";
import { openCaptureFile } from "../capture/open-capture.ts";
import { exportPackets, storedLinkTypes } from "./export-packets.ts";
import { openStoredPackets } from "./open-stored-packets.ts";
import { storeCapture } from "./store-capture.test-support.ts";
import type { StoredPackets } from "./stored-packets.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function stored(content: Uint8Array): Promise<StoredPackets> {
  const path = join(folder, "capture");
  writeFileSync(path, content);
  const source = await openCaptureFile(path);
  const packets = openStoredPackets(source, [folder]);
  await storeCapture(source, packets);
  return packets;
}

function exported(packets: StoredPackets, format: CaptureFormat): Uint8Array {
  return bytes(...exportPackets(packets, { format, linkTypes: storedLinkTypes(packets.columns) }));
}

test("what is exported is what was read", async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => ({
    data: new Uint8Array(i % 900).fill(i),
    wire: (i % 900) + 7,
    seconds: i,
    fraction: i,
  }));
  const content = pcapFile(many, { magic: 0xa1b23c4d, linkType: 113 });
  const packets = await stored(content);
  for (const format of ["pcap", "pcapng"] as const)
    expect(await readCapture(exported(packets, format))).toEqual(await readCapture(content));
  await packets.close();
});

test("pseudo headers are there again", async () => {
  const content = pcapFile([{ data: bytes("0102030405060708") }, { data: bytes("01") }], { linkType: 139 });
  const packets = await stored(content);
  const [whole] = (await readCapture(content)).packets;
  const found = (await readCapture(exported(packets, "pcap"))).packets;
  expect(found[0]).toEqual(whole);
  // Of one that ends inside it nothing is left.
  expect(found[1]).toMatchObject({ data: "", wire: 0 });
  expect(exported(packets, "pcap").subarray(40, 48)).toEqual(bytes("0102030405060708"));
  await packets.close();
});

test("several link types, each an interface", async () => {
  const ng = pcapngBlocks();
  const content = bytes(
    ng.section(),
    ng.interface(1),
    ng.interface(101),
    ng.enhanced(1, 0, 1, bytes("45")),
    ng.enhanced(0, 0, 2, bytes("00")),
  );
  const packets = await stored(content);
  expect(storedLinkTypes(packets.columns)).toEqual([101, 1]);
  const { packets: found } = await readCapture(exported(packets, "pcapng"));
  expect(found.map(({ data, linkType }) => [data, linkType])).toEqual([
    ["45", 101],
    ["00", 1],
  ]);
  await packets.close();
});

test("a packet whose bytes are gone keeps its place", async () => {
  const packets = await stored(pcapFile([{ data: bytes("0102"), seconds: 7 }]));
  truncateSync(join(folder, "capture"), 20);
  expect((await readCapture(exported(packets, "pcap"))).packets).toEqual([
    { data: "", wire: 2, seconds: 7, nanos: 0, linkType: 1 },
  ]);
  await packets.close();
});

test("a piece at a time, and none is larger than the encoder's buffer", async () => {
  const packets = await stored(
    pcapFile(Array.from({ length: 3000 }, () => ({ data: new Uint8Array(1400) }))),
  );
  const lengths = Array.from(
    exportPackets(packets, { format: "pcap", linkTypes: [1] }),
    ({ length }) => length,
  );
  expect(lengths.length).toBe(5);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(1 << 20);
  await packets.close();
});

const isWanted = (number: number): boolean => number % 3 === 0;
const commentOf = ({ captured }: { captured: Uint32Array }, row: number): string =>
  captured[row] === 6 ? "é: <script>" : "";

test("only the packets that are wanted, with what is to be said about them", async () => {
  const many = Array.from({ length: 10 }, (_, i) => ({ data: new Uint8Array(i + 1).fill(i), seconds: i }));
  const packets = await stored(pcapFile(many));
  const linkTypes = storedLinkTypes(packets.columns, isWanted);
  for (const format of ["pcap", "pcapng"] as const) {
    const file = bytes(...exportPackets(packets, { format, linkTypes, isWanted, commentOf }));
    const read = await readCapture(file);
    expect(read.warnings).toEqual([]);
    expect(read.packets.map(({ seconds }) => seconds)).toEqual([2, 5, 8]);
    expect(Buffer.from(file).includes("é: <script>")).toBe(format === "pcapng");
  }
  expect(storedLinkTypes(packets.columns, () => false)).toEqual([]);
  await packets.close();
});

test("whoever wants a turn gets one after each packet, and the file is the same", async () => {
  const content = pcapFile(Array.from({ length: 9000 }, (_, i) => ({ data: bytes("0102"), seconds: i })));
  const packets = await stored(content);
  const linkTypes = storedLinkTypes(packets.columns);
  for (const isWanted of [undefined, (number: number) => number > 8990]) {
    const options = { format: "pcapng" as const, linkTypes, isWanted };
    const pieces = [...exportPackets(packets, { ...options, isOver: () => true })];
    // Packets that are passed by are asked about now and then.
    expect(pieces.length).toBe(isWanted === undefined ? 9001 : 2 + 10 + 1);
    expect(bytes(...pieces)).toEqual(bytes(...exportPackets(packets, options)));
  }
  await packets.close();
});
