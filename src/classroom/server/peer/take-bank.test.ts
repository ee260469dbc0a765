/** Files of questions that a teacher sends: kept only where they are right, and never over another unasked. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { encodeChunk } from "../../protocol/v2/chunk.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { maxBankBytes } from "../../quiz/banks/limits.ts";
import { maxFindingsTold } from "../limits.ts";
import { startTestServer, type TestServer } from "../session/test-client.test-support.ts";
import { PeerClient } from "./peer-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer({ isQuick: true });
  transfer = -1;
});
afterEach(() => running.stop());

const right = "1+1? {=2 ~3}\n\n2+2? {=4 ~5}\n";
const banks = (): string[] => readdirSync(join(running.folder, "data/banks")).toSorted();
const bank = (name: string): string => readFileSync(join(running.folder, "data/banks", name), "utf8");
const parts = (): string[] => readdirSync(join(running.folder, "data/parts"));

async function teacher(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name, { capabilities: ["files", "teach"] });
  client.send("redeem", { ask: 90, code: running.server.classroom.ports.codes.issue() });
  await client.expect("role");
  await client.expect("hands");
  return client;
}

let transfer = -1;
function offer(client: PeerClient, name: string, size: number, more: Partial<Control<"offer">> = {}): void {
  transfer += 2;
  client.send("offer", { tag: client.tag++, transfer, name, size, bank: "new", ...more });
}

/** Sends a file whole. @returns what was found in it, and how it ended */
async function give(
  client: PeerClient,
  name: string,
  content: string | Uint8Array,
  more: Partial<Control<"offer">> = {},
): Promise<{ findings: Control<"findings">; end: Control<"received"> | Control<"cancel"> }> {
  const bytes = Buffer.from(content);
  offer(client, name, bytes.length, more);
  const { transfer } = (await client.expect("accept")) as Control<"accept">;
  for (let at = 0; at < bytes.length; at += 200_000)
    client.connection.send(encodeChunk(transfer, at, bytes.subarray(at, at + 200_000)));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  client.send("end", { transfer, size: bytes.length, sha256 });
  const findings = (await client.expect("findings")) as Control<"findings">;
  const ended = await client.next();
  return { findings, end: ended.content as Control<"received"> | Control<"cancel"> };
}

async function cancelled(client: PeerClient): Promise<string> {
  const { code, text } = (await client.expect("cancel")) as Control<"cancel">;
  return `${code}: ${text}`;
}

test("what is right is kept, listed and started; the class does not hear of it, and the log does", async () => {
  const ann = await teacher("ann");
  const bob = await PeerClient.registered(running.port, "bob");
  await bob.join();
  const { findings, end } = await give(ann, "sums.gift", right);
  expect(findings).toEqual({ transfer: 1, questions: 2, errors: [], warnings: [] });
  expect(end).toMatchObject({ transfer: 1, name: "sums.gift" });
  expect(bank("sums.gift")).toBe(right);
  await bob.expectNothing();
  expect(running.screen.at(-1)).toBe("ann put 'sums.gift' among the files of questions: 2 questions.");
  expect(readFileSync(join(running.folder, "data/audit.log"), "utf8")).toContain('"did":"bank-kept"');
  ann.send("banks", { ask: 1 });
  expect(await ann.expect("banks")).toEqual({ ask: 1, files: ["sums.gift"] });
  ann.send("steer", { ask: 2, do: "begin", file: "sums.gift", words: "paced" });
  expect(await bob.expect("quiz")).toMatchObject({ title: "sums", questions: 2 });
  expect(existsSync(join(running.folder, "data/files/ann"))).toBe(false);
  while (parts().length > 0) await Bun.sleep(5);
});

