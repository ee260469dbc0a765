/** A small part of what scripts/fuzz-captures.ts does, always the same one. */
import { expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { faultOf, fuzzCases } from "./fuzz.test-support.ts";

const captures = resolve(import.meta.dir, "../../../../shared/captures");
const sets = ["tcpdump", "libpcap", "gopacket", "scapy", "pcapng-test-generator"];

test("cut and changed captures are a report or one sentence", async () => {
  if (!existsSync(captures)) {
    process.stderr.write("skipped: fuzzing: there is no ../shared/captures\n");
    return;
  }
  const files = sets.flatMap((set) =>
    readdirSync(join(captures, set))
      .toSorted()
      .map((name) => join(captures, set, name)),
  );
  const faults: string[] = [];
  let run = 0;
  for (const one of fuzzCases({ files, seed: 1, changes: 10, every: 101 })) {
    run++;
    const fault = await faultOf(one);
    if (fault !== undefined) faults.push(`${one.name}: ${fault}`);
  }
  expect(faults).toEqual([]);
  expect(run).toBeGreaterThan(500);
}, 60_000);
