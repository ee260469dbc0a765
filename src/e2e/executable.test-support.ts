/** The built executable, and a server of it in an empty folder with an empty PATH. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Subprocess } from "bun";

const root = resolve(import.meta.dir, "../..");
const isWindows = process.platform === "win32";

/** Path of the executable for this machine; built where it is missing or older than what it is made of. */
export function executable(): string {
  const path = join(root, "dist", isWindows ? "pcs.exe" : "pcs");
  if (existsSync(path) && statSync(path).mtimeMs > newestSource()) return path;
  const run = Bun.spawnSync({
    cmd: [process.execPath, join(root, "scripts/build.ts"), "--single"],
    stdout: "ignore",
    stderr: "pipe",
  });
  if (run.exitCode !== 0) throw new Error(run.stderr.toString());
  return path;
}

function newestSource(): number {
  let newest = 0;
  for (const folder of ["src", "public", "quiz_dir", "package.json", "bun.lock", "scripts/build.ts"]) {
    const path = join(root, folder);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true }).map((name) => join(path, String(name)))
      : [path];
    for (const file of files) newest = Math.max(newest, statSync(file).mtimeMs);
  }
  return newest;
}

/** A program whose lines are typed and read. */
export class Typed {
  readonly process: Subprocess<"pipe", "pipe", "pipe">;
  #output = "";
  #errors = "";
  #wake = (): void => {};

  constructor(cmd: string[], options: { cwd: string; env?: Record<string, string> }) {
    this.process = Bun.spawn({
      cmd,
      cwd: options.cwd,
      // A home of its own, for what a client remembers of servers.
      env: options.env ?? { HOME: options.cwd },
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
    });
    void this.#read(this.process.stdout, (text) => (this.#output += text));
    void this.#read(this.process.stderr, (text) => (this.#errors += text));
  }

  /** Everything it has printed. */
  get output(): string {
    return this.#output;
  }

  get errors(): string {
    return this.#errors;
  }

  type(line: string): void {
    void this.process.stdin.write(`${line}\n`);
    void this.process.stdin.flush();
  }

  /** Waits until it has printed the text. @returns what it has printed */
  async prints(text: string, timeoutMs = 20_000): Promise<string> {
    const deadline = Date.now() + timeoutMs;
    while (!this.#output.includes(text)) {
      if (Date.now() > deadline)
        throw new Error(`'${text}' was not printed, but:\n${this.#output}\n${this.#errors}`);
      await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), Bun.sleep(100)]);
    }
    return this.#output;
  }

  async #read(stream: ReadableStream<Uint8Array>, add: (text: string) => void): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      add(decoder.decode(chunk, { stream: true }));
      this.#wake();
    }
  }
}

export interface RunningServer {
  /** The empty folder it was started in. */
  folder: string;
  port: number;
  console: Typed;
  /** Types `shutdown` and waits for the end. @returns the exit code */
  stop(): Promise<number>;
}

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "pcs-e2e-"));
}

/** Without a page where `flags` name no port for it. */
export async function startServer(...flags: string[]): Promise<RunningServer> {
  const web = flags.includes("--web") ? [] : ["--no-web"];
  const folder = emptyFolder();
  const port = freePort();
  const console = new Typed([executable(), "serve", String(port), ...web, ...flags], { cwd: folder });
  await console.prints("Server is up.\n");
  return {
    folder,
    port,
    console,
    async stop() {
      console.type("shutdown");
      const code = await console.process.exited;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

export function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop();
  return port;
}
