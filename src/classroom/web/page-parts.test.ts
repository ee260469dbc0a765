/** The parts of the page that need no browser. */
import { describe, expect, test } from "bun:test";
import { FrameSplitter } from "../../../public/classroom/frame-splitter.ts";
import { Collections } from "../../../public/classroom/files/collections.ts";
import { receiptText } from "../../../public/classroom/files/receipt-text.ts";
import { Handins, missingOf } from "../../../public/classroom/teach/handins.ts";
import { Pushes, pushText, type PushRow } from "../../../public/classroom/files/pushes.ts";
import { maxPushesListed } from "../../../public/classroom/limits.ts";
import { Conversation, type Said } from "../../../public/classroom/conversation.ts";
import { QuizModel } from "../../../public/classroom/quiz/quiz-model.ts";
import { phaseWords, verdictOf } from "../../../public/classroom/quiz/quiz-words.ts";
import { seedPair } from "../../../public/classroom/teach/seed-pair.ts";
import { encodeFrame } from "../protocol/frame.ts";
import type { Control } from "../protocol/v2/control.ts";

function read(messages: readonly Uint8Array[]): { frames: string[]; isRight: boolean } {
  const frames: string[] = [];
  const splitter = new FrameSplitter((header, bytes, start, end) =>
    frames.push(`${header} ${Buffer.from(bytes.subarray(start, end)).toString()}`),
  );
  const isRight = messages.every((message) => splitter.push(Uint8Array.from(message)));
  return { frames, isRight };
}

const question = (number: number, more: Partial<Control<"question">> = {}): Control<"question"> => ({
  quiz: 3,
  number,
  text: "?",
  options: ["a. x", "b. y"],
  round: 1,
  ...more,
});

function begun(): QuizModel {
  const quiz = new QuizModel();
  quiz.begin({ quiz: 3, questions: 2, pace: "teacher" });
  quiz.ask(question(1, { leftMs: 30_000, seconds: 30 }), 1_000);
  return quiz;
}

describe("frames out of messages that are cut anywhere", () => {
  const stream = Buffer.concat([encodeFrame("m", "héllo"), encodeFrame("ack", ""), encodeFrame("p", "x")]);
  const whole = ["m héllo", "ack ", "p x"];

  test("in two, at every place, and byte by byte", () => {
    for (let at = 0; at <= stream.length; at++)
      expect(read([stream.subarray(0, at), stream.subarray(at)])).toEqual({ frames: whole, isRight: true });
    expect(read(Array.from(stream, (byte) => Uint8Array.of(byte)))).toEqual({ frames: whole, isRight: true });
  });

  test("lengths over the limits end it", () => {
    expect(read([Uint8Array.of(0, 65)]).isRight).toBe(false);
    expect(read([Uint8Array.of(0, 1, 109, 0, 0x10, 0, 1)]).isRight).toBe(false);
  });
});

const heard = (id: number): Said => ({ id, timeMs: 0, sender: "bob", text: `heard ${id}` });
const own = (text: string): Said => ({ id: 0, timeMs: 0, sender: "ann", text, state: "waiting", tag: 1 });
const texts = ({ messages }: Conversation): string[] => messages.map(({ text }) => text);

describe("a conversation is in the server's order, whatever comes first here", () => {
  test("what is on its way stays last until it is acknowledged", () => {
    const conversation = new Conversation("room", "main");
    const mine = own("mine");
    conversation.add(heard(4));
    conversation.add(mine);
    conversation.add(heard(5));
    expect(texts(conversation)).toEqual(["heard 4", "heard 5", "mine"]);
    delete mine.state;
    conversation.place(mine, 6);
    conversation.add(heard(7));
    expect(texts(conversation)).toEqual(["heard 4", "heard 5", "mine", "heard 7"]);
  });

  test("an id that is told late puts it before what is higher, and behind what is lower", () => {
    const conversation = new Conversation("room", "main");
    const mine = own("mine");
    for (const each of [heard(4), mine, heard(6)]) conversation.add(each);
    delete mine.state;
    conversation.place(mine, 5);
    expect(texts(conversation)).toEqual(["heard 4", "mine", "heard 6"]);

    const untold = own("untold");
    delete untold.state;
    for (const each of [untold, heard(8), heard(9), heard(11)]) conversation.add(each);
    expect(conversation.find("untold")).toBe(untold);
    conversation.place(untold, 10);
    expect(texts(conversation).slice(-4)).toEqual(["heard 8", "heard 9", "untold", "heard 11"]);
    expect(conversation.find("untold")).toBeUndefined();
  });

  test("one that is not here (any more) is placed nowhere", () => {
    const conversation = new Conversation("room", "main");
    conversation.add(heard(4));
    conversation.place(own("gone"), 3);
    expect(texts(conversation)).toEqual(["heard 4"]);
  });
});

