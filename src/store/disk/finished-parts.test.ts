import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "bun:test";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import { FinishedParts, maxFinishedParts } from "./finished-parts.ts";

const makeFolder = temporaryFolders();
const info = { owner: "ann", name: "a.txt", size: 10, to: "" };

test("what was kept is known after a restart, and what was not kept after all is not", async () => {
  const path = join(makeFolder(), "finished");
  const first = new FinishedParts(path, 0, () => 5);
  await Promise.all([
    first.add("one", info, "a1"),
    first.add("two", info, "b2"),
    first.add("three", info, "c3"),
  ]);
  await first.remove("two");
  await first.remove("never");
  appendFileSync(path, '{"word":"half","inf');
  const again = new FinishedParts(path, 0, () => 6);
  expect(again.find("one")).toMatchObject({ info, sha256: "a1" });
  expect([again.find("two"), again.find("half"), again.find("three")?.sha256]).toEqual([
    undefined,
    undefined,
    "c3",
  ]);
  await again.add("four", info, "d4");
  expect(readFileSync(path, "utf8").split("\n").filter(Boolean)).toHaveLength(3);
  expect(new FinishedParts(path, 6, () => 7).find("one")).toBeUndefined();
});

test("the oldest are forgotten, and a file that is no list is none", async () => {
  const path = join(makeFolder(), "finished");
  writeFileSync(path, "null\n[1]\n{}\n\0\n7\n");
  const parts = new FinishedParts(path, 0, () => 1);
  const adding = Array.from({ length: maxFinishedParts + 5 }, (_, i) => `w${i}`);
  void Promise.all(adding.map((word) => parts.add(word, info, "x")));
  expect([parts.find("w4"), parts.find("w5")?.sha256]).toEqual([undefined, "x"]);
});

test("where it cannot be written it is remembered all the same", async () => {
  const parts = new FinishedParts(join(makeFolder(), "missing/finished"), 0, () => 1);
  await parts.add("one", info, "a1");
  expect(parts.find("one")?.sha256).toBe("a1");
});
