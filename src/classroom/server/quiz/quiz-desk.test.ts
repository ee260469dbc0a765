/** A quiz of a bank on a server: both protocols in it, and what is bad about what comes. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseResults } from "../../quiz/analysis/parse-results.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { PeerClient, type Heard } from "../peer/peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "../session/test-client.test-support.ts";

let running: TestServer;
beforeEach(async () => {
  running = await startTestServer();
  writeFileSync(join(running.folder, "bank.gift"), bank);
});
afterEach(() => running.stop());

const bank =
  "TCP? {=Transport#Quite ~Network ~Link}\n\nTwo is even. {T}\n\nSix by seven? {#42}\n\nPorts? {~%50%22 ~%50%80 ~%-100%none}\n";

async function enter(name: string): Promise<PeerClient> {
  const client = await PeerClient.registered(running.port, name);
  await client.join();
  return client;
}

async function enterAsOld(name: string): Promise<TestClient> {
  return await TestClient.registered(running.port, name);
}

/** Passes over what comes before. */
async function until<T>(
  client: PeerClient,
  header: string,
  isIt: (content: T) => boolean = () => true,
): Promise<T> {
  for (;;) {
    const heard: Heard = await client.next();
    if (heard.header === header && isIt(heard.content as T)) return heard.content as T;
  }
}

async function untilOld(client: TestClient, part: string): Promise<string> {
  for (;;) {
    const [, payload] = await client.frame();
    if (payload.includes(part)) return payload;
  }
}

const type = (line: string): Promise<void> => running.operator.type(line);

function answer(client: PeerClient, text: string, more: Partial<Control<"answer">> = {}): number {
  const { number: quiz } = running.server.classroom.quizzes.quiz!.head;
  client.send("answer", { tag: client.tag, quiz, answer: text, ...more });
  return client.tag++;
}

async function acked(client: PeerClient, tag: number): Promise<void> {
  await until<{ tag: number }[]>(client, "ack", (acks) => acks.some((ack) => ack.tag >= tag));
}

async function refusal(client: PeerClient, tag: number): Promise<string> {
  const error = await until<{ code: string; tag?: number }>(client, "error", (each) => each.tag === tag);
  return error.code;
}

const answers = (): unknown[] => Array.from(running.server.classroom.quizzes.quiz!.book.results());

async function untilTold(part: string): Promise<string> {
  for (;;) {
    const line = running.screen.find((each) => each.includes(part));
    if (line !== undefined) return line;
    await Bun.sleep(5);
  }
}

test("an old client and one of the second protocol take the same quiz, question by question", async () => {
  const [ann, bob] = [await enter("ann"), await enterAsOld("bob")];
  await type("/quiz bank.gift paced");
  expect(await until(ann, "quiz")).toMatchObject({ title: "bank", questions: 4, pace: "teacher" });
  expect(await until(ann, "question")).toMatchObject({
    number: 1,
    form: "choice",
    options: ["a. Transport", "b. Network", "c. Link"],
  });
  expect(await untilOld(bob, "Question 1")).toBe(
    `Question 1: TCP?\n\nOptions: a. Transport b. Network c. Link\n\n${"-".repeat(29)}\n\n`,
  );
  await acked(ann, answer(ann, "a", { number: 1 }));
  bob.send("quiz_answer", "b");
  await untilOld(bob, "Server: Your answer to question 1 is kept.\n");
  await type("/close");
  await untilOld(bob, "Question 1 of 4 is closed.");
  expect(running.screen).toContain("Question 1: 2 of 2 students answered. a 1, b 1, c 0.");
  await type("/explain");
  expect(await until(ann, "result")).toEqual({
    quiz: running.server.classroom.quizzes.quiz!.head.number,
    number: 1,
    answered: "a",
    fraction: 1,
    points: 1,
    score: 1,
    of: 4,
    right: "a. Transport",
    feedback: "Quite",
  });
  await untilOld(bob, "Server: Question 1: wrong, 0 points. Right: a. Transport.\n");
  await type("/next");
  await untilOld(bob, "Options: a. true b. false (a or b)");
  bob.send("quiz_answer", "true");
  await untilOld(bob, "question 2 is kept");
  await type("/stop");
  await untilOld(bob, "Quiz is over. Thank you for participating!\n");
  await untilOld(bob, "Server: You have 1 of 4 points.\n");
  expect(await until(ann, "result", ({ text }: Control<"result">) => text !== undefined)).toMatchObject({
    score: 1,
    of: 4,
  });
  await untilTold("The results are in ");
  const scores = join(running.folder, "data/all_quiz_scores");
  const results = parseResults(readFileSync(join(scores, "bank.results.json"), "utf8"));
  expect(results).toMatchObject({
    ok: true,
    results: {
      students: [{ name: "ann" }, { name: "bob" }],
      answers: [{ points: 1 }, { points: 0 }, { points: 1 }],
    },
  });
  expect(readFileSync(join(scores, "bank.results.csv"), "utf8")).toContain("ann,,1,TCP?,1,Transport,1,1,");
  expect(readdirSync(join(running.folder, "data/quizzes"))).toEqual(["done"]);
});

