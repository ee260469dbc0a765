import { afterEach, describe, expect, spyOn, test } from "bun:test";
import * as fc from "fast-check";
import { HashGate } from "./hash-gate.ts";

/** Every hash that was begun, to be ended by the test. */
function heldHashes(): { begun: string[]; end: (() => void)[]; fail: ((error: Error) => void)[] } {
  const held = { begun: [] as string[], end: [] as (() => void)[], fail: [] as ((error: Error) => void)[] };
  spyOn(Bun.password, "hash").mockImplementation((given) => {
    const password = typeof given === "string" ? given : "bytes";
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    held.begun.push(password);
    held.end.push(() => resolve(`hash of ${password}`));
    held.fail.push(reject);
    return promise;
  });
  return held;
}

afterEach(() => {
  spyOn(Bun.password, "hash").mockRestore();
});

const settle = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe("the gate", () => {
  test("lets so many through at once, and the others in the order they came", async () => {
    const held = heldHashes();
    const gate = new HashGate(2);
    const results = ["a", "b", "c", "d", "e"].map((password) => gate.hash(password));
    await settle();
    expect([held.begun, gate.waiting]).toEqual([["a", "b"], 3]);
    held.end[1]!();
    await settle();
    expect([held.begun, gate.waiting]).toEqual([["a", "b", "c"], 2]);
    for (let i = 0; i < 5; i++) {
      held.end[i]?.();
      await settle();
    }
    expect(held.begun).toEqual(["a", "b", "c", "d", "e"]);
    expect(await Promise.all(results)).toEqual(["a", "b", "c", "d", "e"].map((text) => `hash of ${text}`));
  });

  test("is never wider, whoever comes and ends in between", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(fc.boolean()), async (width, steps) => {
        const held = heldHashes();
        const gate = new HashGate(width);
        let came = 0;
        let ended = 0;
        for (const isArrival of steps) {
          if (isArrival) void gate.hash(String(came++));
          else if (ended < held.end.length) held.end[ended++]!();
          await settle();
          expect(held.begun.length - ended).toBe(Math.min(width, came - ended));
          expect(gate.waiting).toBe(came - held.begun.length);
        }
      }),
    );
  });

  test("is free again after a failure", async () => {
    const held = heldHashes();
    const gate = new HashGate(1);
    const failing = gate.hash("a").catch((error: unknown) => String(error));
    const next = gate.hash("b");
    await settle();
    held.fail[0]!(new Error("no memory"));
    expect(await failing).toBe("Error: no memory");
    await settle();
    held.end[1]!();
    expect(await next).toBe("hash of b");
    expect(gate.waiting).toBe(0);
  });

  test("takes part in nothing but the count: a hash is verified, and only by its password", async () => {
    const gate = new HashGate(1);
    const hash = await gate.hash("right");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await Promise.all([gate.verify("right", hash), gate.verify("wrong", hash)])).toEqual([
      true,
      false,
    ]);
  });

  test("a code's hash is cheaper, and verified alike", async () => {
    const gate = new HashGate(1);
    const hash = await gate.hashCode("K7PM-2XQA-9TDV");
    expect(hash).toStartWith("$argon2id$v=19$m=1024,t=1,p=1$");
    expect(await gate.verify("K7PM-2XQA-9TDV", hash)).toBe(true);
    expect(await gate.verify("K7PM-2XQA-9TDX", hash)).toBe(false);
  });

  test("a hash that is none is an error, and the gate is free again", async () => {
    const gate = new HashGate(1);
    expect(await gate.verify("x", "no hash").catch(() => "refused")).toBe("refused");
    expect(await gate.verify("x", await gate.hash("x"))).toBe(true);
  });
});
