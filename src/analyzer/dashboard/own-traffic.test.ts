/** The page's own traffic in a running capture, in a real browser: how much it is, and how it is left out. */
import { expect, test } from "bun:test";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import type { Answers } from "./contract.ts";
import { TestDashboard, testHost } from "./dashboard.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";

const button = `document.querySelector(".chip-button")`;
const shown = `document.querySelector("#tab-panel .panel")?.dataset.state === "shown" &&
  document.querySelector(".facts") !== null`;

test.skipIf(chromium === undefined)(
  "is offered to be left out where there is any, and then is",
  async () => {
    await using browser = await TestBrowser.open();
    for (const own of [0, 2]) {
      const opened = Promise.withResolvers<TestDashboard>();
      const server = Bun.serve({
        port: 0,
        hostname: "127.0.0.1",
        fetch: async (request) => {
          const { pathname, search } = new URL(request.url);
          const answer = await (await opened.promise).ask(`${pathname}${search}`, { Host: testHost });
          if (pathname !== "/api/report") return answer;
          // What is read from a file here is as if it came from an interface.
          const report = (await answer.json()) as Answers["/api/report"];
          return Response.json({ ...report, source: { ...report.source, kind: "interface" } });
        },
      });
      const packets = Array.from({ length: own + 3 }, (_, i) => ({
        data: i < own ? toPage(server.port!) : ethernet(0x0800, ipv4(6, tcp())),
        seconds: 1 + i,
      }));
      const dashboard = await TestDashboard.open({
        content: pcapFile(packets),
        page: await loadPageAssets(),
        isJudged: true,
      });
      opened.resolve(dashboard);
      await browser.goTo(`http://127.0.0.1:${server.port}/`, shown);
      if (own === 0) expect(await browser.evaluate(`${button}.checkVisibility()`)).toBe(false);
      else {
        await browser.holds(`${button}.textContent === "Exclude this dashboard (2 packets)"`);
        await browser.click(button);
        await browser.holds(`document.querySelector(".facts dd").firstChild.textContent === "3"`);
        expect(await browser.evaluate(`${button}.checkVisibility()`)).toBe(false);
      }
      await browser.goTo("about:blank", `location.href === "about:blank"`);
      await server.stop(true);
      await dashboard[Symbol.asyncDispose]();
    }
    expect(browser.errors).toEqual([]);
  },
  120_000,
);

if (chromium === undefined) process.stderr.write("skipped: there is no Chromium\n");

/** A segment between two ports of this machine. */
function toPage(port: number): Uint8Array {
  const packet = ethernet(0x0800, ipv4(6, tcp()));
  packet.set([127, 0, 0, 1, 127, 0, 0, 1], 26);
  new DataView(packet.buffer, packet.byteOffset).setUint16(36, port);
  return packet;
}
