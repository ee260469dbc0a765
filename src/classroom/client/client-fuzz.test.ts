/** A short run; `scripts/fuzz-frames.ts` is the long one. */
import { expect, test } from "bun:test";
import { fuzzClients } from "./client-fuzz.test-support.ts";

test.each(["v1", "v2"] as const)(
  "whatever a server of %s sends, a client ends with a farewell or a sentence",
  async (protocol) => {
    const { frames, sessions, brokenOff, faults } = await fuzzClients(protocol, 100, 10_000);
    expect(faults).toEqual([]);
    expect([frames, sessions]).toEqual([10_000, 20]);
    if (protocol === "v2") expect(brokenOff).toBeWithin(1, 20);
  },
  60_000,
);
