/** The typed day of the course's own clients, against the built executable. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer, type RunningServer } from "./executable.test-support.ts";
import { OldClient } from "./old-client.test-support.ts";

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test("register, chat, private, upload, download, quiz, leave", async () => {
  const alice = await OldClient.registered(server.port, "alice");
  const bob = await OldClient.registered(server.port, "bob");
  await alice.frame("info", "Server: Client bob joined the server.\n");

  alice.type("msg:hii there");
  await bob.frame("msg", "Client alice: hii there\n");
  // Counted in characters, as the original does: 5 for 6 bytes.
  bob.type("msg:olé 1");
  await alice.frame("msg", "Client bob: olé 1\n");
  bob.type("msg:after it");
  await alice.frame("msg", "Client bob: after it\n");

  alice.type("to:bob: HI Bob");
  await bob.frame("info", "alice (private):  HI Bob\n");

  writeFileSync(join(alice.folder, "sample.txt"), "what alice wrote\n");
  alice.type("file_transfer:file_to_server:sample.txt");
  for (const client of [alice, bob])
    await client.frame("info", "Server: File 'sample.txt' uploaded by alice\n");
  expect(readFileSync(join(server.folder, "pcs-data/files/alice/sample.txt"), "utf8")).toBe(
    "what alice wrote\n",
  );

  alice.type("file_transfer:file_to:bob:sample.txt");
  await bob.frame("file_transfer", "file_to:alice:sample.txt");
  expect((await bob.file()).bytes.toString()).toBe("what alice wrote\n");
  await alice.frame("info", "Server: File 'sample.txt' sent to bob\n");

  mkdirSync(join(server.folder, "hand outs"));
  writeFileSync(join(server.folder, "hand outs/client.py"), "print('not over your client')\n");
  server.console.type("send_file:bob:hand outs:client.py");
  await bob.frame("file_transfer", "file from server:client.py.txt");
  expect((await bob.file()).file).toBe("client.py.txt");
  await bob.frame("info", "Server: File 'client.py' sent to bob\n");

  server.console.type("Quiz starts soon");
  server.console.type("Quiz:quiz_dir:quiz_ques.txt:quiz_ans.txt:scores.csv");
  for (const client of [alice, bob]) {
    await client.frame("info", "Server: Quiz starts soon\n");
    const quiz = await client.next();
    expect(quiz).toMatchObject({ kind: "frame", header: "quiz_question" });
    expect(quiz.kind === "frame" && quiz.payload).toStartWith("Question 1: ");
  }
  alice.type("quiz_answer:c a b a c");
  bob.type("quiz_answer:c");
  for (const client of [alice, bob])
    await client.frame("info", "Quiz is over. Thank you for participating!\n");
  const scores = readFileSync(join(server.folder, "pcs-data/all_quiz_scores/scores.csv"), "utf8");
  expect(scores.split("\n").toSorted()).toEqual(["", "alice,5", "bob,1"]);

  alice.type("cmd:disconnect");
  await bob.frame("info", "Server: Client alice left the server.\n");
  await server.console.prints("Client alice disconnected.\n");
  expect(server.console.output).toContain("Client alice: hii there\n");
  expect(server.console.output).toContain("Server: Quiz starts soon\n");
  for (const client of [alice, bob]) client.close();
});

test("shutdown is told to an old client", async () => {
  const ending = await startServer();
  const client = await OldClient.registered(ending.port, "eve");
  expect(await ending.stop()).toBe(0);
  await client.frame("info", "Server is shutting down.\n");
  expect(await client.next()).toEqual({ kind: "closed" });
  expect(ending.console.output).toEndWith("Server is closed.\n");
  client.close();
});
