/**
 * Opens a live dashboard in a real browser and prints a line of JSON now and then, until the page has been told so
 * many updates, or for so many seconds. A program of its own, because the dashboard can be reached from inside its
 * namespace alone:
 *
 *   live-page.ts URL UPDATES SECONDS
 */
import { TestBrowser } from "../../src/lib/browser.test-support.ts";

export interface PageSample {
  atMs: number;
  /** Live updates that the page was told so far. */
  updates: number;
  /** Bytes of the page's JavaScript heap, after what is garbage was collected. */
  heap: number;
  /** Of the latest update. */
  packets: number;
  dropped: number;
}

/** Between two samples: a collection stops the page for a while. */
const everyMs = 2000;

/** Counts what the page is told, without a part in it. */
const counter = `(() => {
  const Real = EventSource;
  window.told = { updates: 0, packets: 0, dropped: 0 };
  window.EventSource = class extends Real {
    constructor(...words) {
      super(...words);
      this.addEventListener("snapshot", ({ data }) => {
        const { packets, droppedByKernel, droppedByPcs } = JSON.parse(data);
        window.told = { updates: window.told.updates + 1, packets, dropped: droppedByKernel + droppedByPcs };
      });
    }
  };
})()`;

async function watch(url: string, updates: number, seconds: number): Promise<void> {
  const endsAt = performance.now() + seconds * 1000;
  await using browser = await TestBrowser.open();
  await browser.send("HeapProfiler.enable");
  await browser.send("Page.addScriptToEvaluateOnNewDocument", { source: counter });
  await browser.goTo(url, `document.querySelector(".facts") !== null && window.told.updates > 0`);
  for (let seen = 0; seen < updates && performance.now() < endsAt; await Bun.sleep(everyMs)) {
    await browser.send("HeapProfiler.collectGarbage");
    const used = (await browser.send("Runtime.getHeapUsage")) as unknown as { result: { usedSize: number } };
    const told = (await browser.evaluate("window.told")) as Omit<PageSample, "atMs" | "heap">;
    const sample: PageSample = { atMs: Math.round(performance.now()), heap: used.result.usedSize, ...told };
    process.stdout.write(`${JSON.stringify(sample)}\n`);
    seen = told.updates;
  }
  if (browser.errors.length > 0) throw new Error(browser.errors.join("\n"));
}

if (import.meta.main) {
  const [url, updates, seconds] = process.argv.slice(2);
  await watch(url!, Number(updates), Number(seconds));
}
