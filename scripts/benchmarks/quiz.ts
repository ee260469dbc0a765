/**
 * 300 students answer 20 timed questions, a tenth of them drops and returns in each, and the server is killed twice
 * in the middle of one: nothing that was acknowledged may be lost, nothing may count twice.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseResults, type ResultsResult } from "../../src/classroom/quiz/analysis/parse-results.ts";
import { chromium, TestBrowser } from "../../src/lib/browser.test-support.ts";
import { LoopDelay } from "./loop-delay.ts";
import { buildExecutable, say } from "./peers.ts";
import { PageStudent } from "./quiz-page.ts";
import { ProcessStudent } from "./quiz-process.ts";
import type { AnswerSheet, MeasuredAnswer } from "./quiz-sheet.ts";
import { Student } from "./quiz-student.ts";

const load = { questions: 20, seconds: 6, answerWithinMs: 3_000, dropped: 0.1 };
/** Sockets of this program, and real programs: `pcs join`, and the original client. */
const students = { page: 5, "web socket": 195, socket: 75, terminal: 5, "old socket": 15, old: 5 };
/** In the middle of these questions. */
const killedIn = new Set([7, 14]);
/** How late this program may be, with all its students, where the time is the server's own. */
const lateMs = 10;
const letters = "abcd";

interface Console {
  type(line: string): void;
  /** Resolves when a line with this part was printed since the call before. */
  until(part: string): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
}

