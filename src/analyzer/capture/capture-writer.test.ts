import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { batchOf, readCapture } from "./capture-builder.test-support.ts";
import { openCaptureWriter } from "./capture-writer.ts";

const folder = mkdtempSync(join(tmpdir(), "pcs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const packets = Array.from({ length: 5000 }, (_, i) => ({
  data: new Uint8Array(i % 1500).fill(i & 0xff),
  wire: (i % 1500) + (i % 3),
  seconds: 1_700_000_000 + i,
  fraction: 999_999_999 - i,
}));

const written = packets.map(({ data, wire, seconds, fraction }) => ({
  data: data.toHex(),
  wire,
  seconds,
  nanos: fraction,
  linkType: 113,
}));

describe.each(["a.pcap", "A.PCAP", "a.pcapng", "a"])("%s", (name) => {
  test("what is written is read again, to the nanosecond, and as capinfos reads it", async () => {
    const path = join(folder, name);
    const writer = openCaptureWriter(path, { linkType: 113, interfaceName: "eth0" });
    writer.add(batchOf(packets.slice(0, 3000)));
    writer.add(batchOf(packets.slice(3000)));
    writer.close(12);
    const isPcap = /\.pcap$/i.test(name);
    expect(await readCapture(readFileSync(path))).toEqual({
      packets: written,
      linkTypes: [113],
      dropped: isPcap ? 0 : 12,
      warnings: [],
    });
    if (Bun.which("capinfos") === null) return;
    const said = Bun.spawnSync(["capinfos", "-M", "-c", "-t", path]);
    expect(said.stderr.toString()).not.toContain("error");
    expect(said.stdout.toString()).toMatch(/Number of packets: +5000\n/);
  });
});

test("nobody else may read what was captured", async () => {
  const path = join(folder, "private.pcap");
  openCaptureWriter(path, { linkType: 1, interfaceName: "eth0" }).close(0);
  expect((await Bun.file(path).stat()).mode & 0o077).toBe(0);
});

test("a file that cannot be written is one sentence", () => {
  const options = { linkType: 1, interfaceName: "eth0" };
  expect(() => openCaptureWriter(join(folder, "no/where.pcap"), options)).toThrow(
    "where.pcap: there is no such file or folder.",
  );
  if (process.platform !== "linux") return;
  const full = openCaptureWriter("/dev/full", options);
  expect(() => full.close(0)).toThrow("cannot write /dev/full: the disk is full.");
});
