/** Everything bad that can come in: one sentence where the person is, the rest of the class unharmed. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeFrame } from "../../protocol/frame.ts";
import { maxPayloadBytes } from "../../protocol/limits.ts";
import { noLimits } from "../limits.ts";
import * as messages from "../../protocol/messages.ts";
import { startTestServer, TestClient, type TestServer } from "./test-client.test-support.ts";

let running: TestServer;
let ann: TestClient;
let bob: TestClient;
beforeEach(async () => {
  running = await startTestServer();
  ann = await TestClient.registered(running.port, "ann");
  bob = await TestClient.registered(running.port, "bob");
  await ann.expect("info", messages.joined("bob"));
});
afterEach(() => running.stop());

/** The class still works. */
async function expectUnharmed(): Promise<void> {
  const probe = `still here ${Math.random()}`;
  ann.send("msg", probe);
  for (;;) {
    const [header, payload] = await bob.frame();
    if (header !== "msg") continue;
    expect(payload).toBe(`Client ann: ${probe}\n`);
    return;
  }
}

/** A frame with these lengths, and no more behind them. */
const start = (headerLength: number, payloadLength: number): Uint8Array => {
  const frame = Buffer.alloc(6 + headerLength, "m");
  frame.writeUInt16BE(headerLength, 0);
  frame.writeUInt32BE(payloadLength, 2 + headerLength);
  return frame;
};

describe("frames", () => {
  for (const [name, bytes] of [
    ["an oversized header", start(65, 0)],
    ["an oversized payload", start(3, maxPayloadBytes + 1)],
    ["a payload that looks negative", start(3, 0xffffffff)],
    ["a web browser", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
    ["a TLS client", Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc])],
  ] as const)
    test(`${name}: error with a sentence, then close`, async () => {
      const eve = await TestClient.registered(running.port, "eve");
      eve.raw(bytes);
      const [header, payload] = await eve.frame();
      expect(header).toBe("error");
      expect(payload).toMatch(/^Server: A (header|message) of \d+ bytes is too long; \d+ are allowed\.\n$/);
      await eve.untilClosed();
      await expectUnharmed();
      expect(running.server.classroom.counters.violations).toBe(1);
    });

  test("truncated: the connection ends without anything of it", async () => {
    const eve = await TestClient.registered(running.port, "eve");
    eve.raw(encodeFrame("msg", "never whole").subarray(0, 12));
    eve.end();
    await bob.expect("info", messages.joined("eve"));
    await bob.expect("info", messages.left("eve"));
    await expectUnharmed();
  });

  test("a header that is no UTF-8, and text that is none, are answered and the connection stays", async () => {
    ann.raw(new Uint8Array([0, 2, 0xff, 0xfe, 0, 0, 0, 0]));
    expect(await ann.frame()).toEqual(["error", messages.invalidMessage]);
    ann.send("msg", new Uint8Array([0x61, 0xff, 0xc0]));
    ann.send("msg", "x");
    expect(await ann.frame()).toEqual(["error", messages.invalidMessage]);
    expect(await bob.frame()).toEqual(["msg", "Client ann: x\n"]);
  });

  test("a message that would be over the limit with its sender's name in front", async () => {
    ann.send("msg", "x".repeat(maxPayloadBytes));
    expect((await ann.frame())[1]).toBe("Server: This message is too long to be passed on.\n");
    ann.send("to", `bob:${"x".repeat(maxPayloadBytes - 4)}`);
    expect((await ann.frame())[1]).toBe("Server: This message is too long to be passed on.\n");
    const longest = "x".repeat(maxPayloadBytes - 100);
    ann.send("msg", longest);
    await bob.expect("msg", `Client ann: ${longest}\n`);
  });

  test("a message of several lines cannot pass for a line of the console", async () => {
    ann.send("msg", "one\nServer is closed.\n");
    await bob.expect("msg", "Client ann: one\nServer is closed.\n\n");
    expect(running.screen.at(-1)).toBe("Client ann: one\n  Server is closed.");
  });

  test("one byte at a time is as good as whole frames", async () => {
    for (const byte of encodeFrame("msg", "drop by drop")) {
      ann.raw(new Uint8Array([byte]));
      await Bun.sleep(1);
    }
    await bob.expect("msg", "Client ann: drop by drop\n");
  });

  test("a command and a file request that nobody knows", async () => {
    ann.send("cmd", "dance");
    expect((await ann.frame())[1]).toContain("no command 'dance'");
    ann.send("file_transfer", "somewhere:a.txt");
    expect((await ann.frame())[1]).toContain("nothing was sent");
    await expectUnharmed();
  });

  test("a file request that nobody knows, with a file behind it as an original client sends it", async () => {
    for (const request of ["bogus:x", "file_to_server", "file_to:x"])
      for (const file of ["EOF", "some bytes EOF and moreEOF", "\0\xffEOF"]) {
        ann.send("file_transfer", request);
        ann.raw(Buffer.from(file, "latin1"));
        ann.send("msg", "behind it");
        expect((await ann.frame())[1]).toContain("nothing was sent");
        await bob.expect("msg", "Client ann: behind it\n");
      }
  });

  test("anything but the login before the login", async () => {
    const eve = await TestClient.connect(running.port);
    await eve.frame();
    for (const header of ["msg", "to", "cmd", "file_transfer", "quiz_answer"]) {
      eve.send(header, "bob:x");
      expect(await eve.frame()).toEqual(["error", messages.invalidMessage]);
    }
    await expectUnharmed();
  });
});

