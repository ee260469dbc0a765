/**
 * `pcs analyze`: opens a capture, reads it to its end, and prints the report or shows it on a dashboard. The
 * dashboard and its page are loaded only when they are shown.
 */
import { readFile } from "node:fs/promises";
import { openCaptureFile, openCaptureStream } from "../analyzer/capture/open-capture.ts";
import { analyzeCapture } from "../analyzer/monitor/analyze-capture.ts";
import type { FinishedReport } from "../analyzer/monitor/build-report.ts";
import { errorCode, ExpectedError, reasonOf, UsageError } from "../lib/errors.ts";
import { command, portOf } from "./command.ts";

const usage = `Usage: pcs analyze --read FILE [options]

Reports on a capture of network traffic (pcap or pcapng, also compressed with gzip) and shows the report on a
dashboard at http://127.0.0.1:8050 until Ctrl-C.

Options:
  --read FILE        the capture; - is standard input
  --json             print the report as JSON instead, and exit
  --host HOST        address of the dashboard (default 127.0.0.1)
  --port PORT        port of the dashboard (default 8050; 0 lets the system choose)
  --token-file FILE  the token that opens the dashboard; or PCS_TOKEN in the environment. Beyond this machine,
                     or run as root, one is needed: it is made and printed where none is given
`;

export const analyze = command({
  usage,
  args: {
    read: { type: "string" },
    json: { type: "boolean" },
    host: { type: "string" },
    port: { type: "string" },
    "token-file": { type: "string" },
  },
  async run(args) {
    if (args.read === undefined) throw new UsageError("say which capture to read: --read FILE.");
    const port = args.port === undefined ? 8050 : portOf(args.port, "--port");
    const report = await read(args.read);
    if (args.json) {
      await print(`${report.text}\n`);
      return 0;
    }
    return await show(report, args.host ?? "127.0.0.1", port, args["token-file"]);
  },
});

/** Writes all of it, unless whoever reads it has read enough: then the rest is not missed. */
async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const finish = (error?: Error | null): void =>
      error && errorCode(error) !== "EPIPE"
        ? reject(new ExpectedError(`cannot write the report: ${reasonOf(error)}.`, { cause: error }))
        : resolve();
    process.stdout.once("error", finish);
    process.stdout.write(text, finish);
  });
}

/** Ctrl-C while reading ends the process as an interrupted one. */
async function read(name: string): Promise<FinishedReport> {
  process.once("SIGINT", interrupt);
  try {
    const source = name === "-" ? await openCaptureStream(Bun.stdin.stream()) : await openCaptureFile(name);
    return await analyzeCapture(source);
  } finally {
    process.off("SIGINT", interrupt);
  }
}

function interrupt(): never {
  process.exit(130);
}

/** Serves the dashboard until Ctrl-C or a request to end, which is its clean end. */
async function show(
  report: FinishedReport,
  host: string,
  port: number,
  tokenFile: string | undefined,
): Promise<number> {
  const { startDashboard } = await import("../analyzer/dashboard/start-dashboard.ts");
  const dashboard = await startDashboard({
    host,
    port,
    token: await givenToken(tokenFile),
    isRoot: process.getuid?.() === 0,
    current: () => report,
  });
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  process.stdout.write(`Dashboard: ${dashboard.url}\n`);
  await stopped;
  await dashboard.stop();
  return 0;
}

/** The token out of the file, or else out of the environment. */
async function givenToken(file: string | undefined): Promise<string | undefined> {
  const [text, place] =
    file === undefined ? [process.env["PCS_TOKEN"] ?? "", "PCS_TOKEN"] : [await readToken(file), file];
  const token = text.trim();
  if (token === "" && file === undefined) return undefined;
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new ExpectedError(`${place} holds no token: it must be one word of ASCII characters.`);
  return token;
}

async function readToken(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new ExpectedError(`cannot read ${file}: ${reasonOf(error)}.`, { cause: error });
  }
}
