import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { parseGift } from "../banks/parse-gift.ts";
import type { GivenAnswer } from "./given-answer.ts";
import { keepClockEveryMs, maxChanges, maxRounds, maxStudents } from "./limits.ts";
import { LiveRun } from "./live-run.ts";
import { phaseTag, type Phase, type RunEffect, type RunEvent, type RunRecord } from "./run-records.ts";
import { defaultSettings, type RunSettings } from "./run-settings.ts";
import type { RunPlan } from "./shown-order.ts";

const { questions } = parseGift("A{=a ~%50%b ~c}\n\nB{T}\n\nC{=x}");
const planOf = (settings: Partial<RunSettings> = {}): RunPlan => ({
  questions,
  settings: { ...defaultSettings, ...settings },
  seed: 7,
});
const chosen = (option: number): GivenAnswer => ({ kind: "choice", options: [option] });
const steer = (
  kind: "start" | "close" | "explain" | "next" | "skip" | "pause" | "resume" | "vote-again" | "finish",
) => ({ kind }) as RunEvent;

/** A class: a run, its disk, its clock. */
class Stage {
  nowMs = 1_000_000;
  readonly plan: RunPlan;
  run: LiveRun;
  /** What is on disk. */
  disk: RunRecord[] = [];
  effects: RunEffect[] = [];

  constructor(settings: Partial<RunSettings> = {}) {
    this.plan = planOf(settings);
    this.run = new LiveRun(this.plan);
  }

  /** Gives an event, keeps what is to be kept, and tells so. @returns what else is to be done */
  do(event: RunEvent): RunEffect[] {
    const effects: RunEffect[] = [];
    for (const effect of this.run.handle(event, this.nowMs)) {
      if (effect.kind !== "keep") effects.push(effect);
      else {
        this.disk.push(effect.record);
        if (effect.ticket !== undefined) effects.push(...this.do({ kind: "kept", ticket: effect.ticket }));
      }
    }
    this.effects = effects;
    return effects;
  }

  steer(...kinds: Parameters<typeof steer>[0][]): Phase {
    for (const kind of kinds) this.do(steer(kind));
    return this.phase;
  }

  join(...names: string[]): this {
    for (const name of names) this.do({ kind: "join", name });
    return this;
  }

  answer(name: string, question: number, given: GivenAnswer, more: object = {}): string {
    const id = `${name} ${question} ${JSON.stringify(given)}`;
    const effects = this.do({ kind: "answer", name, question, id, given, ...more });
    const told = effects.find(({ kind }) => kind === "acknowledge" || kind === "refuse");
    return told === undefined ? "nothing" : told.kind === "refuse" ? told.why : told.kind;
  }

  /** Lets time pass, with a tick whenever one was asked for. */
  wait(ms: number): this {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const wake = this.effects.findLast((effect) => effect.kind === "wake");
      const atMs = wake === undefined ? Infinity : this.nowMs + wake.afterMs;
      if (atMs > untilMs) break;
      this.nowMs = atMs;
      this.do({ kind: "tick" });
    }
    this.nowMs = untilMs;
    this.do({ kind: "tick" });
    return this;
  }

  restart(): this {
    this.run = LiveRun.restore(this.plan, this.disk, this.nowMs);
    this.do({ kind: "tick" });
    return this;
  }

  get phase(): Phase {
    return this.run.phase(this.nowMs);
  }

  /** `question 2`, in short. */
  get at(): string {
    const { phase } = this;
    return "question" in phase ? `${phase.kind} ${phase.question}` : phase.kind;
  }
}

