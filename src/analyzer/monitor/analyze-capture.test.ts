/** Whole captures, as others wrote them, held against capinfos: packets and bytes, or a refusal of both. */
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ExpectedError } from "../../lib/errors.ts";
import { openCaptureFile } from "../capture/open-capture.ts";
import { analyzeCapture } from "./analyze-capture.ts";

const root = resolve(import.meta.dir, "../../..");
const captures = resolve(root, "../shared/captures");
const sets = ["tcpdump", "libpcap", "gopacket", "scapy", "pcapng-test-generator"];

async function countsOf(file: string): Promise<string> {
  try {
    const { report } = await analyzeCapture(await openCaptureFile(file));
    expect(report.packets).toBeGreaterThanOrEqual(0);
    return `${report.packets} packets, ${report.bytes} bytes`;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    expect(error.message).toMatch(/^[^\n]+\.$/);
    return "refused";
  }
}

/** What capinfos counts, by file; it says nothing about files that it cannot read to their end. */
function capinfosCounts(files: string[]): Map<string, string> {
  const run = Bun.spawnSync(["capinfos", "-T", "-r", "-c", "-d", "-M", ...files]);
  const rows = run.stdout.toString().trim().split("\n");
  return new Map(
    rows.map((row) => {
      const [file = "", packets, bytes] = row.split("\t");
      return [file, `${packets} packets, ${bytes} bytes`];
    }),
  );
}

describe("shared captures", () => {
  if (!existsSync(captures)) {
    process.stderr.write("skipped: there is no ../shared/captures\n");
    return;
  }
  const hasCapinfos = Bun.which("capinfos") !== null;
  if (!hasCapinfos) process.stderr.write("skipped: capinfos is not installed, nothing to compare with\n");

  for (const set of sets)
    test(`${set}: as capinfos counts, or one sentence`, async () => {
      const files = readdirSync(join(captures, set)).map((name) => join(captures, set, name));
      const expected = hasCapinfos ? capinfosCounts(files) : new Map<string, string>();
      const different: string[] = [];
      for (const file of files) {
        const counts = await countsOf(file);
        const wanted = expected.get(file);
        if (wanted !== undefined && counts !== wanted) different.push(`${file}: ${counts}, wanted ${wanted}`);
      }
      expect(different).toEqual([]);
    }, 60_000);

  test("mix: 122,995 packets over 660 seconds", async () => {
    const { report } = await analyzeCapture(await openCaptureFile(join(captures, "mix/mix.pcap.gz")));
    expect(report).toMatchObject({ packets: 122_995, bytes: 49_551_323, firstTime: 1_760_000_000.191_87 });
    expect(Object.values(report.protocols).reduce((sum, { packets }) => sum + packets, 0)).toBe(122_995);
    expect(report.series.packets.reduce((sum, packets) => sum + packets, 0)).toBe(122_995);
  }, 30_000);
});
