import { expect, test } from "bun:test";
import { countText, handsText, peopleText } from "./teaching-text.ts";

test("people with what is special about them, and who is banned", () => {
  const ann = { name: "ann", role: "teacher", muted: false, hand: false, via: "v2", secure: true } as const;
  const bob = { name: "bob", role: "student", muted: true, hand: true, via: "v1", secure: false } as const;
  const people = [ann, { ...bob, group: "Group 1" }, { ...ann, name: "cid", role: "student" } as const];
  expect(peopleText({ ask: 1, people, bans: [{ name: "eve" }] })).toBe(
    "ann (teacher)\nbob (Group 1, muted, raises a hand, v1 in clear)\ncid\neve (banned)",
  );
  expect(peopleText({ ask: 1 })).toBe("");
});

test("hands, and how many answered", () => {
  expect(handsText({ hands: [], count: 0 })).toBe("No hand is raised.");
  expect(handsText({ hands: [{ name: "bob", timeMs: 1 }], count: 1 })).toBe("Hands: bob.");
  expect(handsText({ hands: [{ name: "bob", timeMs: 1 }], count: 3 })).toBe("Hands: bob and 2 more.");
  const count = { quiz: 3, number: 2, round: 1, answered: 5, of: 9 };
  expect(countText(count)).toBe("Question 2: 5 of 9 answered.");
  expect(countText({ ...count, chosen: [4, 1] })).toBe("Question 2: 5 of 9 answered. By option: 1: 4, 2: 1.");
});
