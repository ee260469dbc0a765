import { expect, test } from "bun:test";
import { HostTally } from "./host-tally.ts";
import { talliedHosts } from "./limits.ts";

const address = (i: number): string => `10.${i >>> 16}.${(i >>> 8) & 255}.${i & 255}`;

test("few hosts are counted exactly, the most frequent first", () => {
  const tally = new HostTally();
  for (const [host, packets] of [
    ["a", 3],
    ["b", 9],
    ["c", 3],
    ["a", 1],
  ] as const)
    tally.add(host, packets);
  expect(tally.count).toBe(3);
  expect(tally.most(8)).toEqual(["b", "a", "c"]);
  expect(tally.most(1)).toEqual(["b"]);
  expect([tally.has("c"), tally.has("d")]).toEqual([true, false]);
});

test.each([talliedHosts + 1, 1000, 40_000, 200_000])("%p hosts are counted within 20 %%", (hosts) => {
  const tally = new HostTally();
  for (let i = 0; i < hosts; i++) {
    tally.add("victim", 1);
    tally.add(address(i), 1);
  }
  expect(Math.abs(tally.count / hosts - 1)).toBeLessThan(0.2);
  expect(tally.most(100)).toHaveLength(talliedHosts);
  expect(tally.most(1)).toEqual(["victim"]);
});

test("two tallies are one", () => {
  const [all, half, other] = [new HostTally(), new HostTally(), new HostTally()];
  for (let i = 0; i < 3000; i++) {
    all.add(address(i), 1);
    (i % 2 === 0 ? half : other).add(address(i), 1);
  }
  half.addAll(other);
  expect(half.count).toBe(all.count);

  const few = new HostTally();
  few.add("a", 1);
  const more = new HostTally();
  more.add("a", 1);
  more.add("b", 1);
  few.addAll(more);
  expect([few.count, few.most(2)]).toEqual([2, ["a", "b"]]);
});