describe("connections that never log in", () => {
  test("one that says nothing is told and closed in time, one that logs in slowly is not", async () => {
    let now = 0;
    await running.stop();
    running = await startTestServer({ limits: { loginTimeoutMs: 300_000 }, ports: { now: () => now } });
    const silent = await TestClient.connect(running.port);
    const slow = await TestClient.connect(running.port);
    await slow.frame();
    await silent.frame();
    now = 200_000;
    slow.send("info", "no");
    slow.send("info", "slow");
    await slow.expect("info", messages.registered);
    now = 301_000;
    running.server.sweepNewcomers();
    expect((await silent.frame())[1]).toContain("Nobody logged in");
    await silent.untilClosed();
    slow.send("info", "pw");
    await slow.expect("info", messages.welcome);
    expect(running.server.classroom.counters.loginTimeouts).toBe(1);
    bob = await TestClient.registered(running.port, "bob");
    slow.send("msg", "here");
    await bob.expect("msg", "Client slow: here\n");
  });

  test("1,000 of them, and the class goes on", async () => {
    const idle = await Promise.all(Array.from({ length: 1000 }, () => TestClient.connect(running.port)));
    const eve = await TestClient.registered(running.port, "eve");
    await expectUnharmed();
    eve.end();
    for (const client of idle) client.terminate();
  });

  test("more than the limit: the oldest is told and closed", async () => {
    await running.stop();
    running = await startTestServer({ limits: { maxNewcomers: 3 } });
    const oldest = await TestClient.connect(running.port);
    await oldest.frame();
    const others = [];
    for (let i = 0; i < 3; i++) {
      const client = await TestClient.connect(running.port);
      await client.frame();
      others.push(client);
    }
    expect((await oldest.frame())[1]).toContain("Too many connections");
    await oldest.untilClosed();
    expect(others.every((client) => !client.isClosed)).toBe(true);
    expect(running.server.classroom.counters.evictedNewcomers).toBe(1);
  });

  test("more than the limit from one machine: who types a password on another one stays", async () => {
    await running.stop();
    running = await startTestServer({ limits: { maxNewcomers: 20 } });
    const zoe = await TestClient.connect(running.port);
    await zoe.expect("info", messages.greeting);
    zoe.send("info", "no");
    const crowd = Array.from({ length: 60 }, () =>
      connect({ host: "127.0.0.1", port: running.port, localAddress: "127.0.0.9" }).on("error", () => {}),
    );
    while (running.server.classroom.counters.evictedNewcomers < 40) await Bun.sleep(5);
    zoe.send("info", "zoe");
    await zoe.expect("info", messages.registered);
    zoe.send("info", "pw1");
    await zoe.expect("info", messages.welcome);
    for (const socket of crowd) socket.destroy();
  });

  test("long beginnings of messages: those that hold most are told and closed, the others stay", async () => {
    await running.stop();
    running = await startTestServer({ limits: { maxNewcomerBytes: 1 << 20 } });
    const short = await TestClient.connect(running.port);
    short.raw(encodeFrame("info", "yes").subarray(0, 6));
    const long = await Promise.all([1, 2, 3].map(() => TestClient.connect(running.port)));
    const begun = encodeFrame("msg", "x".repeat(1 << 20)).subarray(0, 600_000);
    for (const client of long) client.raw(begun);
    await Promise.all(long.slice(1).map((client) => client.untilClosed()));
    expect([short.isClosed, running.server.classroom.counters.evictedNewcomers]).toEqual([false, 2]);
  });
});

