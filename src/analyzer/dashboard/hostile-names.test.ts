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

const problemTold = `document.querySelector(".facts") !== null &&
  document.querySelector('[aria-invalid="true"]') !== null`;
const shown = `document.querySelector("#tab-panel .panel")?.dataset.state === "shown"`;

/** Views of the page, and where markup must be read in them as text: in a panel, in the header, or nowhere. */
const views: [search: string, readIn?: string][] = [
  ["tab=overview", "#tab-panel"],
  ["tab=anomalies"],
  ["tab=packets&packet=2", "#tab-panel"],
  ["tab=flows", "#tab-panel"],
  ["tab=hosts", "#tab-panel"],
  ["tab=conversations"],
  // A capture that bears such a name, beside the first one and compared with it.
  ["tab=overview&capture=1", "h1"],
  ["tab=overview&capture=1&compare=0", "h1"],
  // What stands in a link that somebody sends.
  [`q=${encodeURIComponent(image)}`, "body"],
  [`tab=packets&q=${encodeURIComponent(`not "${script}"`)}`],
  [`src=${encodeURIComponent(image)}&protocol=${encodeURIComponent(drawing)}`],
];

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
    const named = `/api/captures?name=${encodeURIComponent(`${image}${drawing}.pcap`)}`;
    expect((await dashboard.post(named, hostile)).status).toBe(201);
    for (const [search, readIn] of views) {
      const isWrong = /q=|src=/.test(search);
      await browser.goTo(`http://127.0.0.1:${server.port}/?${search}`, isWrong ? problemTold : shown);
      // Else the test would hold for a page that shows nothing. A packet's inspector comes after its list.
      if (readIn !== undefined)
        await browser.holds(`document.querySelector("${readIn}").innerText.includes("<img")`);
      const found = await browser.evaluate(`({
        ran: typeof pwned,
        made: document.querySelectorAll("img, svg[onload], script:not([src]), [onerror]").length,
      })`);
      expect([search, found]).toEqual([search, { ran: "undefined", made: 0 }]);
    }
    await server.stop(true);
    // Filters that are wrong are refused, and the browser says so of each.
    expect(browser.errors.filter((text) => !text.includes("400 (Bad Request)"))).toEqual([]);
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
