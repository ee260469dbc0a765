/** A tab that follows live in a real browser, and is hidden for a while. */
import { expect, setDefaultTimeout, test } from "bun:test";
import type { LiveCounts } from "../monitor/live-monitor.ts";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import { TestDashboard, testHost } from "./dashboard.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";

setDefaultTimeout(120_000);

const setHidden = (hidden: boolean): string => `
  Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));`;

test("it leaves its stream to other tabs, and comes back to what is so then", async () => {
  if (chromium === undefined) {
    process.stderr.write("skipped: a hidden tab: there is no Chromium\n");
    return;
  }
  let [packets, live] = [1, true];
  const asked: string[] = [];
  const counts = (): LiveCounts => {
    const told = { packets: ++packets, bytes: 0, lastTime: null, droppedByKernel: 0, droppedByPcs: 0 };
    return { ...told, flagged: null, learning: false, live };
  };
  await using dashboard = await TestDashboard.open({ page: await loadPageAssets(), changed: { counts } });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/api/report") asked.push(search);
      return await dashboard.app.request(`${pathname}${search}`, {
        headers: { Host: testHost },
        signal: request.signal,
      });
    },
  });
  const streams = async (count: number): Promise<void> => {
    for (;;) {
      const text = await (await dashboard.ask("/metrics")).text();
      if (text.includes(`pcs_live_streams ${count}\n`)) return;
      await Bun.sleep(20);
    }
  };
  const askedAgain = async (): Promise<void> => {
    const before = asked.length;
    while (asked.length === before) await Bun.sleep(20);
  };
  const browser = await TestBrowser.open();
  try {
    await browser.goTo(`http://127.0.0.1:${server.port}/`, `document.querySelector(".facts") !== null`);
    await streams(1);
    await askedAgain();
    await browser.evaluate(setHidden(true));
    await streams(0);
    await browser.evaluate(setHidden(false));
    await streams(1);
    await askedAgain();
    // Hidden while the capture ends: the end is told when it is seen again, and the stream is left for good.
    await browser.evaluate(setHidden(true));
    await streams(0);
    live = false;
    await Promise.all([askedAgain(), browser.evaluate(setHidden(false))]);
    await streams(0);
    expect(browser.errors).toEqual([]);
  } finally {
    await browser[Symbol.asyncDispose]();
    await server.stop(true);
  }
});
