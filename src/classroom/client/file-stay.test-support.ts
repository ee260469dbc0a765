/** Stays of a person in the second protocol with a real server in one process, for the tests of files. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "bun:test";
import { startTestServer, type TestServer } from "../server/session/test-client.test-support.ts";
import { makeSelfSigned } from "../net/self-signed.ts";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { runSession } from "./session.ts";

const identity = makeSelfSigned(crypto.getRandomValues(new Uint8Array(16)));
const limits = { connectMs: 2_000, greetingMs: 2_000, quietMs: 50, quietAtMostMs: 500, leaveMs: 500 };

class Class {
  running!: TestServer;
  folder!: string;
  #stays: FileStay[] = [];

  async enter(name: string, interactive = true, answer = "no"): Promise<FileStay> {
    const stay = new FileStay(this.running.port, join(this.folder, name), name, interactive);
    this.#stays.push(stay);
    stay.terminal.type(answer);
    await stay.terminal.until("You joined the server.");
    return stay;
  }

  async end(): Promise<void> {
    for (const stay of this.#stays.splice(0)) await stay.leave();
    await this.running.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class FileStay {
  readonly terminal: FakeTerminal;
  readonly downloads: string;
  #interrupt = new AbortController();
  #end: Promise<unknown>;

  constructor(port: number, home: string, user: string, interactive: boolean) {
    this.terminal = new FakeTerminal(interactive);
    this.downloads = join(home, "downloads");
    this.#end = runSession(
      {
        host: "127.0.0.1",
        port,
        user,
        password: "long enough",
        downloads: this.downloads,
        home,
        limits,
        legacy: false,
        fingerprint: undefined,
        known: { place: "nowhere", find: () => undefined, remember: () => undefined },
      },
      {
        terminal: this.terminal,
        interrupted: this.#interrupt.signal,
        now: () => performance.now(),
        list: () => [],
      },
    ).catch(String);
  }

  async leave(): Promise<void> {
    this.#interrupt.abort();
    await this.#end;
  }
}

/** A new server and folder before each test of the file that calls it. */
export function useClass(): Class {
  const at = new Class();
  beforeEach(async () => {
    at.folder = mkdtempSync(join(tmpdir(), "pcs-files-"));
    at.running = await startTestServer({
      ports: { tls: { kind: "auto", identity, code: "TEST-TEST-TEST-TEST" } },
    });
  });
  afterEach(() => at.end());
  return at;
}
