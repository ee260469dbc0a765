/** Listens for connections. */
import { ExpectedError, errorCode, reasonOf } from "../../lib/errors.ts";
import { socketHandlers, type OpenConnection, type SocketData } from "./handlers.ts";
import type { WriteTick } from "./write-tick.ts";

export interface Listener {
  readonly port: number;
  /** Takes no more connections; those that are there stay. */
  stop(): void;
}

/**
 * Listens on `host` (`::` is every address of both families) and `port`.
 * @throws ExpectedError with one sentence where that cannot be had
 */
export function listen(
  host: string,
  port: number,
  tick: WriteTick,
  open: OpenConnection,
  fault: (error: Error) => void,
): Listener {
  const listenOn = (hostname: string): Listener => {
    const listener = Bun.listen<SocketData>({ hostname, port, socket: socketHandlers(tick, open, fault) });
    return { port: listener.port, stop: () => listener.stop() };
  };
  try {
    return onHost(host, listenOn);
  } catch (error) {
    if (errorCode(error) === "EADDRINUSE")
      throw new ExpectedError(
        `port ${port} is in use: another server is running, or choose one with --port.`,
      );
    throw new ExpectedError(`cannot listen on ${host} port ${port}: ${reasonOf(error)}.`, { cause: error });
  }
}

/** Listens on `host`; a machine without IPv6 has no `::`, and then it is every address it has. */
export function onHost<T>(host: string, listenOn: (hostname: string) => T): T {
  try {
    return listenOn(host);
  } catch (error) {
    const code = errorCode(error);
    if (host === "::" && (code === "EAFNOSUPPORT" || code === "EADDRNOTAVAIL")) return listenOn("0.0.0.0");
    throw error;
  }
}
