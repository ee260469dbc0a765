/** Names out of packets that are full of markup: in a real browser they are text, and no element is made of them. */
import { expect, test } from "bun:test";
import { bytes, u16 } from "../capture/bytes-builder.test-support.ts";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { ethernet, ipv4, tcp, udp } from "../packet/packet-builder.test-support.ts";
import { clientHello, dhcpRequest, dnsAnswer, text } from "../recognition/payload-builder.test-support.ts";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import { TestDashboard, testHost } from "./dashboard.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";

/** Each runs when it becomes an element, and is short enough for a label of DNS. */
const script = "<script>pwned=1</script>";
const image = '"><img src=x onerror=pwned=1>';
const drawing = "'><svg onload=pwned=1>";

const hostile = pcapFile(
  [
    ethernet(0x0800, ipv4(6, tcp(clientHello(`${image}${script}`)))),
    ethernet(0x0800, ipv4(6, tcp(text(`GET /${image} HTTP/1.1\r\nHost: ${drawing}${image}\r\n\r\n`)))),
    ethernet(0x0800, ipv4(17, udp(dnsAnswer(`${image}.${drawing}`, "0a000002")))),
    ethernet(
      0x0800,
      ipv4(17, bytes(u16(68), u16(67), u16(8 + dhcpRequest(image).length), u16(0), dhcpRequest(image))),
    ),
  ].map((data, i) => ({ data, seconds: 1 + i })),
);

const shown = `document.querySelector("#tab-panel .panel")?.dataset.state === "shown"`;

const tabs = ["overview", "anomalies", "packets&packet=2", "flows", "hosts", "conversations"];

/** Of them, those that show names. */
const naming = new Set(["packets&packet=2", "flows", "hosts"]);

test.skipIf(chromium === undefined)(
  "in a browser no element is made of what packets say",
  async () => {
    await using dashboard = await TestDashboard.open({
      content: hostile,
      page: await loadPageAssets(),
      isJudged: true,
    });
    await using browser = await TestBrowser.open();
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: passOn(dashboard) });
    for (const tab of tabs) {
      await browser.goTo(`http://127.0.0.1:${server.port}/?tab=${tab}`, shown);
      // Else the test would hold for a page that shows nothing. A packet's inspector comes after its list.
      if (naming.has(tab))
        await browser.holds('document.querySelector("#tab-panel").innerText.includes("<img")');
      const found = await browser.evaluate(`({
        ran: typeof pwned,
        made: document.querySelectorAll("img, svg[onload], script:not([src]), [onerror]").length,
      })`);
      expect([tab, found]).toEqual([tab, { ran: "undefined", made: 0 }]);
    }
    await server.stop(true);
    expect(browser.errors).toEqual([]);
  },
  120_000,
);

if (chromium === undefined) process.stderr.write("skipped: there is no Chromium\n");

/** Asks the dashboard as if it had the address of the tests. */
function passOn(dashboard: TestDashboard): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    return await dashboard.ask(`${pathname}${search}`, { Host: testHost });
  };
}
