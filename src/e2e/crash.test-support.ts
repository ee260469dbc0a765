/**
 * Kills a server again and again while a class uses it, and its clients as often, and then looks for what was
 * acknowledged: messages, private messages, files and answers must all be there, once.
 */
import { Database } from "bun:sqlite";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseResults } from "../classroom/quiz/analysis/parse-results.ts";
import { CrashClient } from "./crash-client.test-support.ts";
import { hashOf, randomContent } from "./crash-files.test-support.ts";
import { startServer } from "./crash-server.test-support.ts";

const letters = "abcd";
const questions = 1_000;
/** What one client has said and was not told about, before it says more. */
const maxWaiting = 10;

export interface CrashFigures {
  kills: number;
  clientDeaths: number;
  reconnects: number;
  messages: number;
  privateMessages: number;
  answers: number;
  uploads: number;
  /** Files that were gone on with, in either direction. */
  resumes: number;
  downloads: number;
  /** Not acknowledged when their client died, and kept all the same. */
  keptUntold: number;
  /** A sentence each: what was lost, doubled, or went wrong otherwise. */
  faults: string[];
}

export interface CrashOptions {
  executable: string;
  port: number;
  kills: number;
  /** How long a server lives at most. */
  lifeMs: number;
  tell?: (line: string) => void;
}

export async function runCrashes(options: CrashOptions): Promise<CrashFigures> {
  const run = new CrashRun(options);
  try {
    return await run.run();
  } finally {
    await run.clean();
  }
}

class CrashRun {
  readonly #options: CrashOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), "pcs-crash-"));
  readonly #talkers: CrashClient[];
  readonly #uploaders: CrashClient[];
  readonly #students: CrashClient[];
  readonly #listener: CrashClient;
  readonly #ear: CrashClient;
  readonly #faults: string[] = [];
  readonly #pushed = new Map<string, string>();
  #server: ReturnType<typeof startServer> | undefined;
  #count = 0;
  #files = 0;

