/** What the original did wrong, each under its own name: none of it may happen here. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../../store/sqlite/database.ts";
import { sqliteAccounts } from "../../../store/sqlite/sqlite-accounts.ts";
import { Accounts } from "../../accounts/accounts.ts";
import { HashGate } from "../../accounts/hash-gate.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import * as messages from "../../protocol/messages.ts";
import { startTestServer, TestClient, type TestServer } from "./test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer();
});
afterEach(() => running.stop());

/** People who have all heard each other join. */
async function people(one: string): Promise<[TestClient]>;
async function people(one: string, two: string): Promise<[TestClient, TestClient]>;
async function people(one: string, two: string, three: string): Promise<[TestClient, TestClient, TestClient]>;
async function people(...names: string[]): Promise<TestClient[]> {
  const clients: TestClient[] = [];
  for (const name of names) {
    const client = await TestClient.registered(running.port, name);
    for (const other of clients) await other.expect("info", messages.joined(name));
    clients.push(client);
  }
  return clients;
}

test("private text reaches everyone behind one address", async () => {
  const [ann, bob, eve] = await people("ann", "bob", "eve");
  ann.send("to", "bob:secret");
  await bob.expect("info", "ann (private): secret\n");
  await eve.expectNothing(50);
});

test("sockets that never logged in hear the chat", async () => {
  const silent = await TestClient.connect(running.port);
  const halfway = await TestClient.connect(running.port);
  await silent.frame();
  await halfway.frame();
  halfway.send("info", "no");
  halfway.send("info", "half");
  await halfway.frame();
  const [ann, bob] = await people("ann", "bob");
  ann.send("msg", "hi");
  await bob.expect("msg", "Client ann: hi\n");
  await running.operator.type("for members");
  await bob.expect("info", "Server: for members\n");
  for (const client of [silent, halfway]) await client.expectNothing(50);
});

test("one socket that dies in its login takes others down", async () => {
  const [ann, bob] = await people("ann", "bob");
  for (const steps of [
    [],
    ["no"],
    ["no", "eve"],
    ["no", "eve", "pw"],
    ["yes", "ann"],
    ["yes", "ann", "pw1"],
  ]) {
    const dying = await TestClient.connect(running.port);
    for (const text of steps) dying.send("info", text);
    dying.terminate();
  }
  await running.operator.type("still here");
  ann.send("msg", "so am I");
  for (;;) {
    const [header, payload] = await bob.frame();
    if (header === "msg") {
      expect(payload).toBe("Client ann: so am I\n");
      break;
    }
  }
});

describe("an unknown recipient or too few answers cuts the sender off", () => {
  test("a private message", async () => {
    const [ann, bob] = await people("ann", "bob");
    ann.send("to", "nobody:hi");
    const [header, payload] = await ann.frame();
    expect([header, payload]).toEqual(["error", "Server: There is no client named 'nobody' here.\n"]);
    ann.send("to", "no colon");
    expect((await ann.frame())[0]).toBe("error");
    ann.send("msg", "here");
    await bob.expect("msg", "Client ann: here\n");
  });

  test("a file", async () => {
    const [ann, bob] = await people("ann", "bob");
    ann.send("file_transfer", "file_to:nobody:a.txt");
    ann.raw(Buffer.from("contentEOF"));
    ann.send("msg", "here");
    expect((await ann.frame())[1]).toContain("no client named 'nobody'");
    await bob.expect("msg", "Client ann: here\n");
  });

  test("a quiz answer", async () => {
    const [ann, bob] = await people("ann", "bob");
    await running.operator.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:s.csv");
    await ann.frame();
    await bob.frame();
    ann.send("quiz_answer", "c");
    await ann.expect("info", messages.quizOver);
    bob.send("quiz_answer", "");
    await bob.expect("info", messages.quizOver);
    expect(readFileSync(join(running.folder, "data/all_quiz_scores/s.csv"), "utf8")).toBe("ann,1\nbob,0\n");
    ann.send("msg", "here");
    await bob.expect("msg", "Client ann: here\n");
  });

  test("an answer without a quiz", async () => {
    const [ann] = await people("ann");
    ann.send("quiz_answer", "a b c");
    expect(await ann.frame()).toEqual(["error", "Server: There is no quiz now.\n"]);
  });
});

