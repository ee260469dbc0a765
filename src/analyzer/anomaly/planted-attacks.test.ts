/** The makers of labelled test traffic (`scripts/benchmarks`): what is measured with them must be what they say. */
import { describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attacks } from "../../../scripts/benchmarks/planted/catalogue.ts";
import { officeTraffic } from "../../../scripts/benchmarks/planted/office/office-traffic.ts";
import { plantAttacks } from "../../../scripts/benchmarks/planted/plant.ts";
import { scaleAttacks } from "../../../scripts/benchmarks/planted/scale-attacks.ts";
import {
  countAttacks,
  readPackets,
  writeLabels,
  writePackets,
  type TimedPacket,
} from "../../../scripts/benchmarks/planted/timed-packets.ts";
import { analyzeCapture } from "../monitor/analyze-capture.ts";
import { openCaptureFile } from "../capture/open-capture.ts";

const background = officeTraffic({ seconds: 30, workstations: 4, seed: 1 });
const options = {
  names: Object.keys(attacks),
  share: 0.3,
  seed: 1,
  seconds: Infinity,
  pauseSeconds: 0.1,
  pace: 1,
};
const planted = plantAttacks(background, options);

const bytesOf = (packets: readonly TimedPacket[]) =>
  new Bun.CryptoHasher("sha256")
    .update(
      Buffer.concat(
        packets.flatMap(({ atUs, data, attack = "" }) => [Buffer.from(`${atUs} ${attack}`), data]),
      ),
    )
    .digest("hex");

function attackPackets(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((sum, count) => sum + count) - counts.get("normal")!;
}

describe("planted attacks", () => {
  test("the same seed gives the same bytes, another seed others", () => {
    expect(bytesOf(officeTraffic({ seconds: 30, workstations: 4, seed: 1 }))).toBe(bytesOf(background));
    expect(bytesOf(plantAttacks(background, options))).toBe(bytesOf(planted));
    expect(bytesOf(plantAttacks(background, { ...options, seed: 2 }))).not.toBe(bytesOf(planted));
  });

  test("every attack is there, in order of time, with the share that was asked for", () => {
    const counts = countAttacks(planted);
    expect(new Set(counts.keys())).toEqual(new Set(["normal", ...options.names]));
    const share = 1 - counts.get("normal")! / planted.length;
    expect(Math.abs(share - options.share)).toBeLessThan(0.02);
    expect(planted.every(({ atUs }, i) => i === 0 || planted[i - 1]!.atUs <= atUs)).toBe(true);
    expect(planted.at(-1)!.atUs).toBeLessThanOrEqual(background.at(-1)!.atUs);
  });

  test("the ordinary packets stay as they are", () => {
    const ordinary = new Set(planted.filter(({ attack }) => attack === undefined));
    expect(background.every((packet) => ordinary.has(packet))).toBe(true);
  });

  test("written, read and counted again: no packet is broken but those that are meant to be", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pcs-planted-"));
    const [capture, labels] = [join(folder, "a.pcap"), join(folder, "a.csv")];
    writePackets(capture, planted);
    writeLabels(labels, planted);
    const again = await readPackets(capture, labels);
    expect(bytesOf(again)).toBe(bytesOf(planted));
    expect(readFileSync(labels, "utf8").split("\n")[0]).toBe("packet,label,attack");
    const { report } = await analyzeCapture(await openCaptureFile(capture));
    expect(report.packets).toBe(planted.length);
    expect(report.malformed).toBe(0);
    rmSync(folder, { recursive: true });
  });
});

describe("a capture's own attacks", () => {
  test.each([
    [0.1, 0.05, 0.15],
    [1, 1, 1],
    [5, 5, 5],
    [2.5, 2.4, 2.6],
  ])("times %p", (factor, least, most) => {
    const before = countAttacks(planted);
    const after = countAttacks(scaleAttacks(planted, { factor, seed: 1 }));
    expect(after.get("normal")).toBe(before.get("normal"));
    const ratio = attackPackets(after) / attackPackets(before);
    expect(ratio).toBeGreaterThanOrEqual(least);
    expect(ratio).toBeLessThanOrEqual(most);
  });

  test("only those that are named", () => {
    const counts = countAttacks(scaleAttacks(planted, { factor: 1, names: ["land"], seed: 1 }));
    expect(Array.from(counts.keys())).toEqual(["normal", "land"]);
  });
});
