/**
 * The dashboard over a capture of 122,995 packets, in a real browser, held against what tshark says: each filter
 * makes every panel show what `tshark -Y` counts, a link shows a colleague the same, the inspector reads fields as
 * tshark does, files open elsewhere, and what is marked as expected stays so.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Answers } from "../analyzer/dashboard/contract.ts";
import { lookThrough, press, type } from "../lib/browser-input.test-support.ts";
import { chromium, TestBrowser } from "../lib/browser.test-support.ts";
import { emptyFolder, executable, Typed } from "./executable.test-support.ts";
import { compareFields, type InspectedLayer } from "./inspected-fields.test-support.ts";
import { expectShown, type MixFilter } from "./panels-against-tshark.test-support.ts";
import { readPanels } from "./shown-panels.test-support.ts";
import { askTshark, endsOf, portsOf, type TsharkAnswer } from "./tshark-packets.test-support.ts";

setDefaultTimeout(240_000);

const mix = join(resolve(import.meta.dir, "../.."), "../shared/captures/mix/mix.pcap.gz");
const token = "a-token-for-this-test";
const headers = { Authorization: `Bearer ${token}` };
/** Packets whose fields are compared. */
const inspected = 50;

/** Source, destination, protocol, range, span, and several at once. */
const filters: readonly MixFilter[] = [
  {
    search: "src=10.0.0.0/8",
    tshark: "ip.src==10.0.0.0/8",
    holds: (packet) => endsOf(packet).some(([source]) => source.startsWith("10.")),
  },
  {
    search: "dst=10.10.10.10",
    tshark: "ip.dst==10.10.10.10",
    holds: (packet) => endsOf(packet).some(([, destination]) => destination === "10.10.10.10"),
  },
  { search: "protocol=udp", tshark: "udp", holds: ({ protocols }) => protocols.has("udp") },
  { search: "protocol=arp", tshark: "arp", holds: ({ protocols }) => protocols.has("arp") },
  {
    search: "src=fe80::/10",
    tshark: "ipv6.src==fe80::/10",
    holds: (packet) => endsOf(packet).some(([source]) => /^fe[89ab]/.test(source)),
  },
  {
    search: "from=1760000100&to=1760000130.5",
    tshark: "frame.time_epoch>=1760000100&&frame.time_epoch<1760000130.5",
    holds: ({ time }) => time >= 1_760_000_100 && time < 1_760_000_130.5,
  },
  {
    search: "q=host+192.168.0.0/16+and+not+tcp",
    tshark: "ip.addr==192.168.0.0/16&&!tcp",
    holds: (packet) =>
      !packet.protocols.has("tcp") &&
      endsOf(packet)
        .flat()
        .some((address) => address.startsWith("192.168.")),
  },
  {
    search: "port=443&protocol=tcp&q=size+>+1000",
    tshark: "tcp.port==443&&frame.len>1000",
    holds: (packet) =>
      packet.size > 1000 && packet.protocols.has("tcp") && portsOf(packet).flat().includes("443"),
  },
];

