/** A stay in a folder of its own with a server like the original, for the tests: each begins with a new one. */
import { afterEach, beforeEach } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { SeedServer } from "./seed-server.test-support.ts";
import { runSession, type SessionOptions } from "./session.ts";

export const limits = {
  connectMs: 1_000,
  greetingMs: 500,
  quietMs: 50,
  quietAtMostMs: 500,
  leaveMs: 500,
};

/** Sizes around the edges of one `recv(1024)`, and one of many. */
export const sizes = [0, 1, 511, 512, 513, 1021, 1022, 1023, 1024, 2046, 2047, 3_000_000];

/** A file with marks inside. */
export const withMark = Buffer.from(`before EOF after${"x".repeat(2000)}EOF and more`);

/** Bytes that are not all alike, with line feeds and high bytes among them. */
export function content(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 31 + (i >> 8)) & 255;
  return bytes;
}

class StayInTest {
  server!: SeedServer;
  folder!: string;
  downloads!: string;
  terminal!: FakeTerminal;
  interrupt!: AbortController;

  /** Runs to the end; an error counts as what the command line would print of it. */
  async stay(options: Partial<SessionOptions> = {}): Promise<number | string> {
    try {
      return await runSession(
        {
          host: "127.0.0.1",
          port: this.server.port,
          user: undefined,
          password: undefined,
          downloads: this.downloads,
          home: this.folder,
          limits,
          legacy: true,
          fingerprint: undefined,
          known: { place: "nowhere", find: () => undefined, remember: () => undefined },
          ...options,
        },
        {
          terminal: this.terminal,
          interrupted: this.interrupt.signal,
          now: () => performance.now(),
          list: () => [],
        },
      );
    } catch (error) {
      return String(error);
    }
  }

  /** Comes in as a known person. @returns what the stay will end with, in a list so that it is not waited for */
  async enter(options: Partial<SessionOptions> = {}): Promise<[Promise<number | string>]> {
    this.server.users.set("alice", "secret");
    this.terminal.type("yes");
    const end = this.stay({ user: "alice", password: "secret", ...options });
    await this.terminal.until("You joined the server.");
    return [end];
  }

  /** Writes a file. @returns its path */
  file(name: string, bytes: Uint8Array | string): string {
    const path = join(this.folder, name);
    writeFileSync(path, bytes);
    return path;
  }
}

/** Makes everything new before each test of the file that calls it, and takes it away again. */
export function useStay(): StayInTest {
  const at = new StayInTest();
  beforeEach(async () => {
    at.server = await SeedServer.start();
    at.folder = mkdtempSync(join(tmpdir(), "pcs-stay-"));
    at.downloads = join(at.folder, "downloads");
    at.terminal = new FakeTerminal();
    at.interrupt = new AbortController();
  });
  afterEach(async () => {
    await at.server.close();
    rmSync(at.folder, { recursive: true, force: true });
  });
  return at;
}
