import { expect, test } from "bun:test";
import { flowKey } from "./flow-key.ts";

test("both directions are one flow; another address, port or transport is another", () => {
  const key = flowKey(1, 40_000, 2, 443, 6);
  expect(flowKey(2, 443, 1, 40_000, 6)).toBe(key);
  const others = [
    flowKey(1, 40_001, 2, 443, 6),
    flowKey(1, 40_000, 3, 443, 6),
    flowKey(1, 443, 2, 40_000, 6),
    flowKey(1, 40_000, 2, 443, 17),
  ];
  expect(new Set([key, ...others]).size).toBe(5);
});

test("hardly any share a key, and none is 0", () => {
  const keys = new Set<number>();
  for (let host = 1; host <= 50; host++)
    for (let port = 1024; port < 2024; port++) keys.add(flowKey(host, port, 99, 80, 6));
  expect(keys.size).toBeGreaterThan(49_990);
  expect(keys.has(0)).toBe(false);
  expect(flowKey(0, 0, 0, 0, 0)).not.toBe(0);
});
