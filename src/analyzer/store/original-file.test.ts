/** What is told about packets of a file that others have changed since. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytes, u32 } from "../capture/bytes-builder.test-support.ts";
import { pcapFile, pcapngBlocks } from "../capture/capture-builder.test-support.ts";
import { openCaptureFile } from "../capture/open-capture.ts";
import { openStoredPackets } from "./open-stored-packets.ts";
import { openOriginalFile } from "./original-file.ts";
import { different, storeCapture, storedPackets } from "./store-capture.test-support.ts";
import type { StoredPackets } from "./stored-packets.ts";

const folder = mkdtempSync(join(tmpdir(), "pcs-"));
const path = join(folder, "capture");
const data = bytes("0102030405060708");
let store: StoredPackets;
afterAll(() => rmSync(folder, { recursive: true }));

const content = pcapFile(Array.from({ length: 10 }, (_, i) => ({ data, seconds: i })));

/** Writes the file so that its time tells nothing. */
function write(changed: Uint8Array): void {
  writeFileSync(path, changed);
  utimesSync(path, 1000, 1000);
}

beforeEach(async () => {
  write(content);
  const source = await openCaptureFile(path);
  store = openStoredPackets(source, []);
  await storeCapture(source, store);
});

/** The header of a snoop record. */
function snoopHeader(wire: number): Uint8Array {
  return bytes(...[wire, 8, 32, 0, 5, 6].map((value) => u32(value)));
}

function reasons(): string[] {
  return storedPackets(store).map((packet) => (packet.kind === "missing" ? packet.reason : "found"));
}

test("removed or renamed, it is read on", async () => {
  renameSync(path, `${path}2`);
  writeFileSync(path, "another");
  expect(new Set(reasons())).toEqual(new Set(["found"]));
  rmSync(`${path}2`);
  expect(new Set(reasons())).toEqual(new Set(["found"]));
  await store.close();
  await store.close();
  expect(reasons()[0]).toBe("The bytes of packet 1 cannot be had. The capture was closed.");
});

test("cut, nothing of it is believed", () => {
  truncateSync(path, 100);
  expect(reasons()).toEqual(
    Array.from(
      { length: 10 },
      (_, i) => `The bytes of packet ${i + 1} cannot be had. ${path} became shorter after it was read.`,
    ),
  );
});

test("written over, nothing of it is believed", () => {
  writeFileSync(path, content);
  utimesSync(path, 1, 1);
  expect(reasons()[3]).toBe(
    `The bytes of packet 4 cannot be had. ${path} was written over after it was read.`,
  );
});

test("longer by now, its packets are still there", () => {
  appendFileSync(path, content.subarray(24));
  expect(new Set(reasons())).toEqual(new Set(["found"]));
});

describe("written over without a trace, what stands before each packet tells", () => {
  const other =
    "cannot be had. Something else stands in their place: the file was changed after it was read.";
  const record = 24 + data.length - 8;
  for (const [what, at] of [
    ["its time", 0],
    ["its captured length", 8],
    ["its length on the wire", 12],
  ] as const)
    test(what, () => {
      const changed = content.slice();
      changed[24 + 4 * record + at]! ^= 1;
      write(changed);
      expect(reasons()).toEqual([
        ...Array<string>(4).fill("found"),
        `The bytes of packet 5 ${other}`,
        ...Array<string>(5).fill("found"),
      ]);
    });

  test("in pcapng and snoop too", async () => {
    const ng = pcapngBlocks();
    const sections = bytes(ng.section(), ng.interface(), ng.enhanced(0, 0, 7, data), ng.simple(data));
    const snoop = (wire: number): Uint8Array =>
      bytes("736e6f6f70000000", u32(2), u32(4), snoopHeader(wire), data, snoopHeader(wire), data);
    const longer = bytes(ng.section(), ng.interface(), ng.enhanced(0, 0, 7, data, 9), ng.simple(data, 9));
    for (const [before, after] of [
      [sections, longer],
      [snoop(8), snoop(9)],
    ] as const) {
      write(before);
      const source = await openCaptureFile(path);
      store = openStoredPackets(source, []);
      const read = await storeCapture(source, store);
      expect(different(read, storedPackets(store))).toEqual([]);
      write(after);
      expect(reasons()).toEqual([`The bytes of packet 1 ${other}`, `The bytes of packet 2 ${other}`]);
    }
  });
});

test("a file that is gone before it could be opened again", () => {
  expect(() => openOriginalFile(join(folder, "nowhere"))).toThrow("ENOENT");
});