  constructor(options: CrashOptions) {
    this.#options = options;
    const make = (name: string): CrashClient => new CrashClient(name, options.port);
    this.#talkers = ["tom", "tim", "tea"].map(make);
    this.#uploaders = ["una", "ulf"].map(make);
    this.#students = ["sam", "sue", "sid"].map(make);
    this.#listener = make("lis");
    this.#ear = make("ear");
    mkdirSync(join(this.#folder, "push"));
    writeFileSync(join(this.#folder, "bank.gift"), bank());
  }

  async run(): Promise<CrashFigures> {
    const { kills, lifeMs, tell = () => {} } = this.#options;
    await this.#start();
    await this.#until("everybody is in", () => this.#clients.every(({ isIn }) => isIn));
    this.#server!.type("/quiz bank.gift paced");
    await this.#server!.prints("Quiz 'bank' started");
    const work = setInterval(() => this.#work(), 10);
    for (let kill = 1; kill <= kills; kill++) {
      const clients = [...this.#talkers, ...this.#uploaders, ...this.#students];
      setTimeout(() => pick(clients).die(), Math.random() * lifeMs);
      setTimeout(() => this.#ear.breakOff(), Math.random() * lifeMs);
      setTimeout(() => this.#steer(), Math.random() * lifeMs);
      await Bun.sleep(100 + Math.random() * lifeMs);
      await this.#server!.kill();
      // Now and then it is killed while it starts.
      if (Math.random() < 0.1) {
        const begun = this.#spawn();
        await Bun.sleep(Math.random() * 300);
        await begun.kill();
      }
      await this.#start();
      if (kill % 20 === 0) tell(`${kill} kills`);
    }
    clearInterval(work);
    await this.#until("all is acknowledged", () => this.#clients.every(({ isIdle }) => isIdle), 60_000);
    await this.#pushWhatIsMissing();
    this.#server!.type("/stop");
    await this.#server!.prints("The results are in ");
    await Bun.sleep(500);
    await Promise.all(this.#clients.map((client) => client.end()));
    this.#server!.type("shutdown");
    await this.#server!.ended;
    return this.#figures();
  }

  async clean(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.end()));
    await this.#server?.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #clients(): CrashClient[] {
    return [...this.#talkers, ...this.#uploaders, ...this.#students, this.#listener, this.#ear];
  }

  /** A moment in the class. */
  #work(): void {
    for (const talker of this.#talkers) {
      if (talker.waitingCount > maxWaiting) continue;
      talker.say(`${++this.#count} said`);
      if (Math.random() < 0.3) talker.tell("ear", `${this.#count} for you`);
    }
    for (const uploader of this.#uploaders)
      if (uploader.isIdle) uploader.upload(`file ${++this.#files}.bin`, randomContent());
    for (const student of this.#students) student.answer(letters[Math.floor(Math.random() * 4)]!);
  }

  /** The teacher goes on to the next question, and sends a file. */
  #steer(): void {
    this.#server?.type("/close");
    this.#server?.type("/next");
    const name = `push ${this.#pushed.size + 1}.bin`;
    const bytes = randomContent();
    writeFileSync(join(this.#folder, "push", name), bytes);
    this.#pushed.set(name, hashOf(bytes));
    this.#push(name);
  }

  #push(name: string): void {
    this.#server?.type(`send_file:ear:push:${name}`);
  }

  /** A file whose sending the teacher's server did not live to finish is sent again. */
  async #pushWhatIsMissing(): Promise<void> {
    const missing = (): string[] =>
      [...this.#pushed.keys()].filter((name) => !this.#ear.downloads.done.has(name));
    for (const name of missing()) {
      this.#push(name);
      await this.#until(`${name} is there`, () => this.#ear.downloads.done.has(name));
    }
  }

  #spawn(): ReturnType<typeof startServer> {
    const { executable, port } = this.#options;
    return startServer(executable, this.#folder, port);
  }

  async #start(): Promise<void> {
    this.#server = this.#spawn();
    await this.#server.prints("Server is up.");
  }

  async #until(what: string, isTrue: () => boolean, ms = 30_000): Promise<void> {
    const deadline = Date.now() + ms;
    while (!isTrue()) {
      if (Date.now() > deadline) return void this.#faults.push(`not in time: ${what}`);
      await Bun.sleep(20);
    }
  }

  #figures(): CrashFigures {
    const clients = this.#clients;
    const untold = this.#checkMessages() + this.#checkPrivate() + this.#checkAnswers() + this.#checkUploads();
    for (const [name, hash] of this.#pushed)
      if (this.#ear.downloads.done.get(name) !== hash) this.#faults.push(`${name} is not what was sent`);
    const path = join(this.#folder, "data/faults.log");
    if (existsSync(path)) this.#faults.push(`faults.log: ${readFileSync(path, "utf8").slice(0, 2_000)}`);
    for (const { faults, downloads } of clients) this.#faults.push(...faults, ...downloads.faults);
    const sum = (of: (client: CrashClient) => number): number =>
      clients.reduce((total, client) => total + of(client), 0);
    const told = clients.flatMap(({ acknowledged }) => acknowledged);
    const count = (begin: RegExp): number => told.filter((what) => begin.test(what)).length;
    return {
      kills: this.#options.kills,
      clientDeaths: sum(({ deaths }) => deaths),
      reconnects: sum(({ reconnects }) => reconnects),
      messages: count(/said$/),
      privateMessages: count(/^to /),
      answers: count(/^answer /),
      uploads: sum(({ uploaded }) => uploaded.size),
      resumes: sum(({ resumes, downloads }) => resumes + downloads.resumes),
      downloads: this.#ear.downloads.done.size,
      keptUntold: untold,
      faults: this.#faults,
    };
  }

  /** @returns how many were kept that nobody was told about */
  #compare(what: string, kept: readonly string[], clients: readonly CrashClient[], is: RegExp): number {
    const counts = new Map<string, number>();
    for (const each of kept) counts.set(each, (counts.get(each) ?? 0) + 1);
    for (const [each, count] of counts) if (count > 1) this.#faults.push(`${what} ${count} times: ${each}`);
    const told = clients.flatMap(({ acknowledged }) => acknowledged).filter((each) => is.test(each));
    for (const each of told) if (!counts.has(each)) this.#faults.push(`${what} lost: ${each}`);
    const toldSet = new Set(told);
    const unknown = new Set(clients.flatMap((client) => client.unknown));
    const untold = [...counts.keys()].filter((each) => !toldSet.has(each));
    for (const each of untold) if (!unknown.has(each)) this.#faults.push(`${what} from nowhere: ${each}`);
    return untold.length;
  }

  #checkMessages(): number {
    const database = new Database(join(this.#folder, "data/messages.sqlite"));
    const kept = database
      .query<{ id: number; text: string }, []>("SELECT id, text FROM messages WHERE room = 1 ORDER BY id")
      .all();
    database.close();
    const heard = this.#listener.heard.map(({ id, text }) => `${id} ${text}`);
    if (heard.join("\n") !== kept.map(({ id, text }) => `${id} ${text}`).join("\n"))
      this.#faults.push("the listener did not hear each message once and in order");
    const texts = kept.map(({ text }) => text);
    return this.#compare("message", texts, this.#talkers, /said$/);
  }

  #checkPrivate(): number {
    const heard = this.#ear.privately.map(({ text }) => `to ear: ${text}`);
    return this.#compare("private message", heard, this.#talkers, /^to /);
  }

  #checkAnswers(): number {
    const path = join(this.#folder, "data/all_quiz_scores/bank.results.json");
    const read = parseResults(readFileSync(path, "utf8"));
    if (!read.ok) throw new Error(read.sentence);
    const { students, answers } = read.results;
    let untold = 0;
    for (const student of this.#students) {
      const number = students.findIndex(({ name }) => name === student.name);
      const kept = answers
        .filter((answer) => answer.student === number)
        .map(
          ({ question, given }) =>
            `answer ${question + 1} ${given.kind === "choice" ? letters[given.options[0]!] : "?"}`,
        );
      untold += this.#compare(`answer of ${student.name}`, kept, [student], /^answer /);
    }
    return untold;
  }

  #checkUploads(): number {
    let untold = 0;
    for (const { name, uploaded, unknownFiles } of this.#uploaders) {
      const folder = join(this.#folder, "data/files", name);
      const files = existsSync(folder) ? readdirSync(folder) : [];
      for (const [file, hash] of uploaded)
        if (!files.includes(file)) this.#faults.push(`file lost: ${file} of ${name}`);
        else if (hashOf(readFileSync(join(folder, file))) !== hash)
          this.#faults.push(`file damaged: ${file} of ${name}`);
      for (const file of files) {
        if (uploaded.has(file)) continue;
        if (unknownFiles.includes(file)) untold++;
        else this.#faults.push(`file doubled or from nowhere: ${file} of ${name}`);
      }
    }
    return untold;
  }
}

function pick<T>(from: readonly T[]): T {
  return from[Math.floor(Math.random() * from.length)]!;
}

function bank(): string {
  return Array.from({ length: questions }, (_, i) => `Question ${i + 1}? {=A ~B ~C ~D}`).join("\n\n");
}
