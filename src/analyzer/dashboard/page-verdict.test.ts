/** How the chosen packet was judged, in a real browser: its score, whether it is flagged or expected, and why. */
import { expect, test } from "bun:test";
import { flood, ordinary } from "../anomaly/traffic-maker.test-support.ts";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import type { Answers } from "./contract.ts";
import { TestDashboard, testHost } from "./dashboard.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";

const content = pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d });

test.skipIf(chromium === undefined)(
  "the inspector tells the verdict of every judged packet",
  async () => {
    await using dashboard = await TestDashboard.open({
      content,
      page: await loadPageAssets(),
      isJudged: true,
    });
    const ask = async <R extends keyof Answers>(path: string): Promise<Answers[R]> =>
      (await (await dashboard.ask(path)).json()) as Answers[R];
    const fetch = async (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      return await dashboard.ask(`${pathname}${search}`, { Host: testHost });
    };
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch });
    await using browser = await TestBrowser.open();
    const verdictOf = async (number: number): Promise<unknown> => {
      const url = `http://127.0.0.1:${server.port}/?tab=packets&packet=${number}`;
      await browser.goTo(url, `document.querySelector(".verdict") !== null`);
      return await browser.evaluate(`({
        said: document.querySelector(".verdict p").textContent,
        why: document.querySelector(".verdict .reasons")?.textContent ?? "",
      })`);
    };
    // Not the first of an episode, nor one of those that the report names.
    const { number } = (await ask<"/api/packets">("/api/packets?q=flagged&offset=200&limit=1")).rows[0]!;
    const { score, reasons } = await ask<"/api/packets/:number">(`/api/packets/${number}`);
    const why = expect.stringContaining(reasons[0]!.text);
    const told = `score ${score!.toFixed(3)}`;
    expect(await verdictOf(number)).toEqual({ said: `⚑ Flagged, ${told}`, why });
    const other = (await ask<"/api/packets">("/api/packets?q=not flagged&limit=1")).rows[0]!;
    const ordinaryTold = `Not flagged, score ${other.score!.toFixed(3)}`;
    expect(await verdictOf(other.number)).toEqual({ said: ordinaryTold, why: "" });
    for (const { key } of (await ask<"/api/anomalies">("/api/anomalies")).episodes)
      await dashboard.post("/api/expected", JSON.stringify({ key, expected: true }));
    expect(await verdictOf(number)).toEqual({ said: `Marked as expected, ${told}`, why });
    expect(browser.errors).toEqual([]);
    await server.stop(true);
  },
  120_000,
);

if (chromium === undefined) process.stderr.write("skipped: there is no Chromium\n");
