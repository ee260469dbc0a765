/** Ten windows of a real browser that follow live: six connections to a host are all that it opens. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { networkInterfaces } from "node:os";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import type { LiveCounts } from "../monitor/live-monitor.ts";
import { TestDashboard, testHost } from "./dashboard.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";

setDefaultTimeout(300_000);

const shown = `document.querySelector(".facts") !== null`;
/** Where plain http is not taken for secure. */
const lanAddress = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === "IPv4" && !each.internal)?.address;

async function openCounting() {
  let packets = 0;
  const counts = (): LiveCounts => {
    const told = { packets: ++packets, bytes: 0, lastTime: null, droppedByKernel: 0, droppedByPcs: 0 };
    return { ...told, flagged: null, learning: false, live: true };
  };
  const dashboard = await TestDashboard.open({
    page: await loadPageAssets(),
    isJudged: true,
    changed: { counts },
  });
  const reports: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "0.0.0.0",
    idleTimeout: 0,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/api/report") reports.push(search);
      return await dashboard.app.request(`${pathname}${search}`, {
        headers: { Host: testHost },
        signal: request.signal,
      });
    },
  });
  const streams = async (): Promise<number> =>
    Number(/pcs_live_streams (\d+)/.exec(await (await dashboard.ask("/metrics")).text())?.[1]);
  /** Waits until there is one stream, and each of these windows asks anew. */
  const goOn = async (windows: { at: number }[]): Promise<void> => {
    while ((await streams()) !== 1) await Bun.sleep(20);
    reports.length = 0;
    while (!windows.every(({ at }) => reports.some((search) => search.includes(`port=${at}`))))
      await Bun.sleep(20);
    // Two that took over at the same time have one in the end.
    while ((await streams()) !== 1) await Bun.sleep(20);
  };
  return { dashboard, server, goOn };
}

/** Whether a window has held the stream. */
function isHolder({ page }: { page: TestBrowser }): boolean {
  return page.requests.some((url) => url.includes("/api/live"));
}

for (const [host, secure] of [
  ["127.0.0.1", true],
  [lanAddress, false],
] as const)
  test(`ten windows share one stream, ${secure ? "on this machine" : "on plain http in a LAN"}`, async () => {
    if (chromium === undefined || host === undefined) {
      process.stderr.write(
        `skipped: ten windows: there is no ${chromium === undefined ? "Chromium" : "LAN"}\n`,
      );
      return;
    }
    const { dashboard, server, goOn } = await openCounting();
    const browser = await TestBrowser.open();
    try {
      let windows = await Promise.all(
        // Each asks for another port, by which it is known.
        Array.from({ length: 10 }, async (_, i) => ({ at: 1000 + i, page: await browser.openAnother() })),
      );
      const address = `http://${host}:${server.port}/`;
      for (const { at, page } of windows) await page.goTo(`${address}?port=${at}`, shown);
      expect(await windows[0]!.page.evaluate("[isSecureContext, document.hidden]")).toEqual([secure, false]);
      await goOn(windows);
      // Those that have held the stream are closed, and of the others fall asleep.
      for (const end of [
        async (page: TestBrowser) => await page[Symbol.asyncDispose](),
        async (page: TestBrowser) => await page.send("Page.setWebLifecycleState", { state: "frozen" }),
      ]) {
        const holders = windows.filter(isHolder);
        windows = windows.filter((each) => !isHolder(each));
        expect(holders.length).toBeGreaterThan(0);
        expect(windows.length).toBeGreaterThan(0);
        for (const { page } of holders) await end(page);
        await goOn(windows);
      }
      // On plain http Chromium tells that one of the headers is of no use there.
      const errors = windows.flatMap(({ page }) => page.errors);
      expect(errors.filter((text) => !text.startsWith("The Cross-Origin-Opener-Policy"))).toEqual([]);
    } finally {
      await browser[Symbol.asyncDispose]();
      await server.stop(true);
      await dashboard[Symbol.asyncDispose]();
    }
  });
