/** A teacher's stay and a student's in the terminal client, with a real server. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { makeSelfSigned } from "../net/self-signed.ts";
import { startTestServer, type TestServer } from "../server/session/test-client.test-support.ts";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { runSession } from "./session.ts";

// Passwords are hashed, and quizzes counted every two seconds: a busy machine takes its time.
setDefaultTimeout(20_000);

const identity = makeSelfSigned(crypto.getRandomValues(new Uint8Array(16)));
const limits = { connectMs: 2_000, greetingMs: 2_000, quietMs: 50, quietAtMostMs: 500, leaveMs: 500 };

let running: TestServer;
let folder: string;
let stays: AbortController[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "pcs-teach-"));
  stays = [];
  const tls = { kind: "auto", identity, code: "TEST-TEST-TEST-TEST" } as const;
  running = await startTestServer({ isQuick: true, ports: { tls } });
});
afterEach(async () => {
  for (const stay of stays) stay.abort();
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function enter(user: string): Promise<{ terminal: FakeTerminal; end: Promise<number | string> }> {
  const terminal = new FakeTerminal();
  const interrupt = new AbortController();
  stays.push(interrupt);
  const end = runSession(
    {
      host: "127.0.0.1",
      port: running.port,
      user,
      password: "long enough",
      downloads: folder,
      home: folder,
      limits,
      legacy: false,
      fingerprint: undefined,
      known: { place: "nowhere", find: () => undefined, remember: () => undefined },
    },
    { terminal, interrupted: interrupt.signal, now: () => performance.now(), list: () => [] },
  ).catch(String);
  terminal.type("no");
  await terminal.until("You joined the server.");
  return { terminal, end };
}

test("a code makes a teacher, who mutes, lowers hands, looks who is here, and kicks", async () => {
  const [ann, bob] = [await enter("ann"), await enter("bob b")];
  ann.terminal.type("/mute bob");
  await ann.terminal.until("Only a teacher can do that.");
  const code = running.server.classroom.ports.codes.issue();
  ann.terminal.type("/teacher", `/teacher ${code.toLowerCase()}`);
  await ann.terminal.until("A code stands behind it: /teacher CODE.");
  await ann.terminal.until("Server: You are a teacher now.");
  ann.terminal.type("help");
  await ann.terminal.until("/exam on|off");
  bob.terminal.type("/hand");
  await bob.terminal.until("Your hand is up.");
  await ann.terminal.until("Hands: bob b.");
  ann.terminal.type('/lower "bob b"', '/mute "Bob B"', "/people", "/mute Bob B", "/hands");
  await bob.terminal.until("Your hand is down.");
  await bob.terminal.until("Server: You are muted:");
  await ann.terminal.until("bob b is muted.");
  await ann.terminal.until("ann (teacher)\nbob b (muted)\n");
  await ann.terminal.until("(a name with blanks in quotes); nothing was done.");
  bob.terminal.type("msg:hello?", "/hand down", "/hand x");
  await bob.terminal.until("Server: You are muted, so nobody heard this.");
  await bob.terminal.until("/hand raises your hand");
  ann.terminal.type("/exam on", '/kick "bob b" enough now', "/nonsense");
  await bob.terminal.until("Server: Chat is off, files are off.");
  await bob.terminal.until("Server: You were removed from the class: enough now.");
  expect(await bob.end).toBe(1);
  await ann.terminal.until("There is no /nonsense.");
});

test("a quiz is begun and steered from the terminal; what was seen goes along", async () => {
  writeFileSync(join(running.folder, "data/banks/my sums.gift"), "1+1? {=2 ~3}\n\n2+2? {=4 ~5}\n");
  const [ann, bob] = [await enter("ann"), await enter("bob")];
  const code = running.server.classroom.ports.codes.issue();
  ann.terminal.type(`/teacher ${code}`, "/banks", "/quiz", "/extend x", '/QUIZ "my sums.gift" paced');
  await ann.terminal.until("my sums.gift\n");
  await ann.terminal.until("A file stands behind it: /quiz FILE");
  await ann.terminal.until("Whole seconds stand behind it");
  await ann.terminal.until("Quiz 'my sums' started: 2 questions to 1 client");
  await bob.terminal.until("Question 1: 1+1?");
  await ann.terminal.until("Question 1: 0 of 1 answered.");
  bob.terminal.type("quiz_answer:a");
  await ann.terminal.until("Question 1: 1 of 1 answered.");
  ann.terminal.type("/next");
  await ann.terminal.until("Nothing was done: close the question first, or skip it.");
  ann.terminal.type("/close");
  await ann.terminal.until("Question 1: 1 of 1 answered. By option: 1: 1, 2: 0.", 2);
  ann.terminal.type("/next", "/leaderboard", "/stop");
  await bob.terminal.until("Question 2: 2+2?");
  await ann.terminal.until("1. bob  1");
  await bob.terminal.until("Quiz is over.");
});

test("a file of questions is put on the server from the terminal, and what is wrong in it is told", async () => {
  const ann = await enter("ann");
  const [good, bad] = [join(folder, "sums.gift"), join(folder, "bad.gift")];
  writeFileSync(good, "1+1? {=2 ~3}\n\n2+2? {=4 ~5}\n");
  writeFileSync(bad, "1+1? {=2 ~3\n");
  ann.terminal.type(`/bank ${good}`);
  await ann.terminal.until("There is no /bank.");
  ann.terminal.type(`/teacher ${running.server.classroom.ports.codes.issue()}`);
  await ann.terminal.until("Server: You are a teacher now.");
  ann.terminal.type(
    "/bank",
    `/bank ${bad}`,
    `/bank ${good}`,
    `/bank ${good}`,
    `/bank replace ${good}`,
    "/banks",
  );
  await ann.terminal.until("Type /bank FILE, or /bank replace FILE.");
  await ann.terminal.until("bad.gift, line 1, column");
  await ann.terminal.until("'bad.gift' was not kept: 1 error.");
  await ann.terminal.until("2 questions");
  await ann.terminal.until("There is a file 'sums.gift' already, and it was left as it is.");
  await ann.terminal.until("File 'sums.gift' sent to server.", 2);
  ann.terminal.type("/quiz sums.gift paced");
  await ann.terminal.until("Quiz 'sums' started: 2 questions");
});
