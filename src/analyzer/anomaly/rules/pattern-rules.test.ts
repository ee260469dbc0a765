import { expect, test } from "bun:test";
import type { FeatureName } from "../features/feature-list.ts";
import { describePattern, isWindowless, patternOf, type FeatureValue } from "./pattern-rules.ts";
import { rules } from "./rule-list.ts";

const burst = { "destination.packets": 600, "destination.unanswered": 600, "shape.packets": 450 };

type Counts = Partial<Record<FeatureName, number>>;

function valueOf(counts: Counts): FeatureValue {
  return (name) => counts[name] ?? 0;
}

test.each<[string, Counts, string, boolean?]>([
  ["nothing", {}, ""],
  ["ports of one host", { "source.services": 200, "source.openings": 200, "source.peers": 1 }, "port-scan"],
  ["one port of hosts", { "source.services": 300, "source.openings": 300, "source.peers": 300 }, "host-scan"],
  ["a browser", { "source.services": 45, "source.openings": 120, "source.peers": 40 }, ""],
  ["a server with many clients", { "source.services": 900, "source.openings": 1, "source.peers": 300 }, ""],
  ["openings alone", { "destination.openings": 3000, "destination.packets": 3100 }, "syn-flood"],
  ["a busy server", { "destination.openings": 500, "destination.packets": 5000 }, ""],
  [
    "packets alike without answer",
    { "destination.packets": 9000, "destination.unanswered": 400, "shape.packets": 900 },
    "flood",
  ],
  ["datagrams alike without answer, at once", burst, "flood", true],
  ["a window of a connection, filled at once", burst, ""],
  ["a download", { "destination.packets": 9000, "destination.unanswered": 2, "shape.packets": 900 }, ""],
  ["a call", { "destination.packets": 500, "destination.unanswered": 40, "shape.packets": 50 }, ""],
])("%s", (_, counts, name, hasNoWindow = false) => {
  const number = patternOf(valueOf(counts), hasNoWindow);
  expect(number === 0 ? "" : rules[number - 1]!.name).toBe(name);
  if (number === 0) return;
  const reason = describePattern(number, valueOf(counts));
  expect(reason.feature).toBe(name);
  expect(reason.text).not.toMatch(/NaN|undefined|Infinity/);
});

test("values that are no numbers speak for nothing", () => {
  for (const value of [NaN, -Infinity]) expect(patternOf(() => value, true)).toBe(0);
});

test.each([
  [6, 80, false],
  [17, 53, true],
  [17, 443, false],
  [1, 0, true],
  [58, 0, true],
  [0, 0, false],
])("transport %p, port %p: windowless is %p", (transport, port, answer) => {
  expect(isWindowless(transport, port)).toBe(answer);
});
