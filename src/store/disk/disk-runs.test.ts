import { afterEach, beforeEach, expect, spyOn, test } from "bun:test";
import {
  appendFileSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  writeFileSync,
} from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolders } from "../temporary-folder.test-support.ts";
import type { RunJournal } from "../../classroom/quiz/run/run-store.ts";
import { DiskJournal } from "./disk-journal.ts";
import { DiskRuns } from "./disk-runs.ts";

const makeFolder = temporaryFolders();
let folder = "";
let scores = "";
let runs: DiskRuns;
beforeEach(() => {
  const data = makeFolder();
  [folder, scores] = [join(data, "quizzes"), join(data, "scores")];
  runs = new DiskRuns(folder, scores);
});

const opened: RunJournal[] = [];
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
});

function closedLater<J extends RunJournal>(journal: J): J {
  opened.push(journal);
  return journal;
}

const begin = async (name: string): Promise<RunJournal> => closedLater(await runs.begin(name, "head\n"));

const held = (name = "a") => readFileSync(join(folder, `${name}.run`), "utf8");

/** What brings lines to the disk: where a write syncs by itself, it alone. */
const syncing = process.platform === "linux" ? "write" : "datasync";

/** What every open file does, to be watched or broken. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(import.meta.path);
  await handle.close();
  return Object.getPrototypeOf(handle);
}

function isLinkTo(link: string, path: string): boolean {
  try {
    return readlinkSync(link) === path;
  } catch {
    return false;
  }
}

test("lines are there when that is told, in order, and those that come at once have one sync", async () => {
  const journal = await begin("a");
  expect(held()).toBe("head\n");
  const synced = spyOn(await fileHandles(), syncing);
  const lines = Array.from({ length: 50 }, (_, i) => `${i}\n`);
  journal.owe("phase", "phase\n");
  expect(await Promise.all(lines.map((line) => journal.append(line)))).toEqual(lines.map(() => undefined));
  expect(held()).toBe(`head\nphase\n${lines.join("")}`);
  expect(synced.mock.calls.length).toBeWithin(1, 3);
  synced.mockRestore();
});

test("a name that a journal, results or a past run has is not taken again", async () => {
  await begin("a");
  mkdirSync(scores);
  writeFileSync(join(scores, "a-2.results.csv"), "somebody's");
  expect((await begin("a")).name).toBe("a-3");
  const old = await begin("b");
  expect(await old.putAside("done")).toBe(join(folder, "done/b.run"));
  expect((await begin("b")).name).toBe("b-2");
});

test("what a killed server left: whole lines, and a half one is cut off before anything is written", async () => {
  await begin("a");
  appendFileSync(join(folder, "a.run"), 'one\n{"kind":"answ');
  const [left] = new DiskRuns(folder, scores).left();
  closedLater(left!.journal);
  expect(left!.text).toBe("head\none\n");
  expect(await left!.journal.append("two\n")).toBeUndefined();
  expect(held()).toBe("head\none\ntwo\n");
});

test("lines that are no UTF-8 are empty ones; the file is kept aside as it was, and the rest goes on", async () => {
  await begin("a");
  appendFileSync(join(folder, "a.run"), Buffer.from("\xff\xfe\none\n", "latin1"));
  const before = readFileSync(join(folder, "a.run"));
  const [left] = runs.left();
  closedLater(left!.journal);
  expect(left!.text).toBe("head\n\none\n");
  expect(await left!.journal.replace("head\none\n")).toBe(join(folder, "damaged/a.run"));
  expect(readFileSync(join(folder, "damaged/a.run"))).toEqual(before);
  expect(await left!.journal.append("two\n")).toBeUndefined();
  expect(held()).toBe("head\none\ntwo\n");
});

test("while the disk takes nothing answers fail, what is owed is written later, of each key the last", async () => {
  const journal = await begin("a");
  const broken = spyOn(await fileHandles(), syncing).mockImplementation(async () => {
    throw Object.assign(new Error("no"), { code: "ENOSPC" });
  });
  journal.owe("joined ann", "joined ann\n");
  journal.owe("phase", "phase 1\n");
  expect(await journal.append("answer\n")).toBe("the disk is full");
  journal.owe("phase", "phase 2\n");
  expect(await journal.settle()).toBe("the disk is full");
  expect(held()).toBe("head\n");
  broken.mockRestore();
  expect(await journal.settle()).toBeUndefined();
  expect(await journal.append("again\n")).toBeUndefined();
  expect(held()).toBe("head\njoined ann\nphase 2\nagain\n");
});

test.if(process.platform === "linux")("a write is on the disk when it is done", async () => {
  const journal = await begin("a");
  expect(await journal.append("one\n")).toBeUndefined();
  const path = join(folder, "a.run");
  const flags = readdirSync("/proc/self/fd")
    .filter((fd) => isLinkTo(`/proc/self/fd/${fd}`, path))
    .map((fd) => /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))![1]!);
  expect(flags).toHaveLength(1);
  expect(Number.parseInt(flags[0]!, 8) & constants.O_DSYNC).toBe(constants.O_DSYNC);
});

test("what the disk takes only in part is cut off again", async () => {
  const journal = await begin("a");
  expect(await journal.append("one\n")).toBeUndefined();
  const taken: string[] = [];
  const broken = spyOn(await fileHandles(), "write").mockImplementation((async (bytes: Uint8Array) => {
    if (taken.length > 0) throw Object.assign(new Error("no"), { code: "ENOSPC" });
    const part = Buffer.from(bytes).subarray(0, 2);
    taken.push(part.toString());
    appendFileSync(join(folder, "a.run"), part);
    return { bytesWritten: part.length, buffer: bytes };
  }) as FileHandle["write"]);
  expect(await journal.append("answer\n")).toBe("the disk is full");
  broken.mockRestore();
  expect(taken).toEqual(["an"]);
  expect(held()).toBe("head\none\n");
  expect(await journal.append("two\n")).toBeUndefined();
  expect(held()).toBe("head\none\ntwo\n");
});

test("a journal has a limit, and one that became shorter or went away is not gone on with", async () => {
  mkdirSync(folder);
  const path = join(folder, "small.run");
  writeFileSync(path, "head\n");
  const small = closedLater(new DiskJournal({ path, results: scores, mostBytes: 10 }, 5));
  expect(await small.append("12345")).toBeUndefined();
  expect(await small.append("6")).toBe("the journal is full");
  const shorter = closedLater(new DiskJournal({ path, results: scores }, 11));
  expect(await shorter.append("x\n")).toBe("the journal has become shorter");
  expect(held("small")).toBe("head\n12345");
});

test("results are whole files beside the scores, and written again in place of the same run's", async () => {
  const journal = await begin("a");
  const paths = [join(scores, "a.results.json"), join(scores, "a.results.csv")];
  expect(await journal.writeResults("{}", "x")).toEqual({ paths });
  expect(await journal.writeResults("{1}", "y")).toEqual({ paths });
  expect(readdirSync(scores).sort()).toEqual(["a.results.csv", "a.results.json"]);
  expect(readFileSync(paths[1]!, "utf8")).toBe("y");
  mkdirSync(join(scores, "b.results.json"), { recursive: true });
  const other = closedLater(new DiskJournal({ path: join(folder, "b.run"), results: scores }, 0));
  expect(await other.writeResults("{}", "")).toMatchObject({ failure: expect.any(String) });
  expect(existsSync(join(scores, "b.results.json.new"))).toBe(false);
});

test("a folder that cannot be made is told in one sentence", async () => {
  writeFileSync(folder, "a file");
  expect(runs.begin("a", "head\n")).rejects.toThrow(`the quiz cannot be kept in ${folder}: `);
});
