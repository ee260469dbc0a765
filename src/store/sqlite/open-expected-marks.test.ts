import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { mark } from "../expected-marks.test-support.ts";
import { sentenceOf, temporaryFolders } from "../temporary-folder.test-support.ts";
import { maxDamagedFiles } from "./damaged-file.ts";
import { openExpectedMarks } from "./open-expected-marks.ts";

const makeFolder = temporaryFolders();
const inMemory = "What is marked as expected lasts only as long as this run";

test("a mark is there when it is opened again, in a folder that is nobody else's", () => {
  const folder = join(makeFolder(), "state", "pcs");
  const first = openExpectedMarks(folder);
  first.marks.add(mark("a"));
  first.marks.close();
  const second = openExpectedMarks(folder);
  expect([first.problem, second.problem, second.marks.list()]).toEqual([undefined, undefined, [mark("a")]]);
  second.marks.close();
  if (process.platform !== "win32") expect(statSync(folder).mode & 0o777).toBe(0o700);
});

describe("a damaged file is told, kept aside, and not written over", () => {
  const text = "this is no database at all ".repeat(100);
  test.each<[string, (path: string) => void]>([
    ["no database", (path) => writeFileSync(path, text)],
    ["cut in the middle", (path) => truncateSync(path, 4096 + 100)],
    [
      "written over in the middle",
      (path) => {
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0xa5, 4096));
      },
    ],
    [
      "with other tables",
      (path) => {
        const database = new Database(path);
        database.run("DROP TABLE expected");
        database.close();
      },
    ],
  ])("%s", (_, damage) => {
    const folder = makeFolder();
    const path = join(folder, "expected.sqlite");
    const first = openExpectedMarks(folder);
    for (let i = 0; i < 200; i++) first.marks.add(mark(`key ${i}`));
    first.marks.close();
    for (const name of readdirSync(folder)) if (name !== "expected.sqlite") throw new Error(name);
    damage(path);
    const damaged = readFileSync(path);
    const { marks, problem } = openExpectedMarks(folder);
    expect(problem).toBe(
      `${path} is damaged: it is kept as ${path}.damaged-1, and what was marked as expected is raised again.`,
    );
    expect(marks.list()).toEqual([]);
    expect(marks.add(mark("b"))).toBe(true);
    marks.close();
    expect(readFileSync(`${path}.damaged-1`).equals(damaged)).toBe(true);
    const again = openExpectedMarks(folder);
    expect([again.problem, again.marks.list()]).toEqual([undefined, [mark("b")]]);
    again.marks.close();
  });

  test("as often as it happens, up to a limit", () => {
    const folder = makeFolder();
    const path = join(folder, "expected.sqlite");
    for (let i = 1; i <= maxDamagedFiles; i++) {
      writeFileSync(path, `${i} ${text}`);
      const { marks, problem } = openExpectedMarks(folder);
      expect(problem).toContain(`it is kept as ${path}.damaged-${i},`);
      marks.close();
      expect(readFileSync(`${path}.damaged-${i}`, "utf8")).toStartWith(`${i} `);
    }
    writeFileSync(path, `last ${text}`);
    const { marks, problem } = openExpectedMarks(folder);
    expect(problem).toBe(`${inMemory}: ${path} is damaged, and so are ${maxDamagedFiles} before it.`);
    expect(marks.add(mark("a"))).toBe(true);
    expect(readFileSync(path, "utf8")).toStartWith("last ");
  });
});

describe("where there can be no file, marks last as long as the run, and that is told", () => {
  test("a folder where the file should be", () => {
    const folder = makeFolder();
    mkdirSync(join(folder, "expected.sqlite"));
    expect(openExpectedMarks(folder).problem).toBe(
      `${inMemory}: the database ${folder}/expected.sqlite cannot be used: unable to open database file.`,
    );
  });

  test("one of a newer pcs, which is left as it is", () => {
    const folder = makeFolder();
    const path = join(folder, "expected.sqlite");
    openExpectedMarks(folder).marks.close();
    const newer = new Database(path);
    newer.run("PRAGMA user_version = 1000");
    newer.close();
    expect(openExpectedMarks(folder).problem).toBe(
      `${inMemory}: the database ${path} was made by a newer pcs.`,
    );
    expect(existsSync(`${path}.damaged-1`)).toBe(false);
  });
});

test("without a mark nothing is made, and where the first one cannot be kept that is told", () => {
  const folder = join(makeFolder(), "state");
  const { marks, problem } = openExpectedMarks(folder);
  marks.remove("a");
  expect([problem, marks.list(), marks.has("a"), existsSync(folder)]).toEqual([undefined, [], false, false]);
  marks.close();
  writeFileSync(folder, "");
  const none = openExpectedMarks(folder);
  expect(none.problem).toBeUndefined();
  expect(sentenceOf(() => none.marks.add(mark("a")))).toBe(
    `ExpectedError: the mark cannot be kept in ${folder}: it exists already.`,
  );
  expect(none.marks.list()).toEqual([]);
});
