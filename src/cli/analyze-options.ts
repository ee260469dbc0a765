/** What `pcs analyze` is to do, out of its flags; combinations that make no sense are wrong usage. */
import { UsageError } from "../lib/errors.ts";
import { portOf } from "./command.ts";

export interface AnalyzeFlags {
  iface?: string | undefined;
  read?: string | undefined;
  filter?: string | undefined;
  write?: string | undefined;
  duration?: string | undefined;
  count?: string | undefined;
  json?: boolean | undefined;
  anomalies?: boolean | undefined;
  seed?: string | undefined;
  labels?: string | undefined;
  report?: string | undefined;
  state?: string | undefined;
  promiscuous?: boolean | undefined;
  host?: string | undefined;
  port?: string | undefined;
  "token-file"?: string | undefined;
}

export type CaptureChoice =
  | { kind: "interface"; name: string; promiscuous: boolean }
  | { kind: "file"; path: string }
  | { kind: "stdin" };

export interface AnalyzeOptions {
  capture: CaptureChoice;
  /** A BPF expression. */
  filter: string | undefined;
  /** Where what is captured is saved. */
  writeTo: string | undefined;
  durationMs: number | undefined;
  maxPackets: number | undefined;
  json: boolean;
  /** A file for the page with all that it shows. */
  report: string | undefined;
  /** Where marks are kept; undefined for the user's own folder. */
  state: string | undefined;
  /** Undefined where anomalies are not looked for. */
  seed: number | undefined;
  /** A CSV file that says which packets are an attack's. */
  labels: string | undefined;
  host: string;
  port: number;
  tokenFile: string | undefined;
}

/** Longer than this a timer cannot run. */
const maxDurationSeconds = 2_147_483;

/** @throws UsageError with one sentence */
export function analyzeOptions(flags: AnalyzeFlags): AnalyzeOptions {
  for (const [end, isWanted] of [
    ["--json", flags.json === true],
    ["--report", flags.report !== undefined],
  ] as const)
    for (const name of ["host", "port", "token-file", "state"] as const)
      if (isWanted && flags[name] !== undefined)
        throw new UsageError(`--${name} is for the dashboard, and with ${end} there is none.`);
  if (flags.report === "") throw new UsageError("--report needs the name of a file.");
  if (flags.anomalies === false)
    for (const name of ["seed", "labels"] as const)
      if (flags[name] !== undefined)
        throw new UsageError(`--${name} is for anomalies, and with --no-anomalies there are none.`);
  if (flags.labels !== undefined && !flags.json)
    throw new UsageError("--labels is for a report: it needs --json.");
  return {
    capture: captureOf(flags),
    filter: flags.filter,
    writeTo: flags.write,
    durationMs: flags.duration === undefined ? undefined : durationOf(flags.duration) * 1000,
    maxPackets: flags.count === undefined ? undefined : countOf(flags.count),
    json: flags.json ?? false,
    seed: flags.anomalies === false ? undefined : seedOf(flags.seed ?? "1"),
    labels: flags.labels,
    report: flags.report,
    state: flags.state,
    host: flags.host ?? "127.0.0.1",
    port: flags.port === undefined ? 8050 : portOf(flags.port, "--port"),
    tokenFile: flags["token-file"],
  };
}

function captureOf(flags: AnalyzeFlags): CaptureChoice {
  const { iface, read, promiscuous = true } = flags;
  if (iface !== undefined && read !== undefined)
    throw new UsageError("--iface and --read exclude each other: a capture is live or read.");
  if (iface !== undefined) return { kind: "interface", name: iface, promiscuous };
  if (read === undefined)
    throw new UsageError("say what to analyze: --iface NAME for live traffic, or --read FILE.");
  for (const name of ["write", "duration", "count"] as const)
    if (flags[name] !== undefined) throw new UsageError(`--${name} is for live traffic: it needs --iface.`);
  if (!promiscuous) throw new UsageError("--no-promiscuous is for live traffic: it needs --iface.");
  return read === "-" ? { kind: "stdin" } : { kind: "file", path: read };
}

function durationOf(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds <= 0 || seconds > maxDurationSeconds)
    throw new UsageError(
      `--duration must be seconds, more than 0 and at most ${maxDurationSeconds}, and '${text}' is not.`,
    );
  return seconds;
}

function seedOf(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seed))
    throw new UsageError(`--seed must be a whole number from 0, and '${text}' is not.`);
  return seed;
}

function countOf(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || !Number.isSafeInteger(count))
    throw new UsageError(`--count must be a whole number of packets from 1, and '${text}' is not.`);
  return count;
}
