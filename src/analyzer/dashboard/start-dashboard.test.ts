import { expect, test } from "bun:test";
import { smallReport } from "./finished-report.test-support.ts";
import { startDashboard } from "./start-dashboard.ts";

async function start(changes: { host?: string; port?: number; token?: string; isRoot?: boolean }) {
  const report = await smallReport();
  return await startDashboard({
    host: "127.0.0.1",
    port: 0,
    token: undefined,
    isRoot: false,
    current: () => report,
    ...changes,
  });
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
  await dashboard.stop();
});

test("a token that was given is not printed", async () => {
  const dashboard = await start({ token: "given" });
  expect(dashboard.url).not.toContain("given");
  expect((await fetch(`${dashboard.url}api/report`)).status).toBe(401);
  await dashboard.stop();
});

test("a port in use is told in one sentence", async () => {
  const dashboard = await start({});
  const port = Number(new URL(dashboard.url).port);
  expect(start({ port })).rejects.toThrow(
    `cannot show the dashboard on 127.0.0.1, port ${port}: the address is already in use.`,
  );
  await dashboard.stop();
});