export async function run(): Promise<void> {
  const executable = buildExecutable();
  const folder = mkdtempSync(join(tmpdir(), "pcs-bench-"));
  const port = lastingPort();
  const webPort = lastingPort();
  const browser = chromium === undefined ? undefined : await TestBrowser.open();
  if (browser === undefined) say("skipped: no Chromium is installed, so web sockets stand for the pages");
  try {
    writeFileSync(join(folder, "bank.gift"), bank());
    let server = start(executable, folder, port, webPort);
    await server.until("Server is up.");
    const students = makeStudents(
      executable,
      folder,
      port,
      webPort,
      browser && (() => browser.openAnother()),
    );
    for (let at = 0; at < students.length; at += 20)
      await Promise.all(students.slice(at, at + 20).map((student) => student.enter()));
    say(`${students.length} students are in`);
    const delay = new LoopDelay();
    server.type(`/quiz bank.gift paced ${load.seconds}`);
    for (let question = 1; question <= load.questions; question++) {
      await server.until(`Question ${question} of ${load.questions} is open`);
      for (const student of students) takePart(student, question);
      if (killedIn.has(question)) {
        await Bun.sleep(load.answerWithinMs / 2);
        await server.kill();
        server = start(executable, folder, port, webPort);
      }
      await server.until(`Question ${question} of ${load.questions} is closed`);
      server.type(question < load.questions ? "/next" : "/stop");
    }
    await server.until("The results are in ");
    await Bun.sleep(500);
    delay.stop();
    report(
      students,
      delay,
      parseResults(readFileSync(join(folder, "data/all_quiz_scores/bank.results.json"), "utf8")),
    );
    for (const student of students) student.end();
    server.type("shutdown");
    await server.until("Server is closed.");
  } finally {
    await browser?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeStudents(
  executable: string,
  folder: string,
  port: number,
  webPort: number,
  openPage: (() => Promise<TestBrowser>) | undefined,
): AnswerSheet[] {
  const kinds = Object.entries(students).flatMap(([kind, count]) =>
    Array.from({ length: count }, () => kind as keyof typeof students),
  );
  return kinds.map((kind, i) => {
    const name = `s${i}`;
    switch (kind) {
      case "terminal":
      case "old":
        return new ProcessStudent(name, port, kind, executable, folder);
      case "page":
        if (openPage !== undefined) return new PageStudent(name, webPort, openPage);
        return new Student(name, webPort, "web socket");
      default:
        return new Student(name, kind === "web socket" ? webPort : port, kind);
    }
  });
}

/** Answers some time into the question, once it is seen; a tenth breaks off before, at or after that. */
function takePart(student: AnswerSheet, question: number): void {
  const at = Math.random() * load.answerWithinMs;
  const endMs = performance.now() + load.seconds * 1_000;
  const letter = letters[Math.floor(Math.random() * letters.length)]!;
  const tryToAnswer = (): void => {
    if (student.open === question) student.answer(letter);
    // Whoever is not in at the moment answers when the question is seen again.
    else if (student.open === 0 && performance.now() < endMs) setTimeout(tryToAnswer, 50);
  };
  setTimeout(tryToAnswer, at);
  if (Math.random() < load.dropped)
    setTimeout(() => student.breakOff(), Math.max(1, at + (Math.random() - 0.5) * 40));
}

function report(all: readonly AnswerSheet[], delay: LoopDelay, read: ResultsResult): void {
  if (!read.ok) throw new Error(read.sentence);
  const { results } = read;
  const held = new Map(
    results.answers.map(({ student, question, given, points }) => [
      `${results.students[student]!.name} ${question + 1}`,
      { letter: given.kind === "choice" ? letters[given.options[0]!] : "", points },
    ]),
  );
  const sent = all.flatMap(({ name, answers }) =>
    answers.map((answer) => ({ ...answer, key: `${name} ${answer.question}` })),
  );
  const acknowledged = sent.filter(({ state }) => state === "acknowledged");
  const lost = acknowledged.filter(({ key, text }) => held.get(key)?.letter !== text);
  const told = new Set(acknowledged.map(({ key }) => key));
  const untold = [...held.keys()].filter((key) => !told.has(key));
  const expected = acknowledged.filter(({ question, text }) => text === rightLetter(question)).length;
  const untoldPoints = untold.reduce((sum, key) => sum + held.get(key)!.points, 0);
  const sum = results.answers.reduce((total, { points }) => total + points, 0);
  const count = (state: string): number => sent.filter((each) => each.state === state).length;
  say(
    `${sent.length} answers sent: ${acknowledged.length} acknowledged, ${count("refused")} refused, ` +
      `${count("waiting")} never answered; ${all.reduce((total, { reconnects }) => total + reconnects, 0)} reconnects`,
  );
  say(`kept: ${held.size}; acknowledged and lost: ${lost.length}; kept without being told: ${untold.length}`);
  say(`sum of scores ${sum}, of the acknowledged answers ${expected}, of those not told ${untoldPoints}`);
  reportTimes(all, delay);
  for (const { name, kind, answers } of all.filter(({ answers }) => answers.length < load.questions))
    say(`${name} (${kind}) answered only ${answers.map(({ question }) => question).join(" ")}`);
  const reasons = Map.groupBy(
    all.flatMap(({ errors }) => errors),
    (reason) => reason,
  );
  for (const [reason, { length }] of reasons) say(`refused ${length} times: ${reason}`);
  if (lost.length > 0 || sum !== expected + untoldPoints || results.answers.length !== held.size)
    throw new Error("answers were lost or doubled");
}

function reportTimes(all: readonly AnswerSheet[], delay: LoopDelay): void {
  for (const kind of Object.keys(students)) {
    const took = all.filter((each) => each.kind === kind).flatMap(({ measured }) => measured.map(timeOf));
    say(
      `answer to acknowledgement, ${kind}: p50 ${percentile(took, 0.5)} ms, ` +
        `p99 ${percentile(took, 0.99)} ms, longest ${percentile(took, 1)} ms (${took.length} answers)`,
    );
  }
  const measured = all.flatMap((each) => each.measured);
  const tell = (which: string, answers: readonly MeasuredAnswer[]): void => {
    const delays = answers.map(({ sentMs, tookMs }) => delay.longest(sentMs, sentMs + tookMs));
    const onTime = answers.filter((_, index) => delays[index]! <= lateMs);
    say(
      `${which}: p50 ${percentile(answers.map(timeOf), 0.5)} ms, p99 ${percentile(answers.map(timeOf), 0.99)} ms ` +
        `(${answers.length}); this program itself was late meanwhile by p50 ${percentile(delays, 0.5)} ms, ` +
        `p99 ${percentile(delays, 0.99)} ms; where by no more than ${lateMs} ms: ` +
        `p99 ${percentile(onTime.map(timeOf), 0.99)} ms (${onTime.length})`,
    );
  };
  tell(
    "in the questions with a kill",
    measured.filter(({ question }) => killedIn.has(question)),
  );
  tell(
    "in the others",
    measured.filter(({ question }) => !killedIn.has(question)),
  );
  tell("of all", measured);
}

function timeOf({ tookMs }: MeasuredAnswer): number {
  return tookMs;
}

/** A free port that no connection is given while the server is down: systems choose those from 32768 on. */
function lastingPort(): number {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    try {
      Bun.listen({ hostname: "127.0.0.1", port, socket: { data() {} } }).stop(true);
      return port;
    } catch {
      // Somebody has it.
    }
  }
}

function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN).toFixed(1);
}

function rightLetter(question: number): string {
  return letters[question % letters.length]!;
}

function bank(): string {
  return Array.from({ length: load.questions }, (_, index) => {
    const options = Array.from(
      letters,
      (letter) => `${letter === rightLetter(index + 1) ? "=" : "~"}option ${letter}`,
    );
    return `Question number ${index + 1}? {${options.join(" ")}}`;
  }).join("\n\n");
}

function start(executable: string, folder: string, port: number, webPort: number): Console {
  const flags = ["--data", "data", "--limits", "off", "--web", String(webPort)];
  const child = Bun.spawn({
    cmd: [executable, "serve", String(port), "127.0.0.1", ...flags],
    cwd: folder,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  let out = "";
  let wake: (() => void) | undefined;
  const reading = (async (): Promise<void> => {
    for await (const chunk of child.stdout) {
      out += Buffer.from(chunk).toString();
      wake?.();
    }
    await child.exited;
    wake?.();
  })();
  return {
    type(line) {
      void child.stdin.write(`${line}\n`);
      void child.stdin.flush();
    },
    async until(part) {
      for (;;) {
        const at = out.indexOf(part);
        if (at >= 0) {
          out = out.slice(at + part.length);
          return;
        }
        if (child.exitCode !== null) throw new Error(`the server ended: ${out}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await child.exited;
      await reading;
    },
  };
}
