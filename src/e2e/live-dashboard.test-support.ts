/** A live capture with its dashboard inside a namespace, and a client of that dashboard there. */
import { readFileSync } from "node:fs";
import { emptyFolder, Typed } from "./executable.test-support.ts";

const token = "a-token-for-this-test";

/** What the page asks for, from inside the namespace: prints the answer of a route, once a line. */
const client = `
const [url, everyMs] = process.argv.slice(1);
for (;;) {
  const answer = await fetch(url, { headers: { Authorization: "Bearer ${token}" } });
  const { packets, dropped, live, bytes, anomalies } = await answer.json();
  const alerts = anomalies?.episodes.map(({ start, hosts, title }) => ({ start, hosts, title })) ?? [];
  const { learning = true, unjudged = 0 } = anomalies ?? {};
  const state = { at: Date.now(), packets, dropped, bytes, live: live ?? false, learning, unjudged, alerts };
  console.log(JSON.stringify(state));
  await Bun.sleep(Number(everyMs));
}`;

/** Asks once, and prints the answer as it stands. */
const once = `
const answer = await fetch(process.argv[1], { headers: { Authorization: "Bearer ${token}" } });
await Bun.write(Bun.stdout, await answer.bytes());`;

/** An episode, as far as tests look at it. */
export interface LiveAlert {
  /** Seconds since 1970. */
  start: number;
  hosts: string[];
  title: string;
}

export interface LiveState {
  /** When it was told, in milliseconds since 1970. */
  at: number;
  packets: number;
  bytes: number;
  dropped: number;
  live: boolean;
  /** Whether what is ordinary is still being learnt. */
  learning: boolean;
  /** Packets that were not judged. */
  unjudged: number;
  alerts: LiveAlert[];
}

export class LiveDashboard {
  readonly analyzer: Typed;
  private readonly watcher: Typed;
  private readonly inside: string[];
  private readonly url: string;

  private constructor(analyzer: Typed, watcher: Typed, inside: string[], url: string) {
    this.analyzer = analyzer;
    this.watcher = watcher;
    this.inside = inside;
    this.url = url;
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
    const all = { PATH: process.env["PATH"] ?? "", PCS_TOKEN: token, XDG_STATE_HOME: emptyFolder(), ...env };
    const analyzer = new Typed(words, { cwd: "/", env: all });
    const line = await analyzer.prints("/\n");
    const url = line.slice("Dashboard: ".length).trim();
    const watcher = new Typed([...inside, process.execPath, "-e", client, `${url}api/report`, "100"], {
      cwd: "/",
      env: all,
    });
    await watcher.prints("\n");
    return new LiveDashboard(analyzer, watcher, inside, url);
  }

  /** What another client is answered, asked from inside the namespace. */
  async ask(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const words = [...this.inside, process.execPath, "-e", once, this.url + path];
    return await Bun.spawn(words, { stdout: "pipe", stderr: "inherit" }).stdout.bytes();
  }

  /**
   * What a program prints that runs inside the namespace.
   * @param code gets the dashboard's address, with its token, as its first argument
   */
  async run(code: string): Promise<string> {
    const words = [...this.inside, process.execPath, "-e", code, `${this.url}#token=${token}`];
    return await Bun.spawn(words, { stdout: "pipe", stderr: "inherit" }).stdout.text();
  }

  /** Milliseconds for which the analyzer's first thread was ready to run and had no core, as Linux counts them. */
  get waitedMs(): number {
    const { pid } = this.analyzer.process;
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e6;
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
        throw new Error(
          `never told: ${JSON.stringify(this.states.at(-1))} ${this.analyzer.errors} ${this.watcher.errors}`,
        );
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