test("`Quiz starts soon` typed on the console ends the server", async () => {
  const [ann] = await people("ann");
  await running.operator.type("Quiz starts soon");
  await ann.expect("info", "Server: Quiz starts soon\n");
  expect(running.screen).toContain("Server: Quiz starts soon");
});

test("sizes ≡ 1022, 1023 (mod 1024) hang", async () => {
  const [ann] = await people("ann");
  for (const size of [1021, 1022, 1023, 1024, 2046, 2047]) {
    ann.send("file_transfer", `file_to_server:${size}.bin`);
    ann.raw(Buffer.concat([Buffer.alloc(size, 7), Buffer.from("EOF")]));
    await ann.expect("info", messages.fileUploaded(`${size}.bin`, "ann"));
    expect(readFileSync(join(running.folder, `data/files/ann/${size}.bin`))).toHaveLength(size);
  }
});

test("chat lands inside a running file", async () => {
  const [ann, bob, eve] = await people("ann", "bob", "eve");
  const content = Buffer.alloc(200_000, "chat must not be in here. ");
  ann.send("file_transfer", "file_to:bob:a.bin");
  ann.raw(Buffer.concat([content, Buffer.from("EOF")]));
  const chatting = setInterval(() => eve.send("msg", "chat"), 2);
  await running.operator.type("from the operator");
  // Whatever was said before the file began comes first; then nothing but the file.
  for (;;) {
    const [header, payload] = await bob.frame();
    if (header === "file_transfer") break;
    expect(payload).toMatch(/chat|operator/);
  }
  expect(await bob.bytes(content.length)).toEqual(content);
  expect((await bob.bytes(3)).toString()).toBe("EOF");
  clearInterval(chatting);
  expect(await bob.frame()).toEqual(["msg", "Client eve: chat\n"]);
});

describe("`../` in a file or user name leaves the folder", () => {
  test("a file name: only its last part is a name", async () => {
    const [ann] = await people("ann");
    for (const name of ["../../evil.txt", "/etc/evil.txt", "..\\..\\evil.txt", "a/../../evil.txt"]) {
      ann.send("file_transfer", `file_to_server:${name}`);
      ann.raw(Buffer.from("xEOF"));
      await ann.expect("info", messages.fileUploaded("evil.txt", "ann"));
    }
    expect(readdirSync(join(running.folder, "data/files"))).toEqual(["ann"]);
    expect(existsSync(join(running.folder, "evil.txt"))).toBe(false);
  });

  test("a file name that is none is refused with a sentence, its bytes are dropped, and the class goes on", async () => {
    const [ann, bob] = await people("ann", "bob");
    const names = ["..", ".", "...", "", "a/", "x\0y", "x\ny", "CON", "con.txt", "NUL", "y".repeat(300)];
    for (const name of names) {
      ann.send("file_transfer", `file_to_server:${name}`);
      ann.raw(Buffer.from("not a frameEOF"));
      const [header, payload] = await ann.frame();
      expect([name, header]).toEqual([name, "error"]);
      expect(payload).toMatch(/^Server: File '.*' was refused: [^\n\0]+\.\n$/s);
    }
    expect(existsSync(join(running.folder, "data/files/ann"))).toBe(false);
    expect(readdirSync(join(running.folder, "data/tmp"))).toEqual([]);
    ann.send("msg", "here");
    await bob.expect("msg", "Client ann: here\n");
  }, 20_000);

  test("a user name", async () => {
    const client = await TestClient.connect(running.port);
    await client.frame();
    client.send("info", "no");
    client.send("info", "../ann");
    expect((await client.frame())[1]).toEndWith("Please choose another: ");
  });
});

test("a burst loses frames", async () => {
  const [ann, bob] = await people("ann", "bob");
  const count = 4000;
  const frames = Array.from({ length: count }, (_, i) => encodeFrame("msg", `number ${i}`));
  ann.raw(Buffer.concat(frames));
  for (let i = 0; i < count; i++) await bob.expect("msg", `Client ann: number ${i}\n`);
});

test("a burst over the limit is slowed down and loses nothing", async () => {
  await running.stop();
  running = await startTestServer({ limits: { messageBurst: 50, messagesPerSecond: 1000 } });
  const [ann, bob] = await people("ann", "bob");
  const frames = Array.from({ length: 400 }, (_, i) => encodeFrame("msg", `number ${i}`));
  const startedAt = performance.now();
  ann.raw(Buffer.concat(frames));
  ann.end();
  for (let i = 0; i < 400; i++) await bob.expect("msg", `Client ann: number ${i}\n`);
  expect(performance.now() - startedAt).toBeGreaterThan(250);
  await bob.expect("info", messages.left("ann"));
});