test("all at once: a word a question, as old clients send it", async () => {
  const [ann, bob] = [await enter("ann"), await enterAsOld("bob")];
  await type("/quiz bank.gift all");
  await untilOld(bob, "Question 4: Ports?");
  bob.send("quiz_answer", "a b 42 c");
  await untilOld(bob, "Quiz is over. Thank you for participating!\n");
  await acked(ann, answer(ann, "a; a; 42; a b"));
  await type("/stop");
  await untilTold("The results are in ");
  expect(running.server.classroom.quizzes.quiz!.book.standings()).toEqual([
    { name: "ann", points: 4 },
    { name: "bob", points: 2 },
  ]);
});

test("who comes late gets the open question, who comes back the answer that was kept", async () => {
  const ann = await enter("ann");
  await type("/quiz bank.gift timed 60");
  await acked(ann, answer(ann, "b", { number: 1 }));
  const eve = await enter("eve");
  const question = await until<Control<"question">>(eve, "question");
  expect(question).toMatchObject({ number: 1, seconds: 60 });
  expect(question.answered).toBeUndefined();
  expect(question.leftMs!).toBeLessThan(60_000);
  ann.connection.destroy();
  const again = await PeerClient.greeted(running.port);
  await again.logIn({ name: "ann", password: "long enough" });
  await again.join();
  expect(await until(again, "question")).toMatchObject({ number: 1, answered: "b" });
  expect(await refusal(again, answer(again, "a", { number: 1 }))).toBe("answered");
  const old = await enterAsOld("oldy");
  await untilOld(old, "Question 1: TCP?");
});

describe("bad answers", () => {
  test("to a closed question, another quiz, no question, in a form that does not fit, a second one", async () => {
    const ann = await enter("ann");
    await type("/quiz bank.gift");
    expect(await refusal(ann, answer(ann, "a", { number: 2 }))).toBe("closed");
    expect(await refusal(ann, answer(ann, "a", { number: 9 }))).toBe("no-quiz");
    expect(await refusal(ann, answer(ann, "a", { quiz: 3 }))).toBe("no-quiz");
    expect(await refusal(ann, answer(ann, "x y", { number: 1 }))).toBe("not-fitting");
    expect(await refusal(ann, answer(ann, "", { number: 1 }))).toBe("not-fitting");
    expect(await refusal(ann, answer(ann, "a", { number: 1, round: 2 }))).toBe("closed");
    await type("/pause");
    expect(await refusal(ann, answer(ann, "a", { number: 1 }))).toBe("closed");
    await type("/resume");
    await acked(ann, answer(ann, "a", { number: 1 }));
    expect(await refusal(ann, answer(ann, "b", { number: 1 }))).toBe("answered");
    await type("/close");
    expect(await refusal(ann, answer(ann, "b"))).toBe("closed");
    expect(answers()).toMatchObject([{ record: { given: { options: [0] } } }]);
    const bob = await enterAsOld("bob");
    bob.send("quiz_answer", "a");
    await untilOld(bob, "Server: This question is not open.\n");
  });

  test("a thousand a second from one: one counts, and the others are answered meanwhile", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    await type("/quiz bank.gift");
    for (let i = 0; i < 1_000; i++) answer(ann, "abc"[i % 3]!, { number: 1 });
    const before = performance.now();
    await acked(bob, answer(bob, "a", { number: 1 }));
    expect(performance.now() - before).toBeLessThan(2_000);
    await acked(ann, 1_000);
    expect(answers()).toHaveLength(2);
  });

  test("of one who goes before it is told: it counts once", async () => {
    const ann = await enter("ann");
    await type("/quiz bank.gift");
    const tag = answer(ann, "a", { number: 1 });
    ann.connection.close();
    while (answers().length === 0) await Bun.sleep(5);
    const again = await PeerClient.greeted(running.port);
    await again.logIn({ name: "ann", password: "long enough" });
    await again.join();
    again.tag = tag;
    await acked(again, answer(again, "a", { number: 1 }));
    expect(answers()).toHaveLength(1);
  });

  test("of one who is in two places: the first gives way, and one answer counts", async () => {
    const ann = await enter("ann");
    await type("/quiz bank.gift");
    answer(ann, "a", { number: 1 });
    const old = await TestClient.loggedIn(running.port, "ann", "long enough");
    old.send("quiz_answer", "b");
    await untilOld(old, "your first answer counts");
    expect(answers()).toMatchObject([{ record: { given: { options: [0] } } }]);
  });
});