test("each format is taken: Aiken, CSV, JSON, and the two files of the first pcs as one", async () => {
  const ann = await teacher("ann");
  const csv = "question,correct,option1,option2\n1+1?,1,2,3\n";
  expect((await give(ann, "a.txt", "1+1?\nA) 2\nB) 3\nANSWER: A\n")).findings.questions).toBe(1);
  expect((await give(ann, "b.csv", csv)).findings.questions).toBe(1);
  const answers = { name: "quiz_ans.txt", text: "b a" };
  const seed = "1+1?\na. 3 b. 2\n2+2?\na. 4 b. 5\n";
  const { findings, end } = await give(ann, "quiz_ques.txt", seed, { answers });
  expect([findings.questions, (end as Control<"received">).name]).toEqual([2, "quiz_ques.json"]);
  expect((await give(ann, "again.json", bank("quiz_ques.json"))).findings.questions).toBe(2);
  expect(banks()).toEqual(["a.txt", "again.json", "b.csv", "quiz_ques.json"]);
});

test("what is wrong is told with line and column, and nothing is kept", async () => {
  const ann = await teacher("ann");
  const { findings, end } = await give(ann, "sums.gift", "1+1? {=2 ~3}\n\n2+2? {=4 ~5\n");
  expect(findings.errors).toEqual([
    expect.stringMatching(/^sums\.gift, line 3, column \d+: .*\.$/) as string,
  ]);
  expect(end).toMatchObject({ code: "bank", text: "'sums.gift' was not kept: 1 error." });
  const answers = { name: "ans.txt", text: "b\nc" };
  const seed = await give(ann, "ques.txt", "1+1?\na. 3 b. 2\n2+2?\na. 4 b. 5\n", { answers });
  expect(seed.findings.errors).toEqual(["ans.txt, line 2: 'c' is no option of question 2 (a, b)."]);
  const rows: [string, string | Uint8Array, string][] = [
    ["empty.gift", "", "there is no question."],
    ["zero.gift", "a\0b", "there is a NUL, so this is no text."],
    ["utf16.gift", Uint8Array.of(0xff, 0xfe, 0x41, 0), "this is UTF-16; save it as UTF-8."],
    ["picture.json", Uint8Array.of(0x89, 0x50, 0x4e, 0x47), "line 1, column 1"],
    ["shape.json", '{"questions": 3}', "line 1, column"],
  ];
  for (const [name, content, sentence] of rows) {
    const { findings, end } = await give(ann, name, content);
    expect([name, findings.errors[0]]).toEqual([name, expect.stringContaining(sentence) as string]);
    expect(end).toMatchObject({ code: "bank" });
  }
  expect(banks()).toEqual([]);
  expect(running.server.classroom.counters.refusedFiles).toBe(rows.length + 2);
  while (parts().length > 0) await Bun.sleep(5);
});

test("what is only doubtful is kept and told; of many findings ten, and how many more", async () => {
  const ann = await teacher("ann");
  const latin1 = Buffer.from("Gr\xf6\xdfe? {=2 ~3}\n", "latin1");
  const { findings, end } = await give(ann, "latin.gift", latin1);
  expect(findings.warnings).toEqual([
    "latin.gift: this is no UTF-8, and was read as Latin-1 (Windows-1252); look at its accents.",
  ]);
  expect(end).toMatchObject({ name: "latin.gift" });
  const many = await give(ann, "many.gift", "1+1? {=2 ~3\n\n".repeat(50));
  expect(many.findings.errors.length).toBeLessThanOrEqual(maxFindingsTold);
  expect(many.findings.errors.length + (many.findings.more ?? 0)).toBe(
    Number(/(\d+) errors?/.exec((many.end as Control<"cancel">).text!)![1]),
  );
});

