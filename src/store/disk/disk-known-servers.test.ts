import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "bun:test";
import { sentenceOf, temporaryFolders } from "../temporary-folder.test-support.ts";
import { diskKnownServers } from "./disk-known-servers.ts";

const makeFolder = temporaryFolders();

test("what is remembered is there the next time, the latest code of each", () => {
  const path = join(makeFolder(), "some/where/known-servers");
  const known = diskKnownServers(path);
  expect(known.find("a:1")).toBeUndefined();
  expect(known.remember("a:1", "AAAA")).toBeUndefined();
  expect(known.remember("[::1]:1", "BBBB")).toBeUndefined();
  expect(known.remember("a:1", "CCCC")).toBeUndefined();
  const again = diskKnownServers(path);
  expect([again.find("a:1"), again.find("[::1]:1"), again.find("a:10")]).toEqual(["CCCC", "BBBB", undefined]);
  expect(readFileSync(path, "utf8")).toBe("[::1]:1 BBBB\na:1 CCCC\n");
});

test("a damaged line costs that line; what cannot be read or written is told", () => {
  const folder = makeFolder();
  const path = join(folder, "known");
  writeFileSync(path, "nonsense\n\na:1 AAAA\n");
  expect(diskKnownServers(path).find("a:1")).toBe("AAAA");
  mkdirSync(join(folder, "folder"));
  expect(sentenceOf(() => diskKnownServers(join(folder, "folder")).find("a:1"))).toContain("it is a folder");
  expect(diskKnownServers(join(path, "below")).remember("a:1", "AAAA")).toBeDefined();
});