describe("the teacher", () => {
  test("two who go on at once from the same question go on once", async () => {
    await enter("ann");
    await type("/quiz bank.gift");
    await type("/close");
    const { quiz } = running.server.classroom.quizzes;
    expect(quiz!.steer({ kind: "next", seen: "closed 0 1" })).toBeUndefined();
    expect(quiz!.steer({ kind: "next", seen: "closed 0 1" })).toBe("somebody has gone on in the meantime.");
    expect(quiz!.phase).toMatchObject({ kind: "question", question: 1 });
  });

  test("what cannot be done now is told, and the class hears nothing", async () => {
    const bob = await enterAsOld("bob");
    await type("/next");
    await type("/quiz bank.gift speed");
    await type("/quiz nothing.gift");
    await type("/nxt");
    writeFileSync(join(running.folder, "bad.gift"), "Q {=a");
    await type("/quiz bad.gift");
    await bob.expectNothing(30);
    await type("/quiz bank.gift");
    await type("/next");
    await type("/quiz bank.gift");
    await type("Quiz:a:b:c:d.csv");
    await type("/extend 5");
    expect(running.screen.filter((line) => !line.startsWith("bad.gift"))).toEqual([
      "There is no quiz; /quiz FILE begins one.",
      "Speed counts only where there is a time: timed SECONDS; nothing was started.",
      expect.stringContaining("nothing.gift"),
      "There is no command '/nxt', and nothing was said to the class; 'help' lists the commands.",
      "The quiz was not started.",
      "Question 1 of 4 is open.",
      "Quiz 'bank' started: 4 questions to 1 client; seed 7.",
      "Nothing was done: close the question first, or skip it.",
      "A quiz is running; /stop ends it.",
      "A quiz is running; /stop ends it, and nothing was started.",
      "Nothing was done: nothing that has a time is running.",
    ]);
  });

  test("leaderboard, results so far, vote again, a survey", async () => {
    const ann = await enter("ann");
    await type("/quiz bank.gift");
    await acked(ann, answer(ann, "a"));
    await type("/close");
    await type("/again");
    expect(await until(ann, "question")).toMatchObject({ round: 2 });
    await acked(ann, answer(ann, "b", { round: 2 }));
    await type("/results");
    await type("/leaderboard all");
    await until(ann, "notice", ({ text }: Control<"notice">) => text === "1. ann  0");
    await type("/stop");
    await untilTold("The results are in ");
    await type("/quiz bank.gift survey");
    await type("/leaderboard");
    expect(running.screen.at(-1)).toBe("A survey has no points.");
    expect(existsSync(join(running.folder, "data/quizzes/bank-2.run"))).toBe(true);
  });

  test("a teacher is told where the results are, and a student is not", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    running.server.classroom.find("bob")!.role = "teacher";
    await type("/quiz bank.gift");
    await acked(ann, answer(ann, "a"));
    await type("/stop");
    await until(bob, "notice", ({ text }: Control<"notice">) => text.startsWith("The results are in "));
    running.server.classroom.tell("the last word");
    for (;;) {
      const { content } = await ann.next();
      const { text = "" } = content as { text?: string };
      expect(text).not.toStartWith("The results");
      if (text === "the last word") return;
    }
  });

  test("who has a group in the roster is in its team", async () => {
    const ann = await enter("ann");
    running.server.classroom.find("ann")!.group = "green";
    await type("/quiz bank.gift");
    await acked(ann, answer(ann, "a"));
    await type("/leaderboard teams");
    expect(running.screen.at(-1)).toBe("1. green  1");
  });

  test("teams: chosen once, whatever the case, and standing beside each other with their means", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    const choose = (client: PeerClient, team: string, more: Partial<Control<"team">> = {}): number => {
      const quiz = running.server.classroom.quizzes.quiz!.head.number;
      client.send("team", { tag: client.tag, quiz, team, ...more });
      return client.tag++;
    };
    await type("/quiz bank.gift");
    await type("/leaderboard teams");
    expect(running.screen.at(-1)).toBe("No team takes part.");
    await acked(ann, choose(ann, "Red"));
    await acked(bob, choose(bob, " rED "));
    expect(await refusal(bob, choose(bob, "blue"))).toBe("team");
    expect(await refusal(ann, choose(ann, "=1+1"))).toBe("team");
    expect(await refusal(ann, choose(ann, "Red", { quiz: 99 }))).toBe("no-quiz");
    await acked(ann, answer(ann, "a"));
    await acked(bob, answer(bob, "b"));
    await type("/leaderboard teams all");
    await until(ann, "notice", ({ text }: Control<"notice">) => text === "1. Red  0.5");
    await type("/stop");
    await untilTold("The results are in ");
    const csv = readFileSync(join(running.folder, "data/all_quiz_scores/bank.results.csv"), "utf8");
    expect(csv).toContain("ann,Red,");
    expect(csv).toContain("bob,Red,");
    expect(await refusal(ann, choose(ann, "Red"))).toBe("team");
  });

  test("who may not speak says nothing by the name of a team, and may be in one that is there", async () => {
    const [ann, bob] = [await enter("ann"), await enter("bob")];
    await type("/quiz bank.gift");
    const quiz = running.server.classroom.quizzes.quiz!.head.number;
    ann.send("team", { tag: ann.tag, quiz, team: "red" });
    await acked(ann, ann.tag++);
    await type("/mute bob");
    bob.send("team", { tag: bob.tag, quiz, team: "the answer is b" });
    expect(await refusal(bob, bob.tag++)).toBe("muted");
    bob.send("team", { tag: bob.tag, quiz, team: "RED" });
    await acked(bob, bob.tag++);
  });
});
