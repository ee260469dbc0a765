/** The callbacks between Bun's sockets and `Connection`, the same for those accepted and those dialled. */
import type { Socket, SocketHandler } from "bun";
import { Connection, plainBytes, type ConnectionEvents } from "./connection.ts";
import { giveBack } from "./give-back.ts";
import type { WriteTick } from "./write-tick.ts";

export interface SocketData {
  connection: Connection;
}

/** Makes what listens to a new connection. `connection()` is there as soon as the socket is open. */
export type OpenConnection = (connection: () => Connection) => ConnectionEvents;

/**
 * @param open makes what listens to a new connection, and is given a way to the connection to speak over
 * @param fault told of what a handler threw: a bug, which ends that connection and no other
 */
export function socketHandlers(
  tick: WriteTick,
  open: OpenConnection,
  fault: (error: Error) => void,
): SocketHandler<SocketData> {
  const connect = (socket: Socket<SocketData>): Connection => {
    const connection: Connection = new Connection(
      socket,
      tick,
      open(() => connection),
    );
    socket.data = { connection };
    return connection;
  };
  return {
    ...plainBytes,
    open(socket) {
      connect(socket);
    },
    data(socket, chunk) {
      const connection = plain(socket);
      if (connection === undefined) return;
      connection.received(chunk);
      giveBack(chunk);
    },
    drain(socket) {
      plain(socket)?.drained();
    },
    close(socket) {
      plain(socket)?.socketClosed();
    },
    error(socket, error) {
      fault(error);
      socket.terminate();
    },
  };
}

/** The connection over this socket. Where TLS was put between the two in place, this one has nothing to say any more. */
function plain(socket: Socket<SocketData>): Connection | undefined {
  const connection = socket.data?.connection;
  return connection?.isSecure ? undefined : connection;
}