describe("the teacher goes through a quiz", () => {
  for (const [path, at] of [
    [[], "lobby"],
    [["start"], "question 0"],
    [["start", "close"], "closed 0"],
    [["start", "explain"], "explanation 0"],
    [["start", "close", "explain"], "explanation 0"],
    [["start", "close", "next"], "question 1"],
    [["start", "explain", "next"], "question 1"],
    [["start", "skip"], "question 1"],
    [["start", "skip", "skip"], "question 2"],
    [["start", "skip", "skip", "skip"], "finished"],
    [["start", "skip", "skip", "close", "next"], "finished"],
    [["start", "close", "vote-again"], "question 0"],
    [["start", "explain", "vote-again"], "question 0"],
    [["start", "finish"], "finished"],
    [["finish"], "finished"],
    [["start", "pause", "skip"], "question 1"],
    [["start", "pause", "close"], "closed 0"],
  ] as [Parameters<typeof steer>[0][], string][])
    test(`${path.join(", ") || "nothing"}: ${at}`, () => {
      const stage = new Stage();
      stage.steer(...path);
      expect(stage.at).toBe(at);
      // What was kept is the same run.
      expect(stage.restart().at).toBe(at);
    });

  for (const [path, event, sentence] of [
    [[], "close", "the quiz has not started."],
    [["start"], "start", "the quiz has started already."],
    [["start"], "next", "close the question first, or skip it."],
    [["start"], "vote-again", "the question must be closed first."],
    [["start"], "resume", "the quiz is not paused."],
    [["start", "pause"], "pause", "the quiz is paused already."],
    [["start", "close"], "close", "no question is open."],
    [["start", "explain"], "explain", "no question has been asked."],
    [["finish"], "start", "the quiz is over."],
    [["finish"], "finish", "the quiz is over."],
    [
      ["start", ...Array.from({ length: maxRounds - 1 }, () => ["close", "vote-again"]).flat(), "close"],
      "vote-again",
      "a question is voted on 10 times at most.",
    ],
  ] as [Parameters<typeof steer>[0][], Parameters<typeof steer>[0], string][])
    test(`not ${event} after ${path.slice(0, 3).join(", ") || "nothing"}`, () => {
      const stage = new Stage();
      stage.steer(...path);
      const before = stage.phase;
      expect(stage.do(steer(event))).toEqual([{ kind: "impossible", event, sentence }]);
      expect(stage.phase).toEqual(before);
    });

  test("a quiz of nothing but its lobby is over at once", () => {
    const run = new LiveRun({ ...planOf(), questions: [] });
    run.handle({ kind: "start" }, 0);
    expect(run.phase(0)).toEqual({ kind: "finished" });
  });
});

test("of two teachers who go on at once, one does", () => {
  const stage = new Stage();
  stage.steer("start");
  const seen = phaseTag(stage.phase);
  expect(stage.do({ kind: "skip", seen })[0]?.kind).toBe("show");
  expect(stage.do({ kind: "skip", seen })).toEqual([
    { kind: "impossible", event: "skip", sentence: "somebody has gone on in the meantime." },
  ]);
  expect(stage.at).toBe("question 1");
  expect([seen, phaseTag({ kind: "lobby" })]).toEqual(["question 0 1", "lobby"]);
});