describe("a quiz as one person sees it", () => {
  test("at its end it is said once, and where all questions are in sight above them", () => {
    const quiz = begun();
    expect(phaseWords(quiz)).toBe("Question 1 of 2");
    quiz.tell({ quiz: 3, text: "Quiz is over." });
    expect(phaseWords(quiz)).toBe("");
    quiz.begin({ quiz: 4, questions: 2, pace: "all-at-once" });
    quiz.tell({ quiz: 4, text: "Quiz is over." });
    expect(phaseWords(quiz)).toBe("The quiz is over.");
    quiz.begin({ quiz: 5, questions: 2, pace: "timed" });
    quiz.enter({ quiz: 5, phase: "finished" }, 0);
    expect(phaseWords(quiz)).toBe("The quiz is over.");
  });

  test("of a survey nothing is right or wrong, and that an answer is kept is not said twice", () => {
    expect(verdictOf({ quiz: 3, number: 1, answered: "a" })).toEqual({ kind: "none", text: "" });
    expect(verdictOf({ quiz: 3, number: 1 }).text).toBe("Not answered");
  });

  test("a question that comes again keeps when it was shown and what was answered, and takes the time that is left", () => {
    const quiz = begun();
    quiz.questions.get(1)!.answer = { text: "a", state: "sending", problem: undefined };
    quiz.ask(question(1, { leftMs: 12_000, seconds: 30 }), 5_000);
    expect(quiz.questions.get(1)).toMatchObject({ shownMs: 1_000, answer: { text: "a", state: "sending" } });
    expect(quiz.endsMs).toBe(17_000);
    quiz.ask(question(1, { answered: "b" }), 6_000);
    expect(quiz.questions.get(1)!.answer).toEqual({ text: "b", state: "kept", problem: undefined });
    // What the server does not have it cannot have kept.
    quiz.ask(question(1), 7_000);
    expect(quiz.questions.get(1)!.answer).toBeUndefined();
  });

  test("another round is another question", () => {
    const quiz = begun();
    quiz.tell({ quiz: 3, number: 1, points: 1 });
    quiz.ask(question(1, { round: 2 }), 9_000);
    expect(quiz.questions.get(1)).toMatchObject({ shownMs: 9_000, answer: undefined });
    expect(quiz.results.size).toBe(0);
  });

  test("only the question that is open takes answers, and none while it is paused", () => {
    const quiz = begun();
    expect([quiz.isOpen(1), quiz.isOpen(2)]).toEqual([true, false]);
    quiz.enter({ quiz: 3, phase: "question", number: 1, round: 1, paused: true, leftMs: 9_000 }, 2_000);
    expect([quiz.isOpen(1), quiz.endsMs, quiz.leftMs]).toEqual([false, undefined, 9_000]);
    quiz.enter({ quiz: 3, phase: "closed", number: 1, round: 1 }, 2_000);
    expect(quiz.isOpen(1)).toBe(false);
    quiz.tell({ quiz: 3, score: 1, of: 2, text: "over" });
    expect(quiz.isRunning).toBe(false);
  });

  test("a new quiz begins with nothing, and the result of another is passed over", () => {
    const quiz = begun();
    quiz.tell({ quiz: 2, number: 1, points: 1 });
    expect(quiz.results.size).toBe(0);
    quiz.begin({ quiz: 4, questions: 1 });
    expect([quiz.questions.size, quiz.isRunning, quiz.isOpen(1)]).toEqual([0, true, true]);
  });
});

const named = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));

test("two files of the first pcs are known by their names, and others are each for itself", () => {
  const [questions, answers] = [{ name: "quiz_ques.txt" }, { name: "Quiz_ANS.txt" }];
  expect(seedPair([questions, answers])).toEqual({ questions, answers });
  expect(seedPair([answers, questions])).toEqual({ questions, answers });
  for (const names of [[], ["a.gift"], ["a.gift", "b.gift"], ["ans1", "ans2"], ["a", "b", "ans"]])
    expect(seedPair(named(...names))).toBeUndefined();
});

const row = (name: string, state: PushRow["state"], bytes = 0): PushRow => ({ name, state, bytes });

