import { expect, test } from "bun:test";
import { graver, ruleNumber, rules } from "./rule-list.ts";
import { ruleReason } from "./rule-reason.ts";

test("numbers are places, names are of their own, scores are shares", () => {
  expect(rules.map(({ number }) => number)).toEqual(rules.map((_, i) => i + 1));
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  expect(Object.values(ruleNumber)).toHaveLength(rules.length);
  for (const { score } of rules) expect(score > 0.5 && score < 1).toBe(true);
});

test("of two rules the graver, of one that one, of none none", () => {
  const { arpMove, dhcpRogue } = ruleNumber;
  expect([graver(arpMove, dhcpRogue), graver(dhcpRogue, arpMove)]).toEqual([arpMove, arpMove]);
  expect([graver(0, dhcpRogue), graver(dhcpRogue, 0), graver(0, 0)]).toEqual([dhcpRogue, dhcpRogue, 0]);
});

test("a reason has its rule's name and score", () => {
  const reason = ruleReason(ruleNumber.land, "a", "b", "text");
  expect(reason).toEqual({ feature: "land", value: "a", typical: "b", weight: 0.97, text: "text" });
});