describe("a slow reader", () => {
  test("is told and dropped, and slows nobody", async () => {
    await running.stop();
    running = await startTestServer({ limits: noLimits });
    ann = await TestClient.registered(running.port, "ann");
    bob = await TestClient.registered(running.port, "bob");
    await ann.expect("info", messages.joined("bob"));
    const eve = await TestClient.registered(running.port, "eve");
    await ann.expect("info", messages.joined("eve"));
    await bob.expect("info", messages.joined("eve"));
    eve.pause();
    const text = "x".repeat(1_000_000);
    // More than the queue and all that the system buffers.
    const told: string[] = [];
    for (let i = 0; i < 40; i++) {
      ann.send("msg", text);
      let payload = "";
      while (!payload.endsWith("xxx\n")) told.push(([, payload] = await bob.frame())[1].slice(0, 40));
    }
    expect(told).toContain(messages.left("eve"));
    expect(running.warnings.join()).toContain("eve read too slowly");
    expect(running.server.classroom.counters.slowReaders).toBe(1);
    eve.resume();
    let last: [string, string] = ["", ""];
    while (last[0] !== "error") last = await eve.frame();
    expect(last[1]).toContain("read too slowly");
    await eve.untilClosed();
  });
});

test("somebody who sends much is slowed down, loses nothing, and nobody who reads is dropped", async () => {
  await running.stop();
  running = await startTestServer({ limits: { byteBurst: 100_000, bytesPerSecond: 1_000_000 } });
  ann = await TestClient.registered(running.port, "ann");
  bob = await TestClient.registered(running.port, "bob");
  await ann.expect("info", messages.joined("bob"));
  const startedAt = performance.now();
  for (let i = 0; i < 8; i++) ann.send("msg", `${i}`.padEnd(100_000, "x"));
  for (let i = 0; i < 8; i++) await bob.expect("msg", `Client ann: ${`${i}`.padEnd(100_000, "x")}\n`);
  expect(performance.now() - startedAt).toBeGreaterThan(300);
  expect(running.server.classroom.counters.slowReaders).toBe(0);
});

