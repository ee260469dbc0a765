import { expect, test } from "bun:test";
import { Roster } from "./roster.ts";

test("a name has one seat, found in any case and form", () => {
  const roster = new Roster<string>();
  expect(roster.sit("José", "first")).toBeUndefined();
  expect(roster.find("JOSE\u0301")).toBe("first");
  expect(roster.sit("josé", "second")).toBe("first");
  expect([...roster]).toEqual(["second"]);
  expect(roster.size).toBe(1);
});

test("a seat is given up only by who has it", () => {
  const roster = new Roster<string>();
  roster.sit("ann", "first");
  roster.sit("ann", "second");
  expect(roster.leave("ann", "first")).toBe(false);
  expect(roster.find("ann")).toBe("second");
  expect(roster.leave("ANN", "second")).toBe(true);
  expect([roster.find("ann"), roster.size]).toEqual([undefined, 0]);
  expect(roster.leave("ann", "second")).toBe(false);
});
