/** Puts the dashboard on a port of this machine. */
import { hostname } from "node:os";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import type { ExpectedMarks } from "../anomaly/expected-marks.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { createAccess, isLoopback, makeSecret, needsToken } from "./access.ts";
import { createDashboardApp } from "./dashboard-app.ts";
import type { DashboardBindings } from "./doors.ts";
import { OpenCaptures, type ShownMonitor, type UploadOptions } from "./open-captures.ts";
import { loadPageAssets } from "./page-assets.ts";

export interface DashboardSettings {
  /** An address or a name of this machine, without brackets. */
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Undefined: one is made where it is needed. */
  token: string | undefined;
  /** Whether pcs runs as root. */
  isRoot: boolean;
  /** Of the capture that is shown first. */
  monitor: ShownMonitor;
  packets: StoredPackets;
  uploads: UploadOptions;
  marks: ExpectedMarks;
}

export interface Dashboard {
  /** Where to open it; with the token in the fragment if it was made here. */
  url: string;
  stop(): Promise<void>;
}

const now = (): number => performance.now();

/** @throws ExpectedError when the address cannot be listened on */
export async function startDashboard(settings: DashboardSettings): Promise<Dashboard> {
  const { host, port, monitor, packets, uploads, marks } = settings;
  const made = settings.token === undefined && needsToken(host, settings.isRoot) ? makeSecret() : undefined;
  const captures = new OpenCaptures(monitor, packets, uploads, { now, every });
  const app = createDashboardApp({
    captures,
    marks,
    page: await loadPageAssets(),
    access: createAccess(settings.token ?? made),
    names: isLoopback(host) ? [] : [host, hostname(), `${hostname()}.local`],
    now,
    wallClock: () => Date.now() / 1000,
  });
  const server = listen(host, port, (request, bindings) => app.fetch(request, bindings));
  const fragment = made === undefined ? "" : `#token=${made}`;
  return {
    url: `http://${printableHost(host)}:${server.port}/${fragment}`,
    async stop() {
      await server.stop(true);
      await captures.closeAll();
    },
  };
}

function every(intervalMs: number, work: () => void): () => void {
  const timer = setInterval(work, intervalMs);
  return () => clearInterval(timer);
}

function listen(
  host: string,
  port: number,
  answer: (request: Request, bindings: DashboardBindings) => Response | Promise<Response>,
): Bun.Server<undefined> {
  try {
    return Bun.serve({
      hostname: host,
      port,
      fetch: (request, server) =>
        answer(request, { keepOpen: (seconds) => server.timeout(request, seconds) }),
      // Each route has its own limit and says so; of a body that no route reads nothing is kept.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    });
  } catch (error) {
    throw new ExpectedError(`cannot show the dashboard on ${host}, port ${port}: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

/** Every address of the machine has no address of its own to print. */
function printableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
