/** A client for tests that reads exactly what it needs, and a server in a folder of its own. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Socket } from "bun";
import { memoryAccounts } from "../../../store/memory/memory-accounts.ts";
import { memoryModeration } from "../../../store/memory/memory-moderation.ts";
import { memoryMessages } from "../../../store/memory/memory-messages.ts";
import { memoryTokens } from "../../../store/memory/memory-tokens.ts";
import { openDataFolder } from "../../../store/disk/data-folder.ts";
import { DiskCollections } from "../../../store/disk/disk-collections.ts";
import { DiskFiles } from "../../../store/disk/disk-files.ts";
import { DiskParts } from "../../../store/disk/disk-parts.ts";
import { DiskRuns } from "../../../store/disk/disk-runs.ts";
import { DiskScores } from "../../../store/disk/disk-scores.ts";
import { keepBankFile, listBankFiles } from "../../../store/disk/bank-files.ts";
import { diskAudit } from "../../../store/disk/disk-audit.ts";
import { openFile } from "../../../store/disk/open-file.ts";
import { diskQuizFiles } from "../../../store/disk/quiz-files.ts";
import { listFolder } from "../../../lib/folder-files.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import { Accounts } from "../../accounts/accounts.ts";
import { HashGate } from "../../accounts/hash-gate.ts";
import { LoginThrottle } from "../../accounts/login-throttle.ts";
import { SessionTokens } from "../../accounts/session-tokens.ts";
import { TeacherCodes } from "../../accounts/teacher-codes.ts";
import { defaultRetention } from "../../chat/retention.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import { greeting, registered, welcome } from "../../protocol/messages.ts";
import { parseBankFile } from "../../quiz/banks/bank-file.ts";
import type { Ports } from "../classroom.ts";
import { defaultLimits, type ServerLimits } from "../limits.ts";
import { Operator } from "../operator/operator.ts";
import { Server } from "../server.ts";

export type TestFrame = [header: string, payload: string];

export class TestClient {
  isClosed = false;
  #socket!: Socket;
  #buffer = Buffer.alloc(0);
  #wake: (() => void) | undefined;
  #waiting: Uint8Array[] = [];

  static async connect(port: number): Promise<TestClient> {
    const client = new TestClient();
    client.#socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data(_socket, chunk) {
          client.#buffer = Buffer.concat([client.#buffer, chunk]);
          client.#wake?.();
        },
        close() {
          client.isClosed = true;
          client.#wake?.();
        },
        error() {},
      },
    });
    return client;
  }

  /** A client that has registered under the name and was welcomed. */
  static async registered(port: number, name: string, password = "pw1"): Promise<TestClient> {
    const client = await TestClient.connect(port);
    await client.expect("info", greeting);
    client.send("info", "no");
    client.send("info", name);
    await client.expect("info", registered);
    client.send("info", password);
    await client.expect("info", welcome);
    return client;
  }

  static async loggedIn(port: number, name: string, password = "pw1"): Promise<TestClient> {
    const client = await TestClient.connect(port);
    for (const text of ["yes", name, password]) client.send("info", text);
    await client.expect("info", greeting);
    await client.expect("info", welcome);
    return client;
  }

  send(header: string, payload: string | Uint8Array): void {
    this.raw(encodeFrame(header, payload));
  }

  /** Writes everything in order, however slowly the other side takes it. */
  raw(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    if (this.#waiting.length === 1) this.#write();
  }

  #write(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const taken = Math.max(0, this.#socket.write(first));
      if (taken < first.length) {
        this.#waiting[0] = first.subarray(taken);
        if (!this.isClosed) setTimeout(() => this.#write(), 1);
        return;
      }
      this.#waiting.shift();
    }
  }

  /** The next frame. Fails after `timeoutMs`, or when the connection ends first. */
  async frame(timeoutMs = 4000): Promise<TestFrame> {
    const headerLength = (await this.bytes(2, timeoutMs)).readUInt16BE(0);
    const header = (await this.bytes(headerLength, timeoutMs)).toString();
    const payloadLength = (await this.bytes(4, timeoutMs)).readUInt32BE(0);
    return [header, (await this.bytes(payloadLength, timeoutMs)).toString()];
  }

  async expect(header: string, payload: string): Promise<void> {
    const frame = await this.frame();
    if (frame[0] !== header || frame[1] !== payload)
      throw new Error(`expected ${header} | ${payload}, got ${frame[0]} | ${frame[1]}`);
  }

  async bytes(count: number, timeoutMs = 4000): Promise<Buffer> {
    const deadline = Date.now() + timeoutMs;
    while (this.#buffer.length < count) {
      if (this.isClosed) throw new Error(`closed with ${this.#buffer.length} of ${count} bytes`);
      await this.#waitUntil(deadline);
    }
    const bytes = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return bytes;
  }

  async untilClosed(timeoutMs = 4000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.isClosed) await this.#waitUntil(deadline);
  }

  /** Fails if anything arrives within the time. */
  async expectNothing(ms: number): Promise<void> {
    await Bun.sleep(ms);
    if (this.#buffer.length > 0) throw new Error(`expected nothing, got ${this.#buffer.toString()}`);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends politely: what was written is read first. */
  end(): void {
    this.#socket.end();
  }

  /** Breaks off, as a machine does that goes out of range. */
  terminate(): void {
    this.#socket.terminate();
  }

  async #waitUntil(deadline: number): Promise<void> {
    const left = deadline - Date.now();
    if (left <= 0) throw new Error(`nothing came in time; held: ${this.#buffer.toString().slice(0, 200)}`);
    const woken = Promise.withResolvers<void>();
    const timer = setTimeout(woken.resolve, left);
    this.#wake = woken.resolve;
    await woken.promise;
    clearTimeout(timer);
  }
}

