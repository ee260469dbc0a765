import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { openAnalysis } from "./open-analysis.ts";

const folder = mkdtempSync(join(tmpdir(), "pcs-"));
afterAll(() => rmSync(folder, { recursive: true }));
const options = { name: "<script>", anomalies: undefined, folders: [folder], now: () => 0 };
const data = ethernet(0x0800, ipv4(6, tcp()));
const many = pcapFile(Array.from({ length: 20_000 }, (_, i) => ({ data, seconds: i })));

test.each([
  ["plain", many],
  ["compressed", gzipSync(many)],
])(
  "a %s file that loses its name at once is read to its end, and its packets are there",
  async (_, content) => {
    const path = join(folder, "capture");
    writeFileSync(path, content);
    const analysis = await openAnalysis(path, options);
    rmSync(path);
    await analysis.ended;
    expect(analysis.monitor.current().report).toMatchObject({
      source: { kind: "file", name: "<script>" },
      packets: 20_000,
      warnings: [],
    });
    expect(analysis.packets.packetBytes(20_000)).toMatchObject({ kind: "packet", bytes: data });
    expect(readdirSync(folder)).toEqual([]);
    await analysis.close();
  },
);

test("closed while it is read, it ends", async () => {
  const path = join(folder, "capture");
  writeFileSync(path, many);
  const analysis = await openAnalysis(path, options);
  await analysis.close();
  expect(analysis.monitor.isLive).toBe(false);
  expect(analysis.monitor.packets).toBeLessThanOrEqual(20_000);
});

test("what is no capture is refused by its name, not by its path", async () => {
  const path = join(folder, "capture");
  writeFileSync(path, "text, and no capture at all");
  expect(openAnalysis(path, options)).rejects.toThrow(
    "<script> is no capture: it is neither pcap nor pcapng nor snoop.",
  );
});
