/** Every row of the first protocol's table, over real sockets. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as messages from "../protocol/messages.ts";
import { startTestServer, TestClient, type TestServer } from "./session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer();
});
afterEach(() => running.stop());

const enter = (name: string, password?: string) => TestClient.registered(running.port, name, password);

/** Two people who have heard of each other. */
async function annAndBob(): Promise<[TestClient, TestClient]> {
  const ann = await enter("ann");
  const bob = await enter("bob");
  await ann.expect("info", "Server: Client bob joined the server.\n");
  return [ann, bob];
}

test("greeting", async () => {
  const client = await TestClient.connect(running.port);
  expect(await client.frame()).toEqual(["info", "Are you already registered? (yes/no):"]);
});

describe("register", () => {
  test("no, a name, then after the answer a password", async () => {
    await enter("ann");
    expect(running.server.classroom.roster.find("ANN")?.name).toBe("ann");
  });

  test("a taken name is asked for again until one is accepted, in any case", async () => {
    await enter("ann");
    const client = await TestClient.connect(running.port);
    await client.frame();
    client.send("info", "no");
    for (const name of ["ann", "ANN"]) {
      client.send("info", name);
      expect(await client.frame()).toEqual(["info", "Username already exists. Please choose another: "]);
    }
    client.send("info", "eve");
    expect(await client.frame()).toEqual(["info", "Username registered successfully."]);
  });

  test("a name that somebody is registering at the moment is taken, and free when they leave", async () => {
    const first = await TestClient.connect(running.port);
    await first.frame();
    first.send("info", "no");
    first.send("info", "ann");
    await first.expect("info", messages.registered);
    const second = await TestClient.connect(running.port);
    await second.frame();
    second.send("info", "no");
    second.send("info", "ann");
    await second.expect("info", messages.nameTaken);
    first.terminate();
    await Bun.sleep(50);
    second.send("info", "ann");
    await second.expect("info", messages.registered);
  });

  test("a name that breaks a rule is refused in the same form with its reason", async () => {
    const client = await TestClient.connect(running.port);
    await client.frame();
    client.send("info", "no");
    for (const name of [
      "",
      "../x",
      "a/b",
      "a\\b",
      "a:b",
      "a,b",
      "=x",
      ".x",
      " x",
      "server",
      "All",
      "a\nb",
      "a\0b",
    ]) {
      client.send("info", name);
      const [header, payload] = await client.frame();
      expect(header).toBe("info");
      expect(payload).toEndWith(". Please choose another: ".slice(1));
      expect(payload).not.toBe(messages.nameTaken);
    }
    client.send("info", "x".repeat(300));
    expect((await client.frame())[1]).toContain("32 characters");
    client.send("info", "José 🎓");
    await client.expect("info", messages.registered);
  });

  test("a password of no bytes or over 256 ends the connection with a sentence, and registers nobody", async () => {
    for (const password of ["", "x".repeat(257)]) {
      const client = await TestClient.connect(running.port);
      await client.frame();
      client.send("info", "no");
      client.send("info", "ann");
      await client.frame();
      client.send("info", password);
      expect((await client.frame())[1]).toContain("1 to 256 bytes");
      await client.untilClosed();
    }
    await enter("ann", "x".repeat(256));
  });
});

describe("log in", () => {
  test("yes, name and password back to back, the name in any case", async () => {
    (await enter("Ann")).end();
    const again = await TestClient.loggedIn(running.port, "aNN");
    expect(running.server.classroom.roster.find("ann")?.name).toBe("Ann");
    again.send("msg", "x");
  });

  test("a bad name or password: a sentence, then close", async () => {
    await enter("ann");
    for (const [name, password] of [
      ["ann", "wrong"],
      ["nobody", "pw1"],
      ["ann", ""],
    ] as const) {
      const client = await TestClient.connect(running.port);
      await client.frame();
      for (const text of ["yes", name, password]) client.send("info", text);
      expect(await client.frame()).toEqual(["info", "Invalid username or password."]);
      await client.untilClosed();
    }
  });

  test("neither yes nor no: a sentence, then close", async () => {
    const client = await TestClient.connect(running.port);
    await client.frame();
    client.send("info", "maybe");
    expect(await client.frame()).toEqual(["info", "Invalid response."]);
    await client.untilClosed();
  });

  test("what is sent behind the password waits and is not lost", async () => {
    const [ann, bob] = await annAndBob();
    bob.end();
    await ann.expect("info", messages.left("bob"));
    const again = await TestClient.connect(running.port);
    for (const text of ["yes", "bob", "pw1"]) again.send("info", text);
    again.send("msg", "early");
    again.end();
    await ann.expect("info", messages.joined("bob"));
    await ann.expect("msg", "Client bob: early\n");
  });

  test("a second login of one name takes the seat over and tells the first", async () => {
    const [ann, bob] = await annAndBob();
    const again = await TestClient.loggedIn(running.port, "bob");
    expect((await bob.frame())[1]).toContain("logged in from another place");
    await bob.untilClosed();
    await ann.expect("info", messages.left("bob"));
    await ann.expect("info", messages.joined("bob"));
    ann.send("to", "bob:hi");
    await again.expect("info", "ann (private): hi\n");
  });

  test("thirty at once wait a moment and all get in", async () => {
    await Promise.all(Array.from({ length: 30 }, (_, i) => enter(`student${i}`)));
    expect(running.server.classroom.roster.size).toBe(30);
  });
});