describe("time", () => {
  const timed = {
    pace: "timed",
    limitMs: 20_000,
    announceMs: 3_000,
    closedMs: 5_000,
    explanationMs: 10_000,
    graceMs: 1_000,
  } as const;

  test("a timed quiz goes on by itself", () => {
    const stage = new Stage(timed);
    stage.steer("start");
    const seen: string[] = [];
    for (let second = 0; second < 3 * 39 + 1; second++) {
      if (seen.at(-1)?.slice(4) !== stage.at) seen.push(`${String(second).padStart(3)} ${stage.at}`);
      stage.wait(1_000);
    }
    expect(seen).toEqual([
      "  0 next 0",
      "  3 question 0",
      " 24 closed 0",
      " 29 explanation 0",
      " 39 next 1",
      " 42 question 1",
      " 63 closed 1",
      " 68 explanation 1",
      " 78 next 2",
      " 81 question 2",
      "102 closed 2",
      "107 explanation 2",
      "117 finished",
    ]);
  });

  test("a pause stops it, and takes no answers", () => {
    const stage = new Stage({ ...timed, announceMs: 0 }).join("ann");
    stage.steer("start");
    stage.wait(15_000).steer("pause");
    stage.wait(100_000);
    expect(stage.phase).toMatchObject({ kind: "question", elapsedMs: 15_000, isPaused: true });
    expect(stage.answer("ann", 0, chosen(0))).toBe("paused");
    stage.steer("resume");
    stage.wait(5_500);
    expect(stage.at).toBe("question 0");
    stage.wait(500);
    expect(stage.at).toBe("closed 0");
  });

  test("an extension gives more of it", () => {
    const stage = new Stage({ ...timed, announceMs: 0 });
    stage.steer("start");
    stage.wait(15_000).do({ kind: "extend", byMs: 30_000 });
    stage.wait(35_500);
    expect(stage.phase).toMatchObject({ kind: "question", elapsedMs: 50_500, limitMs: 50_000 });
    expect(stage.wait(500).at).toBe("closed 0");
    for (const byMs of [0, -1, NaN, 1e12])
      expect(stage.do({ kind: "extend", byMs })[0]?.kind).toBe("impossible");
    stage.steer("finish");
    expect(stage.do({ kind: "extend", byMs: 1 })[0]?.kind).toBe("impossible");
  });

  test("without a time only the teacher goes on", () => {
    const stage = new Stage();
    stage.steer("start");
    expect(stage.wait(86_400_000).at).toBe("question 0");
    expect(stage.do({ kind: "extend", byMs: 1_000 })[0]?.kind).toBe("impossible");
  });

  test("an answer on its way counts if the student's own clock says in time", () => {
    const stage = new Stage({ ...timed, announceMs: 0 }).join("ann", "bob", "cid", "dan");
    stage.steer("start");
    stage.wait(20_400);
    expect(stage.at).toBe("question 0");
    expect(stage.answer("ann", 0, chosen(0), { clientElapsedMs: 19_900, roundTripMs: 600 })).toBe(
      "acknowledge",
    );
    expect(stage.answer("bob", 0, chosen(0), { clientElapsedMs: 19_900, roundTripMs: 100 })).toBe("too-late");
    expect(stage.answer("cid", 0, chosen(0), { roundTripMs: 600 })).toBe("acknowledge");
    stage.nowMs += 700;
    expect(stage.answer("dan", 0, chosen(0), { clientElapsedMs: 5_000, roundTripMs: 5_000 })).toBe(
      "too-late",
    );
  });

  test("bad wifi costs nobody points", () => {
    const stage = new Stage({
      ...timed,
      announceMs: 0,
      points: { right: 1000, speedShare: 1, penalty: 0, hasParts: true },
    });
    stage.join("near", "far").steer("start");
    stage.wait(4_010);
    expect(stage.answer("near", 0, chosen(0), { clientElapsedMs: 4_000, roundTripMs: 10 })).toBe(
      "acknowledge",
    );
    stage.wait(1_990);
    expect(stage.answer("far", 0, chosen(0), { clientElapsedMs: 4_000, roundTripMs: 2_000 })).toBe(
      "acknowledge",
    );
    expect(stage.run.book.standings()).toEqual([
      { name: "far", points: 800 },
      { name: "near", points: 800 },
    ]);
  });

  test("after a restart in the middle of a question the time that was left is left", () => {
    const stage = new Stage({ ...timed, announceMs: 0 }).join("ann", "bob");
    stage.steer("start");
    stage.wait(8_300);
    stage.answer("ann", 0, chosen(0));
    // The server was away for a minute.
    stage.nowMs += 60_000;
    stage.restart();
    const { phase } = stage;
    expect(phase).toMatchObject({ kind: "question", question: 0, limitMs: 20_000 });
    const { elapsedMs } = phase as { elapsedMs: number };
    expect(elapsedMs).toBeWithin(8_300 - keepClockEveryMs, 8_301);
    expect(stage.answer("ann", 0, chosen(1))).toBe("answered-already");
    expect(stage.answer("ann", 0, chosen(0))).toBe("acknowledge");
    expect(stage.answer("bob", 0, chosen(1))).toBe("acknowledge");
    stage.wait(21_000 - elapsedMs - 1);
    expect(stage.at).toBe("question 0");
    expect(stage.wait(1).at).toBe("closed 0");
    expect(stage.run.book.standings()).toEqual([
      { name: "ann", points: 1 },
      { name: "bob", points: 0.5 },
    ]);
  });
});