describe("files", () => {
  test("that break off are forgotten", async () => {
    const eve = await TestClient.registered(running.port, "eve");
    eve.send("file_transfer", "file_to_server:half.bin");
    eve.raw(Buffer.alloc(500_000, 1));
    await Bun.sleep(50);
    eve.terminate();
    await bob.expect("info", messages.joined("eve"));
    await bob.expect("info", messages.left("eve"));
    await Bun.sleep(50);
    expect(readdirSync(join(running.folder, "data/files"))).toEqual([]);
    expect(readdirSync(join(running.folder, "data/tmp"))).toEqual([]);
    await expectUnharmed();
  });

  test("whose mark is the last that the connection sends are kept", async () => {
    const eve = await TestClient.registered(running.port, "eve");
    eve.send("file_transfer", "file_to_server:last.txt");
    eve.raw(Buffer.from("contentEOF"));
    eve.end();
    await bob.expect("info", messages.joined("eve"));
    const told = [await bob.frame(), await bob.frame()].map(([, payload]) => payload);
    expect(told).toContain(messages.fileUploaded("last.txt", "eve"));
    expect(told).toContain(messages.left("eve"));
  });

  test("for somebody who leaves meanwhile: the sender is told", async () => {
    const eve = await TestClient.registered(running.port, "eve");
    await ann.expect("info", messages.joined("eve"));
    ann.send("file_transfer", "file_to:eve:a.bin");
    ann.raw(Buffer.alloc(30_000_000, 1));
    eve.pause();
    ann.raw(Buffer.from("EOF"));
    await Bun.sleep(600);
    eve.terminate();
    const told = [await ann.frame(), await ann.frame()].map(([, payload]) => payload);
    expect(told).toContain(messages.left("eve"));
    expect(told.join()).toContain("File 'a.bin' was not sent to eve: eve has left.");
    await Bun.sleep(50);
    expect(readdirSync(join(running.folder, "data/tmp"))).toEqual([]);
  });

  test("for somebody who comes back meanwhile: they arrive on the new connection", async () => {
    ann.send("file_transfer", "file_to:bob:a.bin");
    ann.raw(Buffer.alloc(1000, 1));
    bob.terminate();
    await ann.expect("info", messages.left("bob"));
    bob = await TestClient.loggedIn(running.port, "bob");
    await ann.expect("info", messages.joined("bob"));
    ann.raw(Buffer.from("EOF"));
    await bob.expect("file_transfer", "file_to:ann:a.bin");
    await bob.bytes(1003);
    await ann.expect("info", messages.fileSent("a.bin", "bob"));
  });

  test("that the disk does not take: one sentence, and nothing is left of them", async () => {
    rmSync(join(running.folder, "data/tmp"), { recursive: true });
    ann.send("file_transfer", "file_to_server:a.txt");
    ann.raw(Buffer.alloc(600_000, 1));
    ann.raw(Buffer.from("EOF"));
    expect((await ann.frame())[1]).toStartWith("Server: File 'a.txt' was not taken: ");
    mkdirSync(join(running.folder, "data/tmp"));
    writeFileSync(join(running.folder, "data/files/ann"), "a file in place of the folder");
    ann.send("file_transfer", "file_to_server:a.txt");
    ann.raw(Buffer.from("xEOF"));
    expect((await ann.frame())[1]).toStartWith("Server: File 'a.txt' was not kept: ");
    await expectUnharmed();
  });

  test("that vanish before they are pushed, and empty folders: told on the console", async () => {
    mkdirSync(join(running.folder, "stuff/inner"), { recursive: true });
    await running.operator.type("send_file:all:stuff:gone.txt");
    expect(running.screen.at(-1)).toContain("there is no such file or folder");
    await running.operator.type("send_file:all:stuff:inner");
    expect(running.screen.at(-1)).toContain("The folder 'inner' has no file in it.");
    await running.operator.type("send_file:nobody:stuff:x");
    await expectUnharmed();
  });
});

describe("quiz files", () => {
  test("with mistakes: told with their lines, and the quiz before goes on", async () => {
    await running.operator.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:s.csv");
    const before = running.server.classroom.quiz;
    const folder = join(running.folder, "mine");
    mkdirSync(folder);
    writeFileSync(join(folder, "q.txt"), "One?\na. x b. y\n\nTwo?\na. x b. y\n");
    writeFileSync(join(folder, "few.txt"), "a\n");
    writeFileSync(join(folder, "wrong.txt"), "a\nc\n");
    writeFileSync(join(folder, "empty.txt"), "");
    for (const [questions, answers, error] of [
      [
        "q.txt",
        "few.txt",
        "few.txt, line 1: 1 answer for 2 questions; the question at line 4 of q.txt has none.",
      ],
      ["q.txt", "wrong.txt", "wrong.txt, line 2: 'c' is no option of question 2 (a, b)."],
      ["empty.txt", "few.txt", "empty.txt, line 1: there is no question."],
    ] as const) {
      await running.operator.type(`Quiz:mine:${questions}:${answers}:s.csv`);
      expect(running.screen.slice(-2)).toEqual([error, "The quiz was not started."]);
    }
    await running.operator.type("Quiz:mine:gone.txt:few.txt:s.csv");
    expect(running.screen.at(-1)).toContain("there is no such file");
    expect(running.server.classroom.quiz).toBe(before);
    await expectUnharmed();
  });

  test("a score that cannot be written: the student is told to send it again", async () => {
    await running.operator.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:s.csv");
    const scores = join(running.folder, "data/all_quiz_scores");
    rmSync(scores, { recursive: true });
    writeFileSync(scores, "a file in place of the folder");
    await ann.frame();
    ann.send("quiz_answer", "c a b a c");
    expect((await ann.frame())[1]).toContain("please send it again");
    rmSync(scores);
    ann.send("quiz_answer", "c a b a c");
    await ann.expect("info", messages.quizOver);
  });
});