test("welcome: to it, and to the others", async () => {
  const ann = await enter("ann");
  const client = await TestClient.connect(running.port);
  await client.frame();
  client.send("info", "no");
  client.send("info", "bob");
  await client.frame();
  client.send("info", "pw");
  expect(await client.frame()).toEqual(["info", "Server: You joined the server.\n"]);
  expect(await ann.frame()).toEqual(["info", "Server: Client bob joined the server.\n"]);
});

test("group: to the others, without an echo, and on the console", async () => {
  const [ann, bob] = await annAndBob();
  ann.send("msg", "hii there");
  ann.send("msg", "été 🎓");
  expect(await bob.frame()).toEqual(["msg", "Client ann: hii there\n"]);
  expect(await bob.frame()).toEqual(["msg", "Client ann: été 🎓\n"]);
  bob.send("msg", "x");
  // The first thing ann hears is bob's message, so there was no echo.
  expect(await ann.frame()).toEqual(["msg", "Client bob: x\n"]);
  expect(running.screen).toContain("Client ann: hii there");
});

test("private: to that one alone, the text untrimmed", async () => {
  const [ann, bob] = await annAndBob();
  const eve = await enter("eve");
  for (const client of [ann, bob]) await client.expect("info", messages.joined("eve"));
  ann.send("to", "bob: HI Bob");
  expect(await bob.frame()).toEqual(["info", "ann (private):  HI Bob\n"]);
  await Promise.all([ann.expectNothing(50), eve.expectNothing(50)]);
});

describe("leave", () => {
  test("cmd disconnect", async () => {
    const [ann, bob] = await annAndBob();
    bob.send("cmd", "disconnect");
    expect(await ann.frame()).toEqual(["info", "Server: Client bob left the server.\n"]);
    await bob.untilClosed();
    expect(running.screen).toContain("Client bob disconnected.");
  });

  test("the connection drops", async () => {
    const [ann, bob] = await annAndBob();
    bob.terminate();
    expect(await ann.frame()).toEqual(["info", "Server: Client bob left the server.\n"]);
  });
});

describe("operator", () => {
  test("a line goes to all", async () => {
    const [ann, bob] = await annAndBob();
    await running.operator.type("hello everyone");
    for (const client of [ann, bob])
      expect(await client.frame()).toEqual(["info", "Server: hello everyone\n"]);
    expect(running.screen).toContain("Server: hello everyone");
  });

  test("shutdown is told and closes everybody", async () => {
    const [ann, bob] = await annAndBob();
    await running.operator.type("shutdown");
    expect(running.shutDowns).toBe(1);
    await running.server.stop();
    for (const client of [ann, bob]) {
      expect(await client.frame()).toEqual(["info", "Server is shutting down.\n"]);
      await client.untilClosed();
    }
  });

  test("a line of the wrong shape is explained and changes nothing", async () => {
    const [ann] = await annAndBob();
    for (const line of [
      "send_file:",
      "send_file:bob",
      "send_file:bob:.:",
      "Quiz:",
      "Quiz:a:b",
      "Quiz:a:b:c:../d.csv",
    ]) {
      await running.operator.type(line);
      expect(running.screen.at(-1)).toMatch(/nothing was/);
    }
    await running.operator.type("send_file:nobody:.:nothing.txt");
    expect(running.screen.at(-1)).toContain("there is no such file");
    await ann.expectNothing(30);
  });
});

test("upload: stored under the sender's own folder and told to all", async () => {
  const [ann, bob] = await annAndBob();
  ann.send("file_transfer", "file_to_server:sample.txt");
  ann.raw(Buffer.from("some contentEOF"));
  for (const client of [ann, bob])
    expect(await client.frame()).toEqual(["info", "Server: File 'sample.txt' uploaded by ann\n"]);
  expect(readFileSync(join(running.folder, "data/files/ann/sample.txt"), "utf8")).toBe("some content");
});

