/** The load written in C (`load/`), as a process that is asked one thing after another. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Peer } from "./peers.ts";

const sources = ["load.c", "client.c"].map((name) => join(import.meta.dir, "load", name));

/** One server under load, as the process knows it. */
export interface LoadedCrowd {
  peer: Peer;
  tls: boolean;
  room: string;
  receivers: number;
}

export class LoadProcess {
  #folder: string;
  #child: Bun.Subprocess<"pipe", "pipe", "inherit">;
  #lines: AsyncGenerator<string>;
  #crowds = 0;

  private constructor(folder: string, path: string) {
    this.#folder = folder;
    this.#child = Bun.spawn({ cmd: [path], stdin: "pipe", stdout: "pipe", stderr: "inherit" });
    this.#lines = linesOf(this.#child.stdout);
  }

  /** @returns undefined, and why, where this machine has no C compiler or no OpenSSL to compile with */
  static start(): { load: LoadProcess } | { load: undefined; why: string } {
    const folder = mkdtempSync(join(tmpdir(), "pcs-load-"));
    const path = join(folder, "load");
    if (Bun.which("cc") === null) return { load: undefined, why: "there is no C compiler (cc)" };
    const built = Bun.spawnSync({
      cmd: ["cc", "-O2", "-o", path, ...sources, "-lssl", "-lcrypto", "-lm"],
      stderr: "pipe",
    });
    if (built.exitCode === 0) return { load: new LoadProcess(folder, path) };
    rmSync(folder, { recursive: true, force: true });
    return { load: undefined, why: "the load does not compile (OpenSSL's headers: Debian's libssl-dev)" };
  }

  /** Connects all receivers of a server, and its sender. @returns the server's number, and how long it took */
  async connect(crowd: LoadedCrowd): Promise<{ crowd: number; seconds: number }> {
    const { peer, tls, room, receivers } = crowd;
    const words = [peer.name, Number(tls), peer.port, room, receivers, peer.tokensPath ?? "-"];
    const seconds = Number(await this.#ask(`connect ${words.join(" ")}`));
    return { crowd: this.#crowds++, seconds };
  }

  /** As fast as the server takes them. @returns seconds from the first byte sent to the last one received */
  async burst(crowd: number, messages: number, bytes: number): Promise<number> {
    return Number(await this.#ask(`burst ${crowd} ${messages} ${bytes}`));
  }

  /** So many messages a second. @returns microseconds from when a message was due to when it was received */
  async paced(crowd: number, rate: number, seconds: number, bytes: number): Promise<Latencies> {
    const answer = await this.#ask(`paced ${crowd} ${rate} ${seconds} ${bytes}`);
    const [median = 0, p99 = 0, longest = 0] = answer.split(" ").map(Number);
    return { median, p99, longest };
  }

  /** Lets the servers come to rest; what they still send is read. */
  async idle(ms: number): Promise<void> {
    await this.#ask(`idle ${ms}`);
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await this.#child.exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask(line: string): Promise<string> {
    void this.#child.stdin.write(`${line}\n`);
    await this.#child.stdin.flush();
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`the load ended at: ${line}`);
    return value;
  }
}

export interface Latencies {
  median: number;
  p99: number;
  longest: number;
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream) {
    rest += Buffer.from(chunk).toString();
    const lines = rest.split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
