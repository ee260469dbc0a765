import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { batchOf, memoryBytes } from "../../capture/capture-builder.test-support.ts";
import { openCapture } from "../../capture/open-capture.ts";
import { decodeBatch } from "../../packet/decode-batch.ts";
import { createDecodedColumns } from "../../packet/decoded-columns.ts";
import { ContextFeatures } from "../features/context-features.ts";
import { featureColumn, featureCount } from "../features/feature-list.ts";
import { parseLabels } from "../labels.ts";
import { PacketRules } from "./packet-rules.ts";
import { isWindowless, patternOf } from "./pattern-rules.ts";
import { rules } from "./rule-list.ts";
import {
  arpOf,
  datagram,
  dnsQuestion,
  host,
  overIpv4,
  overIpv6,
  reasonsOf,
  segment,
  times,
} from "./rules.test-support.ts";

const mix = join(import.meta.dir, "../../../../../shared/captures/mix");

const samples: Uint8Array[] = [
  overIpv4(6, segment(4000, 21, 0x12)),
  overIpv4(17, datagram(4000, 53, dnsQuestion("d3b07384d113edec49eaa6238ad5ff.example.org", 16))),
  overIpv4(17, datagram(68, 67, new Uint8Array(300).fill(1))),
  overIpv4(17, datagram(161, 4000, new Uint8Array(900))),
  overIpv4(6, new Uint8Array(64), { fragment: 0x2001 }),
  overIpv6(0, new Uint8Array(64)),
  overIpv6(44, new Uint8Array(64).fill(0x3a)),
  arpOf(2, 66, host(1), host(2)),
];

describe("whatever bytes come, nothing is thrown", () => {
  test.each(samples.map((data) => [data]))("packets cut at each length: %#", (data) => {
    // Thrice each, and the whole packet often enough for the rules that count.
    const lengths = times((data.length + 20) * 3, (i) => Math.min(data.length, Math.floor(i / 3)));
    const cut = lengths.map((length, i) => ({
      data: data.subarray(0, length),
      wire: data.length,
      at: i / 99,
    }));
    for (const { text } of reasonsOf(cut)) expect(text).not.toMatch(/NaN|undefined/);
  });

  test("packets with bytes changed, at any time", () => {
    const change = fc.record({ at: fc.nat(120), byte: fc.integer({ min: 0, max: 255 }) });
    const packet = fc
      .tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: 6 }), fc.double())
      .map(([sample, changes, at]) => {
        const data = sample.slice();
        for (const one of changes) if (one.at < data.length) data[one.at] = one.byte;
        return { data, at };
      });
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 20 }), (packets) => void reasonsOf(packets)),
    );
  }, 20_000);

  test("bytes of any kind", () => {
    const data = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => ({ data: bytes }));
    fc.assert(
      fc.property(fc.array(data, { minLength: 1, maxLength: 10 }), (packets) => void reasonsOf(packets)),
    );
  }, 20_000);
});

test("nothing is told before a rule spoke", () => {
  expect(() => new PacketRules().describe()).toThrow("no rule");
});

test("the bytes of a later batch may lie elsewhere", () => {
  const engine = new PacketRules();
  const columns = createDecodedColumns(1);
  for (const flags of [0x29, 0x00]) {
    const batch = batchOf([{ data: overIpv4(6, segment(4000, 80, flags)) }]);
    decodeBatch(batch, columns);
    expect(engine.see(batch, columns, 0, 0)).toBeGreaterThan(0);
    expect(engine.describe().text).toContain(flags === 0 ? "without any flag" : "FIN, PSH, URG");
  }
});

/** Of each attack, and of ordinary traffic (""), the share of packets about which a rule speaks. */
async function sharesOf(folder: string): Promise<Map<string, number>> {
  const read = (name: string): Uint8Array<ArrayBuffer> =>
    gunzipSync(new Uint8Array(readFileSync(join(folder, name))));
  const labels = parseLabels(new TextDecoder().decode(read("mix.labels.csv.gz")));
  const source = await openCapture("file", "mix", memoryBytes(read("mix.pcap.gz")));
  const columns = createDecodedColumns();
  const [engine, features, row] = [new PacketRules(), new ContextFeatures(), new Float64Array(featureCount)];
  const [spoken, all] = [new Map<string, number>(), new Map<string, number>()];
  let packet = 0;
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    decodeBatch(batch, columns);
    for (let i = 0; i < batch.count; i++) {
      const attack = labels.attack[packet++]!;
      const name = attack === 0 ? "" : labels.attackNames[attack - 1]!;
      const number = engine.see(batch, columns, i, batch.seconds[i]! + batch.nanos[i]! / 1e9);
      features.observe(batch, columns, i);
      features.write(row, 0);
      const port = Math.min(columns.sourcePort[i]!, columns.destinationPort[i]!);
      const hasNoWindow = isWindowless(columns.transport[i]!, port);
      const isTold = number !== 0 || patternOf((feature) => row[featureColumn[feature]]!, hasNoWindow) !== 0;
      all.set(name, (all.get(name) ?? 0) + 1);
      if (isTold) spoken.set(name, (spoken.get(name) ?? 0) + 1);
    }
  }
  await source.close();
  return new Map(Array.from(all, ([name, count]) => [name, (spoken.get(name) ?? 0) / count]));
}

test.skipIf(!existsSync(mix))(
  "real attacks are told, and the traffic around them is not",
  async () => {
    const shares = await sharesOf(mix);
    expect(shares.get("")).toBeLessThan(0.005);
    const least: Record<string, number> = {
      syn_scan: 0.95,
      syn_flood: 0.95,
      ftp_bruteforce: 0.95,
      dhcp_flood: 0.95,
      ipv6_exthdr_dos: 0.95,
      snmp_amplification: 0.9,
      synack_reflection: 0.8,
      // A third of it comes before the first forged claim.
      arp_poison: 0.65,
      // More than half of what is labelled so is TCP to the same victim, with no sign in it.
      dns_amplification: 0.4,
    };
    for (const [name, share] of Object.entries(least))
      expect([name, shares.get(name)! >= share]).toEqual([name, true]);
    expect(rules.length).toBeGreaterThan(20);
  },
  30_000,
);

if (!existsSync(mix)) process.stderr.write("skipped: there is no ../shared/captures/mix\n");