test("to a person: through the server, and the sender is told", async () => {
  const [ann, bob] = await annAndBob();
  ann.send("file_transfer", "file_to:bob:sample.txt");
  ann.raw(Buffer.from("some contentEOF"));
  expect(await bob.frame()).toEqual(["file_transfer", "file_to:ann:sample.txt"]);
  expect((await bob.bytes(15)).toString()).toBe("some contentEOF");
  expect(await ann.frame()).toEqual(["info", "Server: File 'sample.txt' sent to bob\n"]);
});

test("push: to one and to all, with a notice behind the file", async () => {
  const [ann, bob] = await annAndBob();
  mkdirSync(join(running.folder, "stuff"));
  writeFileSync(join(running.folder, "stuff/sample_file.txt"), "pushed");
  await running.operator.type("send_file:bob:stuff:sample_file.txt");
  await running.operator.type("send_file:all:stuff:sample_file.txt");
  for (const [client, name, times] of [
    [bob, "bob", 2],
    [ann, "ann", 1],
  ] as const)
    for (let i = 0; i < times; i++) {
      expect(await client.frame()).toEqual(["file_transfer", "file from server:sample_file.txt"]);
      expect((await client.bytes(9)).toString()).toBe("pushedEOF");
      expect(await client.frame()).toEqual(["info", `Server: File 'sample_file.txt' sent to ${name}\n`]);
    }
});

test("quiz: questions, an answer, and the score on disk before the thanks", async () => {
  const [ann, bob] = await annAndBob();
  mkdirSync(join(running.folder, "mine"));
  writeFileSync(join(running.folder, "mine/q.txt"), "One?\na. x b. y\nTwo?\na. x\nb. y\n");
  writeFileSync(join(running.folder, "mine/a.txt"), "b a");
  await running.operator.type("Quiz:mine:q.txt:a.txt:scores.csv");
  const rule = `${"-".repeat(29)}\n\n`;
  for (const client of [ann, bob])
    expect(await client.frame()).toEqual([
      "quiz_question",
      `Question 1: One?\n\nOptions: a. x b. y\n\n${rule}Question 2: Two?\n\nOptions: a. x b. y\n\n${rule}`,
    ]);
  ann.send("quiz_answer", "b b");
  expect(await ann.frame()).toEqual(["info", "Quiz is over. Thank you for participating!\n"]);
  const scores = join(running.folder, "data/all_quiz_scores/scores.csv");
  expect(readFileSync(scores, "utf8")).toBe("ann,1\n");
  bob.send("quiz_answer", " B  A ");
  expect(await bob.frame()).toEqual(["info", "Quiz is over. Thank you for participating!\n"]);
  expect(readFileSync(scores, "utf8")).toBe("ann,1\nbob,2\n");
});

test("quiz: over 1,400 bytes in several frames, cut between questions", async () => {
  const ann = await enter("ann");
  const questions = Array.from({ length: 40 }, (_, i) => `Question about number ${i}?\na. yes b. no\n`);
  mkdirSync(join(running.folder, "mine"));
  writeFileSync(join(running.folder, "mine/q.txt"), questions.join(""));
  writeFileSync(join(running.folder, "mine/a.txt"), "a ".repeat(40));
  await running.operator.type("Quiz:mine:q.txt:a.txt:scores.csv");
  let whole = "";
  while (!whole.includes("Question 40:")) {
    const [header, payload] = await ann.frame();
    expect(header).toBe("quiz_question");
    expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(1400);
    expect(payload).toMatch(/^Question \d+: /);
    expect(payload).toEndWith("-\n\n");
    whole += payload;
  }
});

test("quiz: the sample is there without its folder", async () => {
  const ann = await enter("ann");
  await running.operator.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:s.csv");
  expect((await ann.frame())[0]).toBe("quiz_question");
});

test("other headers: error, and the connection stays; info and quiz_question do nothing", async () => {
  const [ann, bob] = await annAndBob();
  for (const header of ["shout", "", "MSG", "error", "hello"]) {
    ann.send(header, "x");
    expect(await ann.frame()).toEqual([
      "error",
      "Server: Invalid message format. Please adhere to the message protocol.\n",
    ]);
  }
  ann.send("info", "x");
  ann.send("quiz_question", "x");
  ann.send("msg", "still here");
  await bob.expect("msg", "Client ann: still here\n");
  await ann.expectNothing(30);
});
