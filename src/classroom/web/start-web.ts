/** Puts the classroom page on a port of this machine, and lets its web sockets into the classroom. */
import type { ServerWebSocket } from "bun";
import { ExpectedError, errorCode, reasonOf } from "../../lib/errors.ts";
import type { PageAssets } from "../../lib/embedded-page.ts";
import type { Connection } from "../net/connection.ts";
import { onHost } from "../net/listen.ts";
import { PageSocket } from "../net/page-socket.ts";
import type { SelfSigned } from "../net/self-signed.ts";
import type { Server } from "../server/server.ts";
import * as limits from "./limits.ts";
import { createWebApp, type WebCounts } from "./web-app.ts";

export interface WebSettings {
  /** An address or a name of this machine, without brackets; `::` is every address of both families. */
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Names, besides addresses and `localhost`, under which this server may be asked. */
  names: readonly string[];
  /** Undefined: plain HTTP. */
  identity: SelfSigned | undefined;
  server: Server;
  page: PageAssets;
  /** Where the page is opened from other machines, at least one. */
  linksOf: (port: number, scheme: "http" | "https") => string[];
}

export interface Web {
  readonly port: number;
  readonly isEncrypted: boolean;
  readonly links: readonly string[];
  stop(): Promise<void>;
}

/** What belongs to an open web socket. */
interface Page {
  socket: PageSocket;
  connection: Connection;
}

type Data = Partial<Page>;

/** @throws ExpectedError with one sentence where the port cannot be had */
export function startWeb(settings: WebSettings): Web {
  const { server, names, page, identity } = settings;
  const counts: WebCounts = { pages: 0, overruns: 0, foreignRequests: 0 };
  let links: readonly string[] = [];
  const app = createWebApp({
    links: () => links,
    classroom: server.classroom,
    connections: () => server.connectionCount,
    page,
    names,
    counts,
  });
  const isEncrypted = identity !== undefined;
  const listenOn = (hostname: string): Bun.Server<Data> =>
    Bun.serve<Data>({
      hostname,
      port: settings.port,
      maxRequestBodySize: limits.maxRequestBytes,
      ...(identity === undefined ? {} : { tls: { key: identity.key, cert: identity.certificate } }),
      fetch: (request, bun) =>
        new Promise((answer) => {
          // A class that comes back asks for its pages and sockets all at once.
          server.classroom.entrance.enter(() =>
            answer(app.fetch(request, { upgrade: () => bun.upgrade(request, { data: {} }) })),
          );
        }),
      websocket: {
        maxPayloadLength: limits.maxPageMessageBytes,
        backpressureLimit: limits.maxWaitingBytes,
        idleTimeout: limits.pageIdleSeconds,
        perMessageDeflate: false,
        open: (ws) => open(ws, server, isEncrypted, counts),
        message(ws, message) {
          // Frames are bytes; text is nothing that a page of ours sends.
          if (typeof message === "string") ws.close(unsupportedData);
          else ws.data.socket?.message(message);
        },
        drain(ws) {
          ws.data.socket?.drained();
          ws.data.connection?.drained();
        },
        close(ws) {
          counts.pages--;
          ws.data.connection?.socketClosed();
        },
      },
    });
  const listener = listenHere(settings, listenOn);
  const port = listener.port ?? 0;
  links = settings.linksOf(port, isEncrypted ? "https" : "http");
  return { port, isEncrypted, links, stop: () => listener.stop(true) };
}

/** RFC 6455 §7.4.1. */
const unsupportedData = 1003;

function open(ws: ServerWebSocket<Data>, server: Server, isEncrypted: boolean, counts: WebCounts): void {
  counts.pages++;
  const socket: PageSocket = new PageSocket(ws, isEncrypted, () =>
    isMember() ? limits.maxPageBytes : limits.maxNewcomerPageBytes,
  );
  const { connection, isMember } = server.admit(socket);
  ws.data = { socket, connection };
  socket.deliverTo(
    (bytes) => connection.received(bytes),
    () => counts.overruns++,
  );
}

function listenHere(
  { host, port }: WebSettings,
  listenOn: (hostname: string) => Bun.Server<Data>,
): Bun.Server<Data> {
  try {
    return onHost(host, listenOn);
  } catch (error) {
    if (errorCode(error) === "EADDRINUSE")
      throw new PortTaken(
        `port ${port} is in use, so the web page cannot be there: choose another with --web.`,
      );
    throw new ExpectedError(`cannot show the web page on ${host} port ${port}: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

/** Somebody else has the port. */
export class PortTaken extends ExpectedError {}
