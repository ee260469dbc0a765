/** A short run; `scripts/fuzz-frames.ts` is the long one. */
import { expect, test } from "bun:test";
import { temporaryFolders } from "../../store/temporary-folder.test-support.ts";
import { fuzzServer } from "./server-fuzz.test-support.ts";

const makeFolder = temporaryFolders();

test.each(["v1", "v2"] as const)(
  "whatever clients of %s send, the server stays, and says why it ends a connection",
  async (protocol) => {
    const { frames, ended, faults } = await fuzzServer(protocol, 100, 10_000, makeFolder());
    expect(faults).toEqual([]);
    expect(frames).toBe(10_000);
    expect(ended).toBeGreaterThan(0);
  },
  60_000,
);
