/** Captures cut and changed anywhere: both decoders end, throw nothing, and point at nothing outside. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { attackCaptures } from "./hostile-captures.test-support.ts";

const captures = resolve(import.meta.dir, "../../../../shared/captures");

test.skipIf(!existsSync(captures))(
  "every twentieth file, a few cuts and changes each",
  async () => {
    const { files, cases, faults } = await attackCaptures(captures, {
      everyFile: 20,
      cutStep: 1024,
      changes: 4,
      seed: 1,
    });
    expect(faults).toEqual([]);
    expect(files).toBeGreaterThan(40);
    expect(cases).toBeGreaterThan(200);
  },
  120_000,
);