describe("answers", () => {
  test("are kept before they are acknowledged, and counted then", () => {
    const run = new LiveRun(planOf());
    run.handle({ kind: "join", name: "Ann" }, 0);
    run.handle({ kind: "start" }, 0);
    const event: RunEvent = { kind: "answer", name: "aNN", question: 0, id: "i", given: chosen(0) };
    const record = {
      kind: "answered" as const,
      student: "ann",
      question: 0,
      round: 1,
      id: "i",
      given: chosen(0),
      elapsedMs: 5,
    };
    expect(run.handle(event, 5)).toEqual([{ kind: "keep", record, ticket: 1 }]);
    expect(run.book.pointsOf("ann")).toBe(0);
    // The same again, and another one, while the disk is busy.
    expect(run.handle(event, 6)).toEqual([]);
    expect(run.handle({ ...event, id: "j" }, 6)).toEqual([
      { kind: "refuse", student: "ann", question: 0, id: "j", why: "answered-already" },
    ]);
    // It counts although the question is closed in the meantime.
    run.handle({ kind: "close" }, 7);
    expect(run.handle({ kind: "kept", ticket: 1 }, 8)).toEqual([
      { kind: "acknowledge", student: "ann", question: 0, id: "i" },
      { kind: "count", question: 0, answered: 1, students: 1 },
    ]);
    expect(run.book.pointsOf("ann")).toBe(1);
    expect(run.handle({ kind: "kept", ticket: 1 }, 9)).toEqual([]);
    expect(run.handle(event, 9)).toEqual([{ kind: "acknowledge", student: "ann", question: 0, id: "i" }]);
  });

  test("that cannot be kept are refused, and may be given again", () => {
    const run = new LiveRun(planOf());
    run.handle({ kind: "join", name: "ann" }, 0);
    run.handle({ kind: "start" }, 0);
    const event: RunEvent = { kind: "answer", name: "ann", question: 0, id: "i", given: chosen(0) };
    run.handle(event, 5);
    expect(run.handle({ kind: "not-kept", ticket: 1 }, 5)).toEqual([
      { kind: "refuse", student: "ann", question: 0, id: "i", why: "not-kept" },
    ]);
    expect(run.handle(event, 6)[0]?.kind).toBe("keep");
  });

  for (const [what, name, question, given, more, why] of [
    ["by a stranger", "zoe", 0, chosen(0), {}, "unknown-student"],
    ["to a question that is not there", "ann", 3, chosen(0), {}, "unknown-question"],
    ["to a fraction of a question", "ann", 0.5, chosen(0), {}, "unknown-question"],
    ["to another question", "ann", 1, { kind: "true-false", value: true }, {}, "not-open"],
    ["to an earlier round", "ann", 0, chosen(0), { round: 2 }, "other-round"],
    ["of another kind", "ann", 0, { kind: "text", text: "a" }, {}, "not-fitting"],
    ["that is no option", "ann", 0, chosen(3), {}, "not-fitting"],
    ["with a long id", "ann", 0, chosen(0), { id: "x".repeat(65) }, "not-fitting"],
  ] as [string, string, number, GivenAnswer, object, string][])
    test(`${what}: ${why}`, () => {
      const stage = new Stage().join("ann");
      stage.steer("start");
      expect(stage.answer(name, question, given, more)).toBe(why);
      expect(stage.run.book.pointsOf(name)).toBe(0);
    });

  test("to a closed question, in the lobby and at the end", () => {
    const stage = new Stage().join("ann");
    expect(stage.answer("ann", 0, chosen(0))).toBe("not-open");
    stage.steer("start", "close");
    expect(stage.answer("ann", 0, chosen(0))).toBe("not-open");
    stage.steer("finish");
    expect(stage.answer("ann", 0, chosen(0))).toBe("not-open");
  });

  test("change nothing once given, unless changes are allowed; then the last one counts", () => {
    for (const [mayChange, second, points] of [
      [false, "answered-already", 0],
      [true, "acknowledge", 1],
    ] as const) {
      const stage = new Stage({ mayChange }).join("ann");
      stage.steer("start");
      expect(stage.answer("ann", 0, chosen(2))).toBe("acknowledge");
      expect(stage.answer("ann", 0, chosen(0))).toBe(second);
      expect(stage.run.book.pointsOf("ann")).toBe(points);
      expect(stage.run.book.optionCounts(0, 1)).toEqual(mayChange ? [1, 0, 0] : [0, 0, 1]);
    }
  });

  test("a vote after the discussion replaces the first one; who does not vote again keeps it", () => {
    const stage = new Stage().join("ann", "bob");
    stage.steer("start");
    stage.answer("ann", 0, chosen(2));
    stage.answer("bob", 0, chosen(1));
    stage.steer("close", "vote-again");
    expect(stage.answer("ann", 0, chosen(0), { round: 1 })).toBe("other-round");
    expect(stage.answer("ann", 0, chosen(0), { round: 2 })).toBe("acknowledge");
    expect([stage.run.book.pointsOf("ann"), stage.run.book.pointsOf("bob")]).toEqual([1, 0.5]);
    expect(stage.run.book.answeredCount(0, 2)).toBe(1);
    expect(stage.restart().run.book.pointsOf("ann")).toBe(1);
  });

  test("are not changed without end", () => {
    const stage = new Stage({ mayChange: true }).join("ann");
    stage.steer("start");
    for (let change = 0; change < maxChanges; change++)
      expect(stage.answer("ann", 0, chosen(change % 3), { id: `${change}` })).toBe("acknowledge");
    expect(stage.answer("ann", 0, chosen(0), { id: "more" })).toBe("changed-too-often");
    expect(stage.restart().answer("ann", 0, chosen(0), { id: "more" })).toBe("changed-too-often");
  });

  test("of a survey are kept and worth nothing", () => {
    const stage = new Stage({ isSurvey: true }).join("ann");
    stage.steer("start");
    stage.answer("ann", 0, chosen(0));
    expect(stage.run.book.pointsOf("ann")).toBe(0);
    expect(stage.run.book.optionCounts(0, 1)).toEqual([1, 0, 0]);
  });

  test("all at once: any question until the end", () => {
    const stage = new Stage({ pace: "all-at-once", limitMs: 60_000 }).join("ann");
    stage.steer("start");
    expect(stage.at).toBe("question all");
    expect(stage.answer("ann", 2, { kind: "text", text: "X" })).toBe("acknowledge");
    expect(stage.answer("ann", 0, chosen(1))).toBe("acknowledge");
    expect(stage.wait(61_000).at).toBe("closed all");
    expect(stage.answer("ann", 1, { kind: "true-false", value: true })).toBe("not-open");
    expect(stage.run.book.pointsOf("ann")).toBe(1.5);
    stage.steer("explain", "next");
    expect(stage.at).toBe("finished");
  });
});