test("one that is there stays as it is, unless it is to be replaced; of two at once one is kept", async () => {
  const [ann, ben] = [await teacher("ann"), await teacher("ben")];
  await give(ann, "sums.gift", right);
  const other = "3+3? {=6 ~7}\n";
  expect((await give(ann, "sums.gift", other)).end).toMatchObject({
    code: "exists",
    text: "There is a file 'sums.gift' already, and it was left as it is.",
  });
  expect(bank("sums.gift")).toBe(right);
  // Wrong ones replace nothing.
  expect((await give(ann, "sums.gift", "{", { bank: "replace" })).end).toMatchObject({ code: "bank" });
  expect(bank("sums.gift")).toBe(right);
  expect((await give(ann, "sums.gift", other, { bank: "replace" })).end).toMatchObject({ name: "sums.gift" });
  expect(bank("sums.gift")).toBe(other);
  const ends = await Promise.all([give(ann, "new.gift", right), give(ben, "new.gift", right)]);
  expect(ends.filter(({ end }) => "code" in end).length).toBe(1);
});

test("names cannot leave the folder, hide in it, or take the place of a folder", async () => {
  const ann = await teacher("ann");
  expect((await give(ann, "../../quiz_dir/sums.gift", right)).end).toMatchObject({ name: "sums.gift" });
  expect(banks()).toEqual(["sums.gift"]);
  for (const [name, sentence] of [
    [".sums.gift", "refused: A file of questions has no dot in front of its name."],
    ["..", "refused: File '..' was refused: it has only dots or blanks for a name."],
    ["con.gift", "refused: File 'con.gift' was refused: its name means a device on Windows."],
  ] as const) {
    offer(ann, name, 5);
    expect(await cancelled(ann)).toBe(sentence);
  }
  mkdirSync(join(running.folder, "data/banks/folder"));
  writeFileSync(join(running.folder, "data/banks/folder/x"), "");
  expect((await give(ann, "folder", right)).end).toMatchObject({ code: "exists" });
  expect((await give(ann, "folder", right, { bank: "replace" })).end).toMatchObject({ code: "not-kept" });
});

test("too large, to somebody, in a folder, from a student, or from who is no teacher any more: one sentence", async () => {
  const ann = await teacher("ann");
  const bob = await PeerClient.registered(running.port, "bob");
  offer(bob, "sums.gift", 5);
  expect(await cancelled(bob)).toBe("teacher: Only a teacher can do that.");
  offer(ann, "sums.gift", maxBankBytes + 1);
  expect(await cancelled(ann)).toContain("size: 16777217 bytes are too many for questions");
  for (const more of [{ to: "bob" }, { folder: "f" }] as const) {
    offer(ann, "sums.gift", 5, more);
    expect(await cancelled(ann)).toBe("refused: A file of questions is one file, to the server.");
  }
  offer(ann, "sums.gift", right.length);
  await ann.expect("accept");
  const { classroom } = running.server;
  classroom.moderation.setRole(classroom.peers.find("ann")!, "student");
  ann.connection.send(encodeChunk(transfer, 0, Buffer.from(right)));
  const sha256 = createHash("sha256").update(right).digest("hex");
  ann.send("end", { transfer, size: right.length, sha256 });
  expect(await cancelled(ann)).toBe("teacher: Only a teacher can do that.");
  expect(banks()).toEqual([]);
});

test("one whose arrival was not heard is kept once, and its word is none for another use of the file", async () => {
  const ann = await teacher("ann");
  offer(ann, "sums.gift", right.length);
  const { resume } = (await ann.expect("accept")) as Control<"accept">;
  ann.connection.send(encodeChunk(transfer, 0, Buffer.from(right)));
  const sha256 = createHash("sha256").update(right).digest("hex");
  ann.send("end", { transfer, size: right.length, sha256 });
  await ann.expect("findings");
  await ann.expect("received");
  while (parts().length > 0) await Bun.sleep(5);
  offer(ann, "sums.gift", right.length, { resume });
  expect(await ann.expect("accept")).toMatchObject({ offset: right.length });
  ann.send("end", { transfer, size: right.length, sha256 });
  expect(await ann.expect("received")).toMatchObject({ name: "sums.gift" });
  offer(ann, "sums.gift", right.length, { resume, bank: "replace" });
  expect(await ann.expect("accept")).toMatchObject({ offset: 0 });
});
