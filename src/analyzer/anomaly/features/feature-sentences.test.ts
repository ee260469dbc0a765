import { expect, test } from "bun:test";
import { features } from "./feature-list.ts";
import { featureSentences } from "./feature-sentences.ts";

test("every feature has a sentence, and every sentence a feature", () => {
  expect(Object.keys(featureSentences).toSorted()).toEqual(features.map(({ name }) => name).toSorted());
});

test("sentences are clauses, to be put together", () => {
  for (const { text, typical, title } of Object.values(featureSentences))
    for (const clause of [text, typical, title ?? text]) expect(clause).not.toMatch(/[.;]$|^\s|\s$/);
});

test("a title has a place for what the number is of, and one for the hosts, where it is not the sender's deed", () => {
  for (const { text, title } of Object.values(featureSentences)) {
    if (title === undefined) continue;
    expect(title.split("@")).toHaveLength(2);
    if (title.includes("#")) expect(text).toContain("#");
  }
});
