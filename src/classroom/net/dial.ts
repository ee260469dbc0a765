/** Connects to a server. */
import { ExpectedError, reasonOf } from "../../lib/errors.ts";
import type { Connection } from "./connection.ts";
import { socketHandlers, type OpenConnection } from "./handlers.ts";
import type { WriteTick } from "./write-tick.ts";

/**
 * Connects to `host` and `port`.
 * @throws ExpectedError with one sentence where nothing answers
 */
export async function dial(
  host: string,
  port: number,
  tick: WriteTick,
  open: OpenConnection,
  fault: (error: Error) => void,
): Promise<Connection> {
  try {
    const socket = await Bun.connect({ hostname: host, port, socket: socketHandlers(tick, open, fault) });
    return socket.data.connection;
  } catch (error) {
    throw new ExpectedError(`cannot connect to ${host} port ${port}: ${reasonOf(error)}.`, { cause: error });
  }
}