describe("the dashboard over mix", () => {
  const missing =
    chromium === undefined
      ? "there is no Chromium"
      : Bun.which("tshark") === null || Bun.which("capinfos") === null
        ? "tshark and capinfos are needed"
        : existsSync(mix)
          ? undefined
          : "the shared captures are not there";
  if (missing !== undefined) {
    process.stderr.write(`skipped: the dashboard over mix: ${missing}\n`);
    return;
  }
  const folder = emptyFolder();
  let server: Awaited<ReturnType<typeof start>>;
  let browser: TestBrowser;
  let tshark: TsharkAnswer;
  /** Numbers of the packets that are flagged. */
  let flagged = new Set<number>();

  beforeAll(async () => {
    tshark = await askTshark(
      mix,
      filters.map((filter) => filter.tshark),
    );
    server = await start();
    browser = await openBrowser(server.url);
    const rows = (await server.text("api/export.csv?q=flagged")).split("\r\n").slice(1, -1);
    flagged = new Set(rows.map((row) => Number.parseInt(row, 10)));
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start() {
    const cmd = [executable(), "analyze", "--read", mix, "--port", "0", "--state", "state"];
    const program = new Typed(cmd, { cwd: folder, env: { PCS_TOKEN: token, TMPDIR: folder } });
    const line = await program.prints("/\n", 60_000);
    const url = line.slice(line.indexOf("http")).trim();
    const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
      await fetch(url + path, { headers, ...init });
    const json = async <R extends keyof Answers>(route: R): Promise<Answers[R]> =>
      (await (await ask(route.slice(1))).json()) as Answers[R];
    while ((await json("/api/report")).live) await Bun.sleep(100);
    const stop = async (): Promise<void> => {
      program.process.kill("SIGINT");
      await program.process.exited;
    };
    return { url, ask, json, stop, text: async (path: string) => await (await ask(path)).text() };
  }

  test.each(filters.map((filter) => [filter.search, filter] as const))(
    "?%s changes every panel to what tshark counts",
    async (search, filter) => {
      const packets = tshark.packets.filter(filter.holds);
      const bytes = packets.reduce((sum, { size }) => sum + size, 0);
      // Else the test would hold pcs against its own idea of the filter.
      expect({ packets: packets.length, bytes }).toEqual(tshark.counted[filters.indexOf(filter)]!);
      expectShown(await readPanels(browser, `${server.url}?${search}`), packets, flagged);
      expect(browser.errors).toEqual([]);
    },
  );

  test("a filter that is typed makes a link, and that shows a colleague's browser the same", async () => {
    await browser.goTo(server.url, `document.querySelector(".facts") !== null`);
    await press(browser, "/");
    await browser.holds(`document.activeElement.id === "filter-q"`);
    await type(browser, "host 10.10.10.10 and tcp.port in {80, 443}");
    await press(browser, "Escape");
    await press(browser, "Enter");
    await browser.holds(`location.search.includes("10.10.10.10")`);
    const link = String(await browser.evaluate("location.href"));
    const own = await readPanels(browser, link);
    expect(Number(own.facts["Packets"]!.replaceAll(",", ""))).toBeGreaterThan(0);
    await using other = await openBrowser(server.url);
    expect(await readPanels(other, link)).toEqual(own);
  });

  test("on a phone no table is wider than its place", async () => {
    await lookThrough(browser, 380, "light");
    for (const tab of ["overview", "flows", "hosts", "conversations"]) {
      const shown = `document.querySelector("#tab-panel .panel")?.dataset.state === "shown"`;
      await browser.goTo(`${server.url}?tab=${tab}`, shown);
      const tooWide = `[...document.querySelectorAll(".table-scroll, .scroll")].filter(
        ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length`;
      expect([tab, await browser.evaluate(tooWide)]).toEqual([tab, 0]);
    }
    await lookThrough(browser, 1440, "light");
  });

  test(`the inspector says of ${inspected} packets what tshark says`, async () => {
    const every = Math.floor(tshark.packets.length / inspected);
    const chosen = Array.from({ length: inspected }, (_, i) => tshark.packets[i * every + (i % 7)]!);
    let agreed = 0;
    const wrong: string[] = [];
    await browser.goTo(`${server.url}?tab=packets`, `document.querySelector(".virtual-list") !== null`);
    for (const packet of chosen) {
      const { number } = packet;
      const title = `document.querySelector(".packet-head h3")?.textContent === "Packet ${number.toLocaleString("en")}"`;
      await browser.evaluate(
        `history.pushState(null, "", "?tab=packets&packet=${number}"), dispatchEvent(new PopStateEvent("popstate"))`,
      );
      await browser.holds(title);
      const compared = compareFields(packet, (await browser.evaluate(inspectedLayers)) as InspectedLayer[]);
      wrong.push(...compared.wrong);
      agreed += compared.agreed;
    }
    expect(wrong).toEqual([]);
    expect(agreed).toBeGreaterThan(10 * inspected);
  });

  test("files open in capinfos and tshark, with a comment on each packet that has a score", async () => {
    const search = filters[0]!.search;
    const expected = tshark.counted[0]!.packets;
    const selected = tshark.packets.filter(filters[0]!.holds);
    for (const format of ["pcap", "pcapng"] as const) {
      const path = join(folder, `export.${format}`);
      writeFileSync(path, await (await server.ask(`api/export.${format}?${search}`)).bytes());
      const counted = Bun.spawnSync(["capinfos", "-TMc", path]).stdout.toString();
      expect([format, counted.trim().split(/\s+/).at(-1)]).toEqual([format, String(expected)]);
      const words = ["tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.len", "-e", "frame.comment"];
      const lines = Bun.spawnSync(words, { maxBuffer: 1 << 28 })
        .stdout.toString()
        .trimEnd()
        .split("\n");
      expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(selected.map(({ size }) => size));
      const comments = lines.map((line) => line.split("\t")[1] ?? "");
      if (format === "pcap") expect(comments.every((comment) => comment === "")).toBe(true);
      else
        comments.forEach((comment, i) => {
          const isFlagged = flagged.has(selected[i]!.number);
          // A score, and sentences below it where it is flagged.
          expect([i, comment]).toEqual([
            i,
            expect.stringMatching(isFlagged ? /^pcs: score [01]\.\d{4}\\n\S/ : /^pcs: score [01]\.\d{4}$/),
          ]);
        });
    }
  });

  test("an episode that is marked as expected in the page is not raised again, nor by a new server", async () => {
    await browser.goTo(`${server.url}?tab=anomalies`, `document.querySelector(".episode") !== null`);
    const before = await server.json("/api/anomalies");
    const { title } = before.episodes[0]!;
    await browser.click(`[...document.querySelectorAll(".episode button")]
      .find(({ textContent }) => textContent === "Mark as expected")`);
    await browser.holds(`document.querySelector("#tab-panel").textContent.includes("Marked as expected: ")`);
    const told = `document.querySelector("#tab-panel").textContent.includes(${JSON.stringify(`Marked as expected: ${title}`)})`;
    expect(await browser.evaluate(told)).toBe(true);
    const marked = await server.json("/api/anomalies");
    expect(marked.flagged).toBe(before.flagged - marked.expectedPackets);
    expect(marked.expectedPackets).toBeGreaterThanOrEqual(before.episodes[0]!.packets);
    await server.stop();
    server = await start();
    const after = await server.json("/api/anomalies");
    expect(after).toEqual(marked);
    await using other = await openBrowser(server.url);
    await other.goTo(`${server.url}?tab=anomalies`, `document.querySelector(".episode") !== null`);
    const raised = `[...document.querySelectorAll(".episode:not(.expected) h4")].map(({ textContent }) => textContent.toLowerCase())`;
    const titles = (await other.evaluate(raised)) as string[];
    expect(titles.length).toBeGreaterThan(0);
    expect(titles).not.toContain(title.toLowerCase());
    const { total } = (await (await server.ask("api/packets?q=flagged&limit=1")).json()) as { total: number };
    expect(total).toBe(marked.flagged);
  });
});

/** A browser that has given the token once. */
async function openBrowser(url: string): Promise<TestBrowser> {
  const browser = await TestBrowser.open();
  await browser.send("Emulation.setTimezoneOverride", { timezoneId: "UTC" });
  await lookThrough(browser, 1440, "light");
  await browser.goTo(`${url}#token=${token}`, `document.querySelector(".facts") !== null`);
  return browser;
}

/** Layers with their fields as `name: value`, the way they stand in the tree: a line, and after it the group within. */
const inspectedLayers = `(() => {
  const textOf = (line) => [...line.querySelectorAll(".field-name, .field-value")].map((part) => part.textContent).join(": ");
  return [...document.querySelectorAll('.field-tree > [role="treeitem"]')].map((layer) => ({
    title: textOf(layer),
    fields: [...(layer.nextElementSibling?.querySelectorAll('[role="treeitem"]') ?? [])].map(textOf),
  }));
})()`;
