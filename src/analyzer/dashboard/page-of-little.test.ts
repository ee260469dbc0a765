/** The page over captures of no packet and of one, and over a span without packets: every tab says so, and draws. */
import { expect, test } from "bun:test";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import { onePacket, TestDashboard, testHost } from "./dashboard.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";

const tabs = ["overview", "anomalies", "packets", "flows", "hosts", "conversations"];
const shown = `document.querySelector("#tab-panel .panel")?.dataset.state === "shown" &&
  document.querySelector(".facts") !== null`;

/** Packets in the header, and what must be read in each tab. */
const cases: [what: string, content: Uint8Array, search: string, packets: string, told: RegExp][] = [
  ["no packet", pcapFile([]), "", "0", /\b(no|none|nothing)\b/i],
  ["one packet", onePacket, "", "1", /10\.0\.0\.1|tcp|\bno\b|score/i],
  ["a span without packets", onePacket, "&from=5&to=9", "0", /\b(no|none|nothing)\b/i],
];

test.skipIf(chromium === undefined)(
  "every tab of little or nothing says so, and nothing breaks",
  async () => {
    const page = await loadPageAssets();
    await using browser = await TestBrowser.open();
    for (const [what, content, search, packets, told] of cases) {
      await using dashboard = await TestDashboard.open({ content, page, isJudged: true });
      const fetch = async (request: Request): Promise<Response> => {
        const { pathname, search: query } = new URL(request.url);
        return await dashboard.ask(`${pathname}${query}`, { Host: testHost });
      };
      const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch });
      for (const tab of tabs) {
        await browser.goTo(`http://127.0.0.1:${server.port}/?tab=${tab}${search}`, shown);
        const found = await browser.evaluate(`({
          packets: document.querySelector(".facts dd").firstChild.textContent,
          text: document.querySelector("#tab-panel").innerText,
        })`);
        expect([what, tab, found]).toEqual([what, tab, { packets, text: expect.stringMatching(told) }]);
        const isList = tab !== "overview" && tab !== "anomalies";
        const where = search === "" ? "is in this capture." : "is in what is selected.";
        if (isList && packets === "0")
          expect([tab, found]).toEqual([tab, { packets, text: expect.stringContaining(where) }]);
      }
      // A page whose server is gone asks for it again, and the browser tells of each time.
      await browser.goTo("about:blank", `location.href === "about:blank"`);
      await server.stop(true);
    }
    expect(browser.errors).toEqual([]);
  },
  120_000,
);

if (chromium === undefined) process.stderr.write("skipped: there is no Chromium\n");
