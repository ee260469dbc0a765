/** Puts the dashboard on a port of this machine. */
import { hostname } from "node:os";
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import { maxUploadBytes } from "../limits.ts";
import type { FinishedReport } from "../monitor/build-report.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { createAccess, isLoopback, makeSecret, needsToken } from "./access.ts";
import { createDashboardApp } from "./dashboard-app.ts";
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
  current: () => FinishedReport;
  /** Whether it may still grow. */
  isLive?: () => boolean;
  /** Left out where none are kept. */
  packets?: StoredPackets | undefined;
}

export interface Dashboard {
  /** Where to open it; with the token in the fragment if it was made here. */
  url: string;
  stop(): Promise<void>;
}

/** @throws ExpectedError when the address cannot be listened on */
export async function startDashboard(settings: DashboardSettings): Promise<Dashboard> {
  const { host, port, current } = settings;
  const made = settings.token === undefined && needsToken(host, settings.isRoot) ? makeSecret() : undefined;
  const app = createDashboardApp({
    current,
    isLive: settings.isLive,
    packets: settings.packets,
    page: await loadPageAssets(),
    access: createAccess(settings.token ?? made),
    names: isLoopback(host) ? [] : [host, hostname(), `${hostname()}.local`],
  });
  const server = listen(host, port, app.fetch);
  const fragment = made === undefined ? "" : `#token=${made}`;
  return {
    url: `http://${printableHost(host)}:${server.port}/${fragment}`,
    stop: () => server.stop(true),
  };
}

function listen(
  host: string,
  port: number,
  fetch: (request: Request) => Response | Promise<Response>,
): Bun.Server<undefined> {
  try {
    return Bun.serve({
      hostname: host,
      port,
      fetch: (request) => fetch(request),
      maxRequestBodySize: maxUploadBytes,
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
