import { expect, test } from "bun:test";
import { ArpCards } from "./arp-cards.ts";
import { watchedCards } from "./limits.ts";

test("a card is suspect for a minute, and others are not", () => {
  const cards = new ArpCards();
  expect(cards.isSuspect(1, 2, 0)).toBe(false);
  cards.suspect(1, 2, 100, 10);
  expect(cards.isSuspect(1, 2, 70)).toBe(true);
  expect(cards.isSuspect(1, 3, 70)).toBe(false);
  expect(cards.isSuspect(1, 2, 71)).toBe(false);
});

test("a suspect card that claims a second address, and only that one", () => {
  const cards = new ArpCards();
  expect(cards.claimsSeveral(1, 2, 100, 0)).toBe(false);
  cards.suspect(1, 2, 100, 0);
  expect(cards.claimsSeveral(1, 2, 100, 1)).toBe(false);
  expect(cards.claimsSeveral(1, 2, 200, 1)).toBe(true);
  expect(cards.otherAddress(1, 2, 200)).toBe(100);
  expect(cards.otherAddress(1, 2, 100)).toBe(200);
  expect(cards.claimsSeveral(7, 2, 300, 1)).toBe(false);
});

test("of many cards the one suspected longest ago gives way", () => {
  const cards = new ArpCards();
  for (let i = 0; i <= watchedCards; i++) cards.suspect(1, 1000 + i, i, i / 10);
  expect(cards.isSuspect(1, 1000, 3)).toBe(false);
  for (let i = 1; i <= watchedCards; i++) expect(cards.isSuspect(1, 1000 + i, 3)).toBe(true);
});