describe("a file to everybody, as its teacher is told of it", () => {
  const about = { push: 7, file: "a.pdf", size: 10, room: "main", of: 3 };

  test("rows come in pieces, and the last word of each counts", () => {
    const pushes = new Pushes();
    pushes.hear({ ...about, done: 0, failed: 0, rows: [row("bob", "waiting"), row("eve", "coming", 4)] });
    pushes.hear({ ...about, done: 1, failed: 1, rows: [row("bob", "done", 10), row("zoe", "failed")] });
    const [push] = pushes.list;
    expect([...push!.rows.values()].map(({ name, state }) => `${name} ${state}`)).toEqual([
      "bob done",
      "eve coming",
      "zoe failed",
    ]);
    expect(pushText(push!)).toBe("1 of 3 has it, 1 cannot get it");
    pushes.hear({ ...about, done: 2, failed: 1, over: true });
    expect([push!.isOver, pushText(push!)]).toEqual([true, "2 of 3 have it, 1 did not get it"]);
  });

  test("over a lost connection it goes on where the server tells of it again, and else has ended", () => {
    const pushes = new Pushes();
    pushes.hear({ ...about, done: 0, failed: 0 });
    pushes.hear({ ...about, push: 8, done: 0, failed: 0 });
    pushes.pause();
    pushes.hear({ ...about, push: 8, done: 1, failed: 0 });
    expect(pushes.list.map(({ number, isOver }) => [number, isOver])).toEqual([
      [8, false],
      [7, true],
    ]);
    expect(pushText(pushes.list[1]!)).toBe("0 of 3 have it, of 3 it is not known");
  });

  test("what is hidden stays hidden, and only so many are listed", () => {
    const pushes = new Pushes();
    pushes.hear({ ...about, done: 3, failed: 0, over: true });
    pushes.hide(pushes.list[0]!);
    pushes.hear({ ...about, done: 3, failed: 0, over: true });
    expect(pushes.list).toEqual([]);
    for (let push = 100; push < 200; push++) pushes.hear({ ...about, push });
    expect([pushes.list.length, pushes.list[0]!.number]).toEqual([maxPushesListed, 199]);
  });
});

describe("what is asked of a student", () => {
  const receipt = {
    file: "essay.txt",
    bytes: 34_567,
    sha256: "a".repeat(64),
    timeMs: Date.UTC(2026, 10, 30),
  };

  test("is news once, over another connection too, and due until something is handed in", () => {
    const collections = new Collections();
    expect(collections.hear({ number: 3, name: "hw1", open: true })).toContain("'hw1' is asked of you");
    expect(collections.dueCount).toBe(1);
    collections.clear();
    expect(collections.hear({ number: 3, name: "hw1", open: true })).toBeUndefined();
    collections.hearReceipt({ number: 3, name: "hw1", receipt });
    expect([collections.dueCount, collections.open.get(3)?.receipt]).toEqual([0, receipt]);
    expect(collections.hear({ number: 4, name: "hw2", open: true, receipt })).toBeUndefined();
    collections.hear({ number: 3, name: "hw1", open: false });
    expect([...collections.open.keys()]).toEqual([4]);
    expect(collections.hear({ name: "x", do: "begin" })).toBeUndefined();
  });

  test("a receipt bears the time, and the day where it is another one", () => {
    const time = new Date(2026, 10, 30, 10, 5, 12).getTime();
    expect(receiptText({ ...receipt, timeMs: time }, time)).toBe("essay.txt, 34.6 kB, 10:05:12");
    expect(receiptText({ ...receipt, timeMs: time }, time + 86_400_000)).toBe(
      "essay.txt, 34.6 kB, Nov 30, 10:05:12",
    );
  });

  test("its teacher knows who is missing, put together from pieces, and the latest receipt counts", () => {
    const handins = new Handins();
    handins.hear({ number: 3, name: "hw1", open: true, asked: ["zoe", "bob", "ann"] });
    handins.hear({ number: 3, name: "hw1", open: true, receipts: [{ student: "bob", ...receipt }] });
    handins.hear({
      number: 3,
      name: "hw1",
      open: true,
      receipts: [{ student: "bob", ...receipt, file: "b.txt" }],
    });
    const [hw1] = handins.list;
    expect(hw1!.receipts.get("bob")?.file).toBe("b.txt");
    expect(missingOf(hw1!, new Set(["ann"]))).toEqual(["zoe"]);
    handins.hide(hw1!);
    expect(handins.list.length).toBe(1);
    handins.hear({ number: 3, name: "hw1", open: false });
    handins.hide(hw1!);
    expect(handins.list).toEqual([]);
  });
});