describe("orders", () => {
  test("each student has an own one, the same after a restart, and answers by what was shown", () => {
    const stage = new Stage({ pace: "all-at-once", shuffleOptions: true, shuffleQuestions: true });
    const names = Array.from({ length: 30 }, (_, index) => `s${index}`);
    stage.join(...names).steer("start");
    const orders = names.map((name) => [stage.run.questionOrder(name), stage.run.shownOrder(name, 0)]);
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBeGreaterThan(10);
    for (const name of names) {
      const right = stage.run.shownOrder(name, 0).indexOf(0);
      expect(stage.answer(name, 0, chosen(right))).toBe("acknowledge");
      expect(stage.run.book.pointsOf(name)).toBe(1);
    }
    stage.restart();
    expect(names.map((name) => [stage.run.questionOrder(name), stage.run.shownOrder(name, 0)])).toEqual(
      orders,
    );
    for (const name of names) expect(stage.run.book.pointsOf(name)).toBe(1);
  });

  test("a seed is logged for each student", () => {
    const stage = new Stage().join("ann", "bob", "ANN");
    expect(stage.disk).toMatchObject([
      { kind: "joined", student: "ann", seed: expect.any(Number) },
      { kind: "joined", student: "bob", seed: expect.any(Number) },
    ]);
  });

  test("items to be ordered are never shown in the right order by default, without asking for it", () => {
    const { questions } = parseGift("O{>4\na\nb\nc\nd}");
    const run = new LiveRun({ ...planOf(), questions });
    for (let index = 0; index < 20; index++) run.handle({ kind: "join", name: `s${index}` }, 0);
    const orders = new Set(Array.from({ length: 20 }, (_, index) => run.shownOrder(`s${index}`, 0).join()));
    expect(orders.size).toBeGreaterThan(5);
  });
});

test("teams have the mean of their members", () => {
  const stage = new Stage();
  for (const [name, team] of [
    ["ann", "red"],
    ["bob", "red"],
    ["cid", "blue"],
    ["dan", ""],
  ] as const)
    stage.do({ kind: "join", name, team });
  stage.steer("start");
  stage.answer("ann", 0, chosen(0));
  stage.answer("cid", 0, chosen(1));
  expect(stage.run.book.teamStandings()).toEqual([
    { name: "blue", points: 0.5 },
    { name: "red", points: 0.5 },
  ]);
  // A team is chosen once.
  stage.do({ kind: "join", name: "bob", team: "blue" });
  stage.do({ kind: "join", name: "dan", team: "blue" });
  expect(stage.run.book.teamStandings()).toEqual([
    { name: "red", points: 0.5 },
    { name: "blue", points: 0.25 },
  ]);
});

