import { expect, test } from "bun:test";
import { maxUnheardFiles } from "./limits.ts";
import { UnheardFiles } from "./unheard-files.ts";

const file = (name: string) => ({ name, sha256: "hash" });

test("each is taken once, the latest of a word counts, and the oldest are forgotten", () => {
  const [files, others] = [new UnheardFiles(), new UnheardFiles()];
  files.add("a", file("a.txt"));
  files.add("a", file("a (2).txt"));
  others.add("b", file("b.txt"));
  files.addAll(others);
  expect([files.take("a"), files.take("a"), files.take("b")]).toEqual([
    file("a (2).txt"),
    undefined,
    file("b.txt"),
  ]);
  for (let i = 0; i <= maxUnheardFiles; i++) files.add(`w${i}`, file("x"));
  expect([files.take("w0"), files.take("w1")]).toEqual([undefined, file("x")]);
});