test("a burst of what nobody understands is slowed down too, and each is answered", async () => {
  await running.stop();
  running = await startTestServer({ limits: { messageBurst: 50, messagesPerSecond: 1000 } });
  const [ann] = await people("ann");
  const frames = [
    encodeFrame("cmd", "dance"),
    encodeFrame("shout", "x"),
    encodeFrame("to", "nobody"),
    encodeFrame("quiz_answer", "a"),
  ];
  const startedAt = performance.now();
  ann.raw(Buffer.concat(Array.from({ length: 100 }, () => frames).flat()));
  for (let i = 0; i < 400; i++) expect((await ann.frame())[0]).toBe("error");
  expect(performance.now() - startedAt).toBeGreaterThan(250);
});

test("an abrupt leave is never told", async () => {
  const [ann, bob] = await people("ann", "bob");
  bob.terminate();
  await ann.expect("info", messages.left("bob"));
});

test("a second quiz answer counts again", async () => {
  const [ann] = await people("ann");
  await running.operator.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:s.csv");
  await ann.frame();
  ann.send("quiz_answer", "a a a a a");
  await ann.expect("info", messages.quizOver);
  ann.send("quiz_answer", "c a b a c");
  expect((await ann.frame())[0]).toBe("error");
  // Nor does a new connection of the same person give a second answer.
  const again = await TestClient.loggedIn(running.port, "ANN");
  again.send("quiz_answer", "c a b a c");
  expect((await again.frame())[0]).toBe("error");
  expect(readFileSync(join(running.folder, "data/all_quiz_scores/s.csv"), "utf8")).toBe("ann,2\n");
});

test("passwords are unsalted SHA-256", async () => {
  const path = join(running.folder, "accounts.sqlite");
  const database = openDatabase(path);
  const accounts = new Accounts(sqliteAccounts(database), new HashGate(1), Date.now);
  for (const name of ["ann", "bob"]) {
    const reserved = accounts.reserve(name);
    if (reserved.kind !== "reserved") throw new Error(reserved.kind);
    await accounts.register(reserved.reservation, "the same password");
  }
  const hashes = database.query<{ password_hash: string }, []>("SELECT password_hash FROM accounts").all();
  expect(hashes).toHaveLength(2);
  for (const { password_hash } of hashes)
    expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(hashes[0]!.password_hash).not.toBe(hashes[1]!.password_hash);
  database.close();
  expect(readFileSync(path).includes("the same password")).toBe(false);
});

test("restart fails with `Address already in use`", async () => {
  const { port } = running;
  const client = await TestClient.registered(port, "ann");
  await running.stop();
  await client.untilClosed();
  running = await startTestServer({ port });
  expect(running.port).toBe(port);
  await TestClient.registered(port, "ann");
});

test("an earlier file of the same name is lost", async () => {
  const [ann] = await people("ann");
  for (const content of ["first", "second", "third"]) {
    ann.send("file_transfer", "file_to_server:a.txt");
    ann.raw(Buffer.from(`${content}EOF`));
    await ann.expect("info", messages.fileUploaded("a.txt", "ann"));
  }
  const contents = ["a.txt", "a (1).txt", "a (2).txt"].map((name) =>
    readFileSync(join(running.folder, "data/files/ann", name), "utf8"),
  );
  expect(contents).toEqual(["third", "first", "second"]);
});

test("a folder in the place of a file is moved aside and keeps what is in it", async () => {
  const [ann] = await people("ann");
  mkdirSync(join(running.folder, "data/files/ann/a.txt"), { recursive: true });
  writeFileSync(join(running.folder, "data/files/ann/a.txt/inside"), "kept");
  ann.send("file_transfer", "file_to_server:a.txt");
  ann.raw(Buffer.from("newEOF"));
  await ann.expect("info", messages.fileUploaded("a.txt", "ann"));
  expect(readFileSync(join(running.folder, "data/files/ann/a.txt"), "utf8")).toBe("new");
  expect(readFileSync(join(running.folder, "data/files/ann/a (1).txt/inside"), "utf8")).toBe("kept");
});