test("a quiz takes no more than its limit of students", () => {
  const run = new LiveRun(planOf());
  for (let index = 0; index < maxStudents; index++) run.handle({ kind: "join", name: `s${index}` }, 0);
  expect(run.handle({ kind: "join", name: "late" }, 0)).toEqual([
    { kind: "refuse", student: "late", question: -1, id: "", why: "quiz-full" },
  ]);
});

test("whatever happens, points are those of the answers that were acknowledged", () => {
  const student = fc.constantFrom("ann", "bob", "cid");
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("answer" as const),
        name: student,
        question: fc.nat(2),
        option: fc.nat(3),
        id: fc.constantFrom("i", "j", "k"),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("steer" as const),
        what: fc.constantFrom("close", "explain", "next", "skip", "pause", "resume", "vote-again", "start"),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("disk" as const), isWell: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant({ kind: "crash" as const }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.nat(15_000) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("join" as const), name: student }) },
  );
  const same = parseGift("A{=a ~%50%b ~c}\n\nB{=a ~%50%b ~c}\n\nC{=a ~%50%b ~c}").questions;
  const settings = fc.record({
    pace: fc.constantFrom("timed" as const, "teacher" as const, "all-at-once" as const),
    mayChange: fc.boolean(),
    shuffleOptions: fc.boolean(),
  });
  fc.assert(
    fc.property(settings, fc.array(step, { maxLength: 60, size: "max" }), (chosenSettings, steps) => {
      const plan: RunPlan = { ...planOf({ ...chosenSettings, limitMs: 20_000 }), questions: same };
      let run = new LiveRun(plan);
      let nowMs = 0;
      let disk: RunRecord[] = [];
      /** What was handed to the disk and is not on it yet. */
      let writing: { record: RunRecord; ticket: number | undefined }[] = [];
      const acknowledged = new Map<string, { option: number; times: number }>();
      const given = new Map<string, number>();
      const take = (effects: RunEffect[]): void => {
        for (const effect of effects) {
          if (effect.kind === "keep") writing.push(effect);
          if (effect.kind !== "acknowledge") continue;
          const key = `${effect.student} ${effect.question}`;
          acknowledged.set(key, { option: given.get(`${key} ${effect.id}`)!, times: 0 });
        }
      };
      const handle = (event: RunEvent): void => take(run.handle(event, nowMs));
      for (const name of ["ann", "bob"]) handle({ kind: "join", name });
      handle({ kind: "start" });
      for (const each of steps) {
        if (each.kind === "answer") {
          const shown = run.shownOrder(each.name, each.question).indexOf(each.option % 3);
          const round = "round" in run.phase(nowMs) ? Number(Reflect.get(run.phase(nowMs), "round")) : 0;
          const id = `${each.id} ${each.option} ${round}`;
          given.set(`${each.name} ${each.question} ${id}`, each.option % 3);
          handle({ kind: "answer", name: each.name, question: each.question, id, given: chosen(shown) });
        } else if (each.kind === "steer") handle({ kind: each.what });
        else if (each.kind === "join") handle(each);
        else if (each.kind === "wait") {
          nowMs += each.ms;
          handle({ kind: "tick" });
        } else if (each.kind === "disk") {
          // All that was handed over is on disk, or its last part is not.
          const done = writing;
          writing = [];
          for (const { record, ticket } of done) {
            if (ticket === undefined || each.isWell) disk.push(record);
            if (ticket !== undefined) handle({ kind: each.isWell ? "kept" : "not-kept", ticket });
          }
        } else {
          writing = [];
          run = LiveRun.restore(plan, disk, nowMs);
        }
      }
      // Nothing that was acknowledged is lost in a last crash, and nothing else is there.
      const restored = LiveRun.restore(plan, disk, nowMs);
      for (const name of ["ann", "bob", "cid"]) {
        const expected = [0, 1, 2].reduce((sum, question) => {
          const option = acknowledged.get(`${name} ${question}`)?.option;
          return sum + (option === undefined ? 0 : [1, 0.5, 0][option]!);
        }, 0);
        expect([name, restored.book.pointsOf(name)]).toEqual([name, expected]);
        expect([name, run.book.pointsOf(name)]).toEqual([name, expected]);
      }
      disk = [];
    }),
    { numRuns: 3_000 },
  );
}, 60_000);
