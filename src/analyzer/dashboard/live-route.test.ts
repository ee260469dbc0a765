import { afterEach, beforeEach, expect, test } from "bun:test";
import { maxLiveStreams } from "../limits.ts";
import { problemOf, TestDashboard } from "./dashboard.test-support.ts";

let live = true;
let packets = 0;
let dashboard: TestDashboard;
beforeEach(async () => {
  live = true;
  const counts = () => ({
    packets: packets++,
    bytes: 0,
    lastTime: null,
    droppedByKernel: 0,
    droppedByPcs: 0,
    flagged: null,
    learning: false,
    live,
  });
  dashboard = await TestDashboard.open({ changed: { counts } });
});
afterEach(() => dashboard[Symbol.asyncDispose]());

const open = async (): Promise<number> => {
  const text = await (await dashboard.ask("/metrics")).text();
  return Number(/^pcs_live_streams (\d+)$/m.exec(text)?.[1]);
};

test("events in their format, until the capture ends", async () => {
  const response = await dashboard.ask("/api/live");
  expect(response.headers.get("Content-Type")).toBe("text/event-stream; charset=utf-8");
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  const reader = response.body!.getReader();
  const first = new TextDecoder().decode((await reader.read()).value as Uint8Array);
  expect(first).toMatch(/^event: snapshot\ndata: \{"packets":\d+,[^\n]*"live":true[^\n]*\}\n\n$/);
  expect(await open()).toBe(1);
  live = false;
  const last = new TextDecoder().decode((await reader.read()).value as Uint8Array);
  expect(last).toContain('"live":false');
  expect((await reader.read()).done).toBe(true);
  expect(await open()).toBe(0);
});

test("more streams than there may be are refused with a sentence, until one is closed", async () => {
  const streams: Response[] = [];
  for (let i = 0; i < maxLiveStreams; i++) streams.push(await dashboard.ask("/api/live"));
  expect((await dashboard.ask("/api/live", {}, { method: "HEAD" })).status).toBe(200);
  expect(await problemOf(dashboard.ask("/api/live"))).toBe(
    `429 too_many: At most ${maxLiveStreams} pages can follow live at once; close one of them.`,
  );
  await streams[0]!.body!.cancel();
  const again = await dashboard.ask("/api/live");
  expect(again.status).toBe(200);
  for (const stream of [...streams.slice(1), again]) await stream.body!.cancel();
  expect(await open()).toBe(0);
});

test("takes no filter, and follows the capture that is asked for", async () => {
  expect(await problemOf(dashboard.ask("/api/live?q=tcp"))).toBe(
    "400 unknown_parameter: There is no parameter 'q' here.",
  );
  expect(await problemOf(dashboard.ask("/api/live?capture=9"))).toBe(
    "404 not_found: There is no open capture '9'.",
  );
});
