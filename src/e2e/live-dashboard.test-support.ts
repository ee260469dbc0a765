/** A live capture with its dashboard inside a namespace, and a client of that dashboard there. */
import { Typed } from "./executable.test-support.ts";

const token = "a-token-for-this-test";

/** What the page asks for, from inside the namespace: prints the answer of a route, once a line. */
const client = `
const [url, everyMs] = process.argv.slice(1);
for (;;) {
  const answer = await fetch(url, { headers: { Authorization: "Bearer ${token}" } });
  const { packets, dropped, live, bytes } = await answer.json();
  console.log(JSON.stringify({ packets, dropped, bytes, live: live ?? false }));
  await Bun.sleep(Number(everyMs));
}`;

export interface LiveState {
  packets: number;
  bytes: number;
  dropped: number;
  live: boolean;
}

export class LiveDashboard {
  readonly analyzer: Typed;
  private readonly watcher: Typed;

  private constructor(analyzer: Typed, watcher: Typed) {
    this.analyzer = analyzer;
    this.watcher = watcher;
  }

  /**
   * Starts `pcs analyze` and a client that asks for the report ten times a second.
   * @param inside the command line that enters the namespace
   */
  static async start(
    inside: string[],
    pcs: string[],
    flags: string[],
    env: Record<string, string>,
  ): Promise<LiveDashboard> {
    const words = [...inside, ...pcs, "analyze", "--iface", "in", "--port", "0", ...flags];
    const all = { PATH: process.env["PATH"] ?? "", PCS_TOKEN: token, ...env };
    const analyzer = new Typed(words, { cwd: "/", env: all });
    const line = await analyzer.prints("/\n");
    const url = `${line.slice("Dashboard: ".length).trim()}api/report`;
    const watcher = new Typed([...inside, process.execPath, "-e", client, url, "100"], {
      cwd: "/",
      env: all,
    });
    await watcher.prints("\n");
    return new LiveDashboard(analyzer, watcher);
  }

  /** Everything the client was told. */
  get states(): LiveState[] {
    return this.watcher.output
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LiveState);
  }

  /** Waits until the client is told something. */
  async until(holds: (state: LiveState) => boolean, timeoutMs = 20_000): Promise<LiveState> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = this.states.find(holds);
      if (found !== undefined) return found;
      if (Date.now() > deadline)
        throw new Error(`never told: ${JSON.stringify(this.states.at(-1))} ${this.analyzer.errors}`);
      await Bun.sleep(50);
    }
  }

  /** Ends with Ctrl-C. @returns the exit code */
  async stop(): Promise<number> {
    this.watcher.process.kill();
    this.analyzer.process.kill("SIGINT");
    return await this.analyzer.process.exited;
  }
}
