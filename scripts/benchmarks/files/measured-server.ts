/** A server of the built executable in a folder of its own, with its console and what the system counts of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../peers.ts";

export class MeasuredServer {
  readonly port: number;
  readonly folder: string;
  #process: Bun.Subprocess<"pipe", "pipe", "inherit">;
  #output = "";

  private constructor(executable: string, flags: readonly string[]) {
    this.port = freePort();
    this.folder = mkdtempSync(join(tmpdir(), "pcs-bench-"));
    this.#process = Bun.spawn({
      cmd: [
        executable,
        "serve",
        "--no-web",
        String(this.port),
        "127.0.0.1",
        "--data",
        join(this.folder, "data"),
        ...flags,
      ],
      cwd: this.folder,
      stdin: "pipe",
      stdout: "pipe",
      stderr: "inherit",
    });
  }

  static async start(executable: string, ...flags: string[]): Promise<MeasuredServer> {
    const server = new MeasuredServer(executable, flags);
    void server.#read();
    await server.until("Server is up.");
    return server;
  }

  type(line: string): void {
    void this.#process.stdin.write(`${line}\n`);
    void this.#process.stdin.flush();
  }

  /** Resolves when a line with this part was printed since the call before. */
  async until(part: string): Promise<void> {
    for (;;) {
      const at = this.#output.indexOf(part);
      if (at >= 0) {
        this.#output = this.#output.slice(at + part.length);
        return;
      }
      if (this.#process.exitCode !== null) throw new Error(`the server ended before '${part}'`);
      await Bun.sleep(5);
    }
  }

  /** Bytes that the process has read from files so far; what comes from sockets by `recv` is not among them. */
  get readBytes(): number {
    return Number(/^rchar: (\d+)$/m.exec(readFileSync(`/proc/${this.#process.pid}/io`, "utf8"))?.[1]);
  }

  /** Most memory that the process ever had, in MB. */
  get peakMb(): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1000;
  }

  /** Takes away what was uploaded, so that the disk holds one file at a time. */
  forgetFiles(): void {
    const files = join(this.folder, "data/files");
    for (const name of readdirSync(files)) rmSync(join(files, name), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    this.#process.kill();
    await this.#process.exited;
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of this.#process.stdout) this.#output += decoder.decode(bytes, { stream: true });
  }
}
