import { expect, test } from "bun:test";
import { features } from "./feature-list.ts";
import { featureSentences } from "./feature-sentences.ts";

test("every sentence is about a feature", () => {
  const names = new Set<string>(features.map(({ name }) => name));
  expect(Object.keys(featureSentences).filter((name) => !names.has(name))).toEqual([]);
});

test("sentences are clauses, to be put together", () => {
  for (const { text, typical, title } of Object.values(featureSentences))
    for (const clause of [text, typical, title ?? text]) expect(clause).not.toMatch(/[.;]$|^\s|\s$/);
});
