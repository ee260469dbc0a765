/** A quiz outlives its server, and a disk that takes nothing for a while. */
import { afterEach, expect, spyOn, test } from "bun:test";
import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { DiskRuns } from "../../../store/disk/disk-runs.ts";
import { temporaryFolders } from "../../../store/temporary-folder.test-support.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { PeerClient } from "../peer/peer-client.test-support.ts";
import { startTestServer, type TestServer } from "../session/test-client.test-support.ts";

const makeFolder = temporaryFolders();
const started: TestServer[] = [];
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
});

const bank = "TCP? {=Transport ~Network}\n\nTwo is even. {T}\n";

async function start(data = makeFolder()): Promise<TestServer> {
  const runs = new DiskRuns(join(data, "quizzes"), join(data, "scores"));
  const running = await startTestServer({ ports: { runs } });
  started.push(running);
  writeFileSync(join(running.folder, "bank.gift"), bank);
  running.server.classroom.quizzes.goOn();
  return running;
}

async function enter(running: TestServer, name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name);
  await client.join();
  return client;
}

async function until<T>(client: PeerClient, header: string): Promise<T> {
  for (;;) {
    const heard = await client.next();
    if (heard.header === header) return heard.content as T;
  }
}

async function answer(client: PeerClient, running: TestServer, text: string): Promise<string> {
  const { number: quiz } = running.server.classroom.quizzes.quiz!.head;
  const tag = client.tag++;
  client.send("answer", { tag, quiz, number: 1, answer: text });
  for (;;) {
    const { header, content } = await client.next();
    if (header === "error") return (content as Control<"error">).code;
    if (header === "ack" && (content as { tag: number }[]).some((ack) => ack.tag === tag)) return "kept";
  }
}

/** What a server that is killed now leaves on its disk. */
function killed(data: string): string {
  const copy = makeFolder();
  cpSync(data, copy, { recursive: true });
  return copy;
}

async function untilTold(running: TestServer, part: string): Promise<string> {
  for (;;) {
    const line = running.screen.find((each) => each.includes(part));
    if (line !== undefined) return line;
    await Bun.sleep(5);
  }
}

/** What every open file does, to be broken. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(import.meta.path);
  await handle.close();
  return Object.getPrototypeOf(handle);
}

test("a server killed in the middle of a question: the next one goes on with the answers and the time left", async () => {
  const data = makeFolder();
  const first = await start(data);
  const ann = await enter(first, "ann");
  await first.operator.type("/quiz bank.gift timed 60");
  expect(await answer(ann, first, "a")).toBe("kept");
  await first.operator.type("/extend 40");
  const left = killed(data);
  appendFileSync(join(left, "quizzes/bank.run"), '{"kind":"answ');
  const second = await start(left);
  expect(second.screen[0]).toMatch(/^The quiz 'bank' goes on: Question 1 of 2 is open, (99|100) s left\.$/);
  const again = await enter(second, "ann");
  const question = await until<Control<"question">>(again, "question");
  expect(question).toMatchObject({
    number: 1,
    answered: "a",
    quiz: first.server.classroom.quizzes.quiz!.head.number,
  });
  expect(question.leftMs!).toBeGreaterThan(90_000);
  expect(await answer(again, second, "b")).toBe("answered");
  await second.operator.type("/stop");
  await untilTold(second, "The results are in ");
  expect(second.server.classroom.quizzes.quiz!.book.standings()).toEqual([{ name: "ann", points: 1 }]);
});

test("one killed between the end and the results writes them at the next start", async () => {
  const data = makeFolder();
  const first = await start(data);
  const ann = await enter(first, "ann");
  await first.operator.type("/quiz bank.gift");
  await answer(ann, first, "a");
  const left = killed(data);
  appendFileSync(join(left, "quizzes/bank.run"), '{"kind":"phase","phase":{"kind":"finished"}}\n');
  const second = await start(left);
  await untilTold(second, "The results are in ");
  expect(readFileSync(join(left, "scores/bank.results.csv"), "utf8")).toContain(
    "ann,,1,TCP?,1,Transport,1,1,",
  );
  expect(second.server.classroom.quizzes.isRunning).toBe(false);
  expect(existsSync(join(left, "quizzes/done/bank.run"))).toBe(true);
});

test("a damaged journal is told, kept aside, and what can be read of it goes on", async () => {
  const data = makeFolder();
  const first = await start(data);
  const [ann, bob] = [await enter(first, "ann"), await enter(first, "bob")];
  await first.operator.type("/quiz bank.gift");
  await answer(ann, first, "a");
  await answer(bob, first, "a");
  const left = killed(data);
  const path = join(left, "quizzes/bank.run");
  const damaged = readFileSync(path, "latin1").replace(
    '{"kind":"answered","student":"bob"',
    '{"kind":"\xff\0',
  );
  writeFileSync(path, damaged, "latin1");
  const second = await start(left);
  const aside = join(left, "quizzes/damaged/bank.run");
  await untilTold(
    second,
    `1 line of the quiz 'bank' cannot be read and does not count; the journal as it was is ${aside}.`,
  );
  expect(readFileSync(aside, "latin1")).toBe(damaged);
  expect(await answer(await enter(second, "bob"), second, "b")).toBe("kept");
  const { records } = { records: readFileSync(path, "utf8") };
  expect(records.match(/"kind":"answered"/g)).toHaveLength(2);
});

test("one without a head is kept aside, and another quiz may begin", async () => {
  const data = makeFolder();
  const first = await start(data);
  await first.operator.type("/quiz bank.gift");
  const left = killed(data);
  writeFileSync(join(left, "quizzes/bank.run"), "no head\n");
  const second = await start(left);
  await untilTold(
    second,
    `The quiz 'bank' cannot be read; it is kept aside as ${join(left, "quizzes/damaged/bank.run")}.`,
  );
  await second.operator.type("/quiz bank.gift");
  expect(readFileSync(join(left, "quizzes/damaged/bank.run"), "utf8")).toBe("no head\n");
});

test("while the disk is full no answer is taken, which is told once; then all goes on", async () => {
  const running = await start();
  const ann = await enter(running, "ann");
  await running.operator.type("/quiz bank.gift");
  const { journal } = running.server.classroom.quizzes.quiz!;
  await journal.settle();
  const broken = spyOn(await fileHandles(), "write").mockImplementation(async () => {
    throw Object.assign(new Error("no"), { code: "ENOSPC" });
  });
  try {
    expect(await answer(ann, running, "a")).toBe("not-kept");
    expect(await answer(ann, running, "a")).toBe("not-kept");
  } finally {
    broken.mockRestore();
  }
  expect(await answer(ann, running, "b")).toBe("kept");
  expect(running.screen.filter((line) => line.includes("kept"))).toEqual([
    "Nothing of the quiz 'bank' can be kept, so no answer is taken: the disk is full.",
    "The quiz 'bank' is kept again.",
  ]);
});
