/** Every panel draws in a real browser, in light and dark, and axe finds nothing to blame in any of them. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "../../lib/browser.test-support.ts";
import { flood, ordinary } from "../anomaly/traffic-maker.test-support.ts";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { TestDashboard, testHost } from "./dashboard.test-support.ts";
import { isBlank, lookAtPanels } from "./drawn-panels.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";

setDefaultTimeout(600_000);

const mix = join(import.meta.dir, "../../../../shared/captures/mix/mix.pcap.gz");

const captures = [
  [
    "a flood in ordinary traffic",
    () => pcapFile([...ordinary(60), ...flood(400, 40)], { magic: 0xa1b23c4d }),
  ],
  ["mix", () => (existsSync(mix) ? Bun.gunzipSync(readFileSync(mix)) : undefined)],
] as const;

describe("every panel draws", () => {
  test.each([...captures])("%s", async (name, read) => {
    const content = read();
    if (chromium === undefined || content === undefined) {
      const missing = content === undefined ? "../shared/captures/mix" : "Chromium";
      process.stderr.write(`skipped: every panel draws: ${name}: there is no ${missing}\n`);
      return;
    }
    await using dashboard = await TestDashboard.open({
      content,
      page: await loadPageAssets(),
      isJudged: true,
    });
    const server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: async (request) => {
        const { pathname, search } = new URL(request.url);
        return await dashboard.ask(`${pathname}${search}`, { Host: testHost });
      },
    });
    try {
      const { drawn, blamed, readable, tooWide, errors } = await lookAtPanels(
        `http://127.0.0.1:${server.port}/`,
        1,
      );
      expect(drawn.filter(isBlank)).toEqual([]);
      expect(drawn.length).toBeGreaterThan(90);
      expect(blamed).toEqual([]);
      expect(readable).toBeGreaterThan(1000);
      expect(tooWide).toEqual([]);
      expect(errors).toEqual([]);
    } finally {
      await server.stop(true);
    }
  });
});
