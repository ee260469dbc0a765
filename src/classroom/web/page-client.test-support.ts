/** A page for tests, without a browser: the second protocol over a web socket, and a server with a page. */
import type { PageAssets } from "../../lib/embedded-page.ts";
import { Connection } from "../net/connection.ts";
import { WriteTick } from "../net/write-tick.ts";
import { PeerClient, hello } from "../server/peer/peer-client.test-support.ts";
import { startTestServer, type TestServer } from "../server/session/test-client.test-support.ts";
import { startWeb, type Web } from "./start-web.ts";

/** A page in miniature: what it is made of does not matter to a server. */
export const testPage = new Map([
  ["/", { body: Uint8Array.from(Buffer.from("<!doctype html>")), type: "text/html; charset=utf-8" }],
  ["/main.js", { body: Uint8Array.from(Buffer.from("0")), type: "text/javascript; charset=utf-8" }],
]);

export interface TestClassroom extends TestServer {
  web: Web;
}

export async function startTestClassroom({
  page,
  ...options
}: Parameters<typeof startTestServer>[0] & { page?: PageAssets } = {}): Promise<TestClassroom> {
  const running = await startTestServer(options);
  const { tls } = running.server.classroom.ports;
  const web = startWeb({
    host: "127.0.0.1",
    port: 0,
    names: ["lab"],
    identity: tls.kind === "require" ? tls.identity : undefined,
    server: running.server,
    page: page ?? testPage,
    linksOf: (port, scheme) => [`${scheme}://192.0.2.5:${port}/`],
  });
  return {
    ...running,
    web,
    async stop() {
      await running.stop();
      await web.stop();
    },
  };
}

/** @param headers as Bun's web socket sends them: a page of another site cannot choose them */
export async function openPage(
  { port, isEncrypted }: Web,
  headers: Record<string, string> = {},
): Promise<{ client: PeerClient; ws: WebSocket }> {
  const ws = new WebSocket(`${isEncrypted ? "wss" : "ws"}://127.0.0.1:${port}/ws`, {
    headers,
    tls: { rejectUnauthorized: false },
  } as unknown as string);
  ws.binaryType = "arraybuffer";
  const client = await PeerClient.over(async (events) => {
    const connection = new Connection(
      {
        remoteAddress: "",
        write(bytes, start, length) {
          ws.send(bytes.slice(start, start + length));
          return length;
        },
        pause() {},
        resume() {},
        end: () => ws.close(),
        terminate: () => ws.close(),
      },
      new WriteTick(),
      events,
    );
    ws.addEventListener("message", ({ data }) => connection.received(new Uint8Array(data as ArrayBuffer)));
    ws.addEventListener("close", () => connection.socketClosed());
    await new Promise((resolve, reject) => {
      ws.addEventListener("open", resolve);
      ws.addEventListener("error", () => reject(new Error("no web socket")));
    });
    return connection;
  });
  return { client, ws };
}

/** In over a page, under a new name. */
export async function registeredPage(web: Web, name: string): Promise<PeerClient> {
  const { client } = await openPage(web);
  await client.next();
  await client.shakeHands(hello);
  await client.logIn({ name, password: "long enough", create: true });
  return client;
}
