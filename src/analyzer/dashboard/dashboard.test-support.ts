/** A dashboard over a capture in memory, asked without a network. */
import { tmpdir } from "node:os";
import type { Hono } from "hono";
import { Anomalies } from "../anomaly/anomalies.ts";
import type { ExpectedMark, ExpectedMarks } from "../anomaly/expected-marks.ts";
import { memoryBytes, pcapFile } from "../capture/capture-builder.test-support.ts";
import { openCapture } from "../capture/open-capture.ts";
import { LiveMonitor } from "../monitor/live-monitor.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { openStoredPackets } from "../store/open-stored-packets.ts";
import { createAccess } from "./access.ts";
import { createDashboardApp } from "./dashboard-app.ts";
import type { FeedClock } from "./live-feed.ts";
import { OpenCaptures, type ShownMonitor } from "./open-captures.ts";
import type { PageAssets } from "../../lib/embedded-page.ts";

export const testHost = "127.0.0.1:8050";

/** One TCP packet of 54 bytes, a second after 1970. */
export const onePacket = pcapFile([{ data: ethernet(0x0800, ipv4(6, tcp())), seconds: 1 }]);

export interface TestDashboardOptions {
  /** A capture file. */
  content?: Uint8Array;
  token?: string;
  page?: PageAssets;
  names?: string[];
  /** Looks for what is abnormal. */
  isJudged?: boolean;
  /** From which score on a packet is flagged, where that is not to be learnt. */
  threshold?: number;
  /** Folders for uploads. */
  folders?: string[];
  /** Drives live events. */
  clock?: FeedClock;
  /** Changes what the dashboard sees of the monitor. */
  changed?: Partial<ShownMonitor>;
}

/** Marks as a test keeps them. */
export function testMarks(): ExpectedMarks {
  const marks = new Map<string, ExpectedMark>();
  return {
    list: () => [...marks.values()],
    has: (key) => marks.has(key),
    add: (mark) => marks.set(mark.key, mark) === marks,
    remove: (key) => void marks.delete(key),
    close() {},
  };
}

export class TestDashboard {
  readonly app: Hono;
  readonly captures: OpenCaptures;
  readonly marks: ExpectedMarks;
  private readonly close: () => Promise<void>;

  private constructor(app: Hono, captures: OpenCaptures, marks: ExpectedMarks, close: () => Promise<void>) {
    this.app = app;
    this.captures = captures;
    this.marks = marks;
    this.close = close;
  }

  static async open(options: TestDashboardOptions = {}): Promise<TestDashboard> {
    const { content = onePacket, token, page = new Map(), names = [], folders = [tmpdir()] } = options;
    const marks = testMarks();
    const makeAnomalies = (): Anomalies | undefined =>
      options.isJudged ? new Anomalies({ seed: 1, expected: marks }) : undefined;
    const anomalies = makeAnomalies();
    if (options.threshold !== undefined && anomalies !== undefined)
      Object.defineProperty(anomalies, "threshold", { value: options.threshold });
    const source = await openCapture("stdin", "small.pcap", memoryBytes(content));
    const packets = openStoredPackets(source, [tmpdir()]);
    const monitor = new LiveMonitor(source, { now, store: packets, anomalies });
    await monitor.run();
    const shown: ShownMonitor =
      options.changed === undefined ? monitor : changedMonitor(monitor, options.changed);
    const clock = options.clock ?? { now, every };
    const captures = new OpenCaptures(shown, packets, { folders, makeAnomalies }, clock);
    const access = createAccess(token);
    const app = createDashboardApp({ captures, marks, page, access, names, now, wallClock: () => 1.5 });
    return new TestDashboard(app, captures, marks, async () => {
      await captures.closeAll();
      await packets.close();
    });
  }

  async ask(path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
    return await this.app.request(path, { ...init, headers: { Host: testHost, ...headers } });
  }

  async post(path: string, body: Bun.BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    return await this.ask(path, headers, { method: "POST", body });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Status, code and sentence of a problem, which must be one. */
export async function problemOf(response: Response | Promise<Response>): Promise<string> {
  const { status, body } = await readProblem(await response);
  return `${status} ${body.error.code}: ${body.error.message}`;
}

async function readProblem(response: Response) {
  const body = (await response.json()) as { error: { code: string; message: string } };
  if (!/^[^\n]+[.?]$/.test(body.error.message)) throw new Error(`no sentence: ${JSON.stringify(body)}`);
  return { status: response.status, body };
}

function changedMonitor(monitor: LiveMonitor, changed: Partial<ShownMonitor>): ShownMonitor {
  const same: ShownMonitor = {
    current: () => monitor.current(),
    counts: () => monitor.counts(),
    isLive: monitor.isLive,
    answers: monitor.answers,
    expectOtherwise: () => monitor.expectOtherwise(),
  };
  return Object.assign(same, changed);
}

const now = (): number => performance.now();

function every(intervalMs: number, work: () => void): () => void {
  const timer = setInterval(work, intervalMs);
  return () => clearInterval(timer);
}
