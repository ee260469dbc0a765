/** A few sudden ends of the executable under load; `scripts/bench crash` does 200. */
import { expect, test } from "bun:test";
import { runCrashes } from "./crash.test-support.ts";
import { executable, freePort } from "./executable.test-support.ts";

const kills = 10;
const program = executable();

test("what was acknowledged outlives a server and clients that are killed, once", async () => {
  const figures = await runCrashes({ executable: program, port: freePort(), kills, lifeMs: 500 });
  expect(figures.faults).toEqual([]);
  expect(figures.clientDeaths).toBeGreaterThan(0);
  for (const what of ["messages", "privateMessages", "answers", "uploads", "downloads"] as const)
    expect([what, figures[what] > 0]).toEqual([what, true]);
}, 180_000);