export interface TestServer {
  server: Server;
  operator: Operator;
  port: number;
  folder: string;
  /** What the operator saw. */
  screen: string[];
  warnings: string[];
  faults: unknown[];
  shutDowns: number;
  /** Stops, and fails if there was a fault nobody asked for. */
  stop(): Promise<void>;
}

export async function startTestServer(
  options: {
    limits?: Partial<ServerLimits>;
    port?: number;
    ports?: Partial<Ports>;
    /** Passwords are not hashed: for tests that have many people and are about something else. */
    isQuick?: boolean;
  } = {},
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "pcs-test-"));
  const data = openDataFolder(join(folder, "data"));
  const screen: string[] = [];
  const warnings: string[] = [];
  const faults: unknown[] = [];
  const accounts = memoryAccounts();
  const moderation = options.ports?.moderation ?? memoryModeration();
  const server = new Server("::", options.port ?? 0, {
    accounts: new Accounts(accounts, options.isQuick === true ? quickGate() : new HashGate(3), Date.now),
    messages: memoryMessages(),
    retention: defaultRetention,
    search: {
      search: () => Promise.resolve({ found: [], isMore: false, isBehind: true }),
      wake() {},
      close: () => Promise.resolve(),
    },
    tokens: new SessionTokens(memoryTokens(), accounts, Date.now, randomBytes),
    throttle: new LoginThrottle(),
    moderation,
    codes: new TeacherCodes(moderation, Date.now, randomBytes),
    audit: diskAudit(data.audit, (sentence) => screen.push(sentence), Date.now),
    shelf: {
      list: () => listBankFiles(data.banks),
      keep: (...file) => keepBankFile(data.banks, ...file),
      readBank: readBankIn(data.banks),
      randomSeed: () => 7,
    },
    tls: { kind: "off" },
    wallClock: Date.now,
    files: new DiskFiles(data.files, data.temporary),
    parts: new DiskParts(data.parts, Date.now()),
    scores: new DiskScores(data.scores),
    collections: new DiskCollections(data.collected, data.temporary),
    runs: new DiskRuns(data.quizzes, data.scores),
    screen: { line: (text) => void screen.push(text) },
    log: {
      info() {},
      warn: (text) => void warnings.push(text),
      fault: (error) => void faults.push(error),
    },
    registration: "open",
    limits: { ...defaultLimits, ...options.limits },
    now: () => performance.now(),
    ...options.ports,
  });
  const running: TestServer = {
    server,
    operator: new Operator(server.classroom, {
      quizFiles: diskQuizFiles(folder),
      openFile,
      listFolder,
      workingFolder: folder,
      readBank: readBankIn(folder),
      randomSeed: () => 7,
      joinCode: () => "a code",
      shutDown: () => running.shutDowns++,
    }),
    port: server.port,
    folder,
    screen,
    warnings,
    faults,
    shutDowns: 0,
    async stop() {
      await server.stop();
      data.unlock();
      rmSync(folder, { recursive: true, force: true });
      if (faults.length > 0) throw faults[0];
    },
  };
  return running;
}

/** Hashes nothing: for tests that have many people and are about something else. */
export function quickGate(): HashGate {
  const gate = new HashGate(1);
  gate.hash = (password) => Promise.resolve(`hash of ${password}`);
  gate.verify = (password, hash) => Promise.resolve(hash === `hash of ${password}`);
  return gate;
}

const readBankIn = (place: string) => async (path: string) => {
  const file = Bun.file(join(place, path));
  if (!(await file.exists())) throw new ExpectedError(`there is no ${path}.`);
  return parseBankFile(path, await file.bytes());
};
