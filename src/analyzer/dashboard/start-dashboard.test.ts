import { afterEach, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { memoryBytes } from "../capture/capture-builder.test-support.ts";
import { openCapture } from "../capture/open-capture.ts";
import { LiveMonitor } from "../monitor/live-monitor.ts";
import { openStoredPackets } from "../store/open-stored-packets.ts";
import { onePacket, testMarks } from "./dashboard.test-support.ts";
import { startDashboard, type Dashboard } from "./start-dashboard.ts";

const started: Dashboard[] = [];
afterEach(async () => {
  for (const dashboard of started.splice(0)) await dashboard.stop();
});

async function start(changes: { host?: string; port?: number; token?: string; isRoot?: boolean }) {
  const source = await openCapture("stdin", "-", memoryBytes(onePacket));
  const packets = openStoredPackets(source, [tmpdir()]);
  const monitor = new LiveMonitor(source, { now: () => 0, store: packets });
  await monitor.run();
  const dashboard = await startDashboard({
    host: "127.0.0.1",
    port: 0,
    token: undefined,
    isRoot: false,
    monitor,
    packets,
    uploads: { folders: [tmpdir()], makeAnomalies: () => undefined },
    marks: testMarks(),
    ...changes,
  });
  started.push(dashboard);
  return dashboard;
}

test("on loopback without a token", async () => {
  const dashboard = await start({});
  expect(dashboard.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect((await fetch(`${dashboard.url}api/report`)).status).toBe(200);
  await dashboard.stop();
  expect(fetch(dashboard.url)).rejects.toThrow();
});

test("as root a token is made, and stands in the address", async () => {
  const dashboard = await start({ isRoot: true });
  const [url = "", token] = dashboard.url.split("#token=");
  expect((await fetch(`${url}api/report`)).status).toBe(401);
  const headers = { Authorization: `Bearer ${token}` };
  expect((await fetch(`${url}api/report`, { headers })).status).toBe(200);
});

test("a token that was given is not printed", async () => {
  const dashboard = await start({ token: "given" });
  expect(dashboard.url).not.toContain("given");
  expect((await fetch(`${dashboard.url}api/report`)).status).toBe(401);
});

test("a port in use is told in one sentence", async () => {
  const dashboard = await start({});
  const port = Number(new URL(dashboard.url).port);
  expect(start({ port })).rejects.toThrow(
    `cannot show the dashboard on 127.0.0.1, port ${port}: the address is already in use.`,
  );
});

/** Sends a request as it stands. @returns what is answered until the server or the sender closes */
async function raw(url: string, request: string, isCut = false): Promise<string> {
  const { hostname, port } = new URL(url);
  const answer = Promise.withResolvers<string>();
  let text = "";
  const socket = await Bun.connect({
    hostname,
    port: Number(port),
    socket: {
      data(_, data) {
        text += data.toString();
        if (text.includes("\r\n\r\n")) answer.resolve(text);
      },
      close: () => answer.resolve(text),
    },
  });
  socket.write(request.replace("HOST", new URL(url).host));
  if (isCut) {
    await Bun.sleep(20);
    socket.terminate();
  }
  const result = await answer.promise;
  socket.terminate();
  return result;
}

const head = (length: number): string =>
  `POST /api/captures HTTP/1.1\r\nHost: HOST\r\nContent-Length: ${length}\r\n\r\n`;

test("a body that lies about its length: cut short it opens nothing, and what is too much is none of it", async () => {
  const { url } = await start({});
  const content = Buffer.from(onePacket).toString("latin1");
  await raw(url, head(5000) + content, true);
  await Bun.sleep(20);
  const rows = async (): Promise<unknown[]> =>
    (await (await fetch(`${url}api/captures`)).json()) as unknown[];
  expect(await rows()).toHaveLength(1);
  expect(await (await fetch(`${url}metrics`)).text()).toContain("pcs_uploads_refused_total 1\n");
  expect(await raw(url, head(4) + content)).toStartWith("HTTP/1.1 400 ");
  expect(await rows()).toHaveLength(1);
  expect(await raw(url, head(2 ** 40))).toStartWith("HTTP/1.1 413 ");
  expect((await fetch(`${url}api/captures`, { method: "POST", body: onePacket })).status).toBe(201);
});

test("what no route reads is not kept, however much comes", async () => {
  const { url } = await start({ token: "given" });
  const before = process.memoryUsage().rss;
  const chunk = new Uint8Array(1 << 20);
  let left = 200;
  const body = new ReadableStream({ pull: (c) => (left-- > 0 ? c.enqueue(chunk) : c.close()) });
  expect((await fetch(`${url}api/captures`, { method: "POST", body })).status).toBe(401);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});
