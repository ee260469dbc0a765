/** The page in a real browser: it draws, and follows its filter, its address, the pointer and the keys. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pcapFile, type FixturePacket } from "../capture/capture-builder.test-support.ts";
import { ethernet, icmp, ipv4, tcp, udp } from "../packet/packet-builder.test-support.ts";
import { doubleClick, drag, lookThrough, press, swipe, type } from "../../lib/browser-input.test-support.ts";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import { TestDashboard, testHost } from "./dashboard.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";
import { reportData } from "./report-data.ts";
import { writeReportFile } from "./write-report-file.ts";

setDefaultTimeout(120_000);

const first = 1_700_000_000;

/** A minute: a datagram every second, ten segments every tenth one, a ping at its end. */
const minute = pcapFile([...datagramsAndSegments(), packet(59, ipv4(1, icmp(8)))]);
const total = 121;

const packets = `document.querySelector(".facts dd").textContent`;
const ready = `document.querySelector(".facts") !== null && document.querySelector(".u-over") !== null`;
const panelShown = `document.querySelector("#tab-panel .panel")?.dataset.state === "shown"`;
const tabs = ["anomalies", "packets", "flows", "hosts", "conversations"];

/** How many elements reach beyond the sides of a phone. */
function outOfSight(selector: string): string {
  return `[...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => each.getBoundingClientRect())
    .filter(({ left, right }) => left < 0 || right > 380).length`;
}

describe("the page in a browser", () => {
  if (chromium === undefined) {
    process.stderr.write("skipped: the page in a browser: there is no Chromium\n");
    return;
  }
  let dashboard: TestDashboard;
  let browser: TestBrowser;
  let server: ReturnType<typeof Bun.serve>;
  let origin = "";

  beforeAll(async () => {
    const page = await loadPageAssets();
    dashboard = await TestDashboard.open({ content: minute, page, isJudged: true });
    server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: async (request) => {
        const { pathname, search } = new URL(request.url);
        return await dashboard.ask(`${pathname}${search}`, { Host: testHost });
      },
    });
    origin = `http://127.0.0.1:${server.port}`;
    browser = await TestBrowser.open();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await server.stop(true);
    await dashboard[Symbol.asyncDispose]();
  });

  /** Opens the page at a search, and waits until it has its numbers. */
  async function openAt(search: string, width = 1440, scheme: "light" | "dark" = "light"): Promise<void> {
    browser.errors.length = 0;
    browser.requests.length = 0;
    await lookThrough(browser, width, scheme);
    await browser.goTo(`${origin}/${search}`, ready);
  }

  /** Opens what the page shows as a report file. */
  async function openReportFile(look: () => Promise<void>): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "pcs-"));
    try {
      const path = join(folder, "report.html");
      await writeReportFile(path, reportData(dashboard.captures.all[0]!));
      browser.errors.length = 0;
      browser.requests.length = 0;
      await lookThrough(browser, 1440, "light");
      await browser.goTo(`file://${path}`, ready);
      await look();
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test("draws its charts, in light and dark, and asks nobody else", async () => {
    // Pixels of the curve's own colour in each chart, and not only a canvas.
    const pixels = `["--packets", "--bytes"].map((name, i) => {
      const canvas = document.querySelectorAll(".uplot canvas")[i];
      const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim().slice(1);
      const wanted = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4)
        if (data[at + 3] > 200 && wanted.every((value, part) => Math.abs(value - data[at + part]) < 24)) count++;
      return count > 500;
    })`;
    for (const scheme of ["light", "dark"] as const) {
      await openAt("", 1440, scheme);
      expect(await browser.evaluate(packets)).toBe(String(total));
      expect(await browser.evaluate(pixels)).toEqual([true, true]);
      expect(browser.errors).toEqual([]);
      expect(browser.requests.filter((url) => !url.startsWith(origin) && !url.startsWith("data:"))).toEqual(
        [],
      );
    }
  });

  test("filters from the keyboard; the address holds the filter, and the history goes back over it", async () => {
    const chips = `[...document.querySelectorAll(".chip.part")].map((chip) => chip.title).join()`;
    await openAt("");
    await press(browser, "/");
    await browser.holds(`document.activeElement.id === "filter-q"`);
    await type(browser, "not tc");
    await browser.holds(`document.querySelectorAll("[role=option]").length > 0`);
    await press(browser, "ArrowDown");
    await press(browser, "Enter");
    expect(await browser.evaluate("document.activeElement.value")).toBe("not tcp ");
    await press(browser, "Escape");
    await press(browser, "Enter");
    await browser.holds(`location.search === "?q=not+tcp" && ${packets} === "61"`);
    await press(browser, "Escape");
    await browser.holds("document.activeElement === document.body");

    await openAt("?q=not+tcp");
    await browser.holds(`${packets} === "61"`);
    expect(await browser.evaluate(chips)).toBe("not tcp");
    await browser.click(`document.querySelector(".chip.part button")`);
    await browser.holds(`location.search === "" && ${packets} === "${total}"`);
    await browser.evaluate("history.back()");
    await browser.holds(`location.search === "?q=not+tcp" && ${packets} === "61"`);
    expect(browser.errors).toEqual([]);
  });

  test("points at what is wrong in a filter, and keeps the rest of it", async () => {
    const hasFacts = `document.querySelector(".facts") !== null`;
    await browser.goTo(`${origin}/?q=tcp.port+80x+and+udp`, hasFacts);
    await browser.holds(`document.querySelector("#filter-problem").textContent.includes("80x")`);
    expect(
      await browser.evaluate(`({
        marked: document.querySelector(".query-mirror mark").textContent,
        value: document.querySelector("#filter-q").value,
        invalid: document.querySelector("#filter-q").getAttribute("aria-invalid"),
        packets: ${packets},
      })`),
    ).toEqual({ marked: "80x", value: "tcp.port 80x and udp", invalid: "true", packets: String(total) });
    await browser.goTo(`${origin}/?src=nowhere`, hasFacts);
    await browser.holds(`document.querySelector("#filter-src").getAttribute("aria-invalid") === "true"`);
  });

  test("what is dragged over is the span of everything, and a double click goes back", async () => {
    await openAt("");
    const [left, top, width] = (await browser.evaluate(
      `(({ left, top, width }) => [left, top, width])(document.querySelector(".u-over").getBoundingClientRect())`,
    )) as [number, number, number];
    const y = top + 40;
    await drag(browser, [left + width / 4 + 1, y], [left + width / 2 - 1, y]);
    // A quarter of the minute, to the ends of steps: 15 datagrams, and the ten segments of second 20.
    await browser.holds(`location.search === "?from=${first + 15}&to=${first + 30}" && ${packets} === "25"`);
    await doubleClick(browser, [left + width / 2, y]);
    await browser.holds(`location.search === "" && ${packets} === "${total}"`);
    expect(browser.errors).toEqual([]);
  });

  test("the cursor of one chart is at the same place in the other", async () => {
    await openAt("");
    const [left, top] = (await browser.evaluate(
      `(({ left, top }) => [left, top])(document.querySelector(".u-over").getBoundingClientRect())`,
    )) as [number, number];
    const places = `[...document.querySelectorAll(".u-cursor-x")].map((line) => line.style.transform)`;
    for (let x = 200; x < 260; x += 2.25) {
      await browser.send("Input.dispatchMouseEvent", { type: "mouseMoved", x: left + x, y: top + 40 });
      await browser.evaluate(
        "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))",
      );
      const [own, other] = (await browser.evaluate(places)) as [string, string];
      expect([x, other]).toEqual([x, own]);
      expect(own).toContain("px");
    }
  });

  test("on a phone nothing is cut: not a score, not an export", async () => {
    await openAt("?tab=packets", 380);
    await browser.click(`document.querySelector(".menu summary")`);
    await browser.holds(`document.querySelector(".menu-list a")?.checkVisibility() === true`);
    expect(await browser.evaluate(outOfSight(".menu-list, .menu-list *"))).toBe(0);
    for (const tab of ["overview", "flows", "hosts"]) {
      await openAt(`?tab=${tab}`, 380);
      await browser.holds(panelShown);
      expect([tab, await browser.evaluate(outOfSight("#tab-panel td, #tab-panel td *"))]).toEqual([tab, 0]);
    }
    expect(browser.errors).toEqual([]);
  });

  test("a finger chooses a span as well, and scrolls the page up and down", async () => {
    await openAt("", 380);
    const overPlot = async (): Promise<[number, number, number]> =>
      (await browser.evaluate(
        `(({ left, top, width }) => [left, top, width])(document.querySelector(".u-over").getBoundingClientRect())`,
      )) as [number, number, number];
    const [left, top, width] = await overPlot();
    await swipe(browser, [left + width / 4 + 1, top + 40], [left + width / 2 - 1, top + 42]);
    await browser.holds(`location.search === "?from=${first + 15}&to=${first + 30}" && ${packets} === "25"`);
    await browser.evaluate("scrollTo(0, 100)");
    const [, moved] = await overPlot();
    await swipe(browser, [left + width / 2, moved + 60], [left + width / 2 + 4, moved - 200]);
    await browser.holds("scrollY > 200");
    expect(await browser.evaluate("location.search")).toBe(`?from=${first + 15}&to=${first + 30}`);
    expect(browser.errors).toEqual([]);
  });

  test("goes from tab to tab with the keys, and none of them is wider than a phone", async () => {
    await openAt("", 380);
    await browser.evaluate(`document.querySelector("#tab-overview").focus()`);
    for (const tab of tabs) {
      await press(browser, "ArrowRight");
      await browser.holds(`document.activeElement.id === "tab-${tab}" && ${panelShown}`);
      expect([tab, await browser.evaluate("document.documentElement.scrollWidth")]).toEqual([tab, 380]);
      const isSeen = `(({ left, right }) => left >= 0 && right <= 380)(document.activeElement.getBoundingClientRect())`;
      expect([tab, await browser.evaluate(isSeen)]).toEqual([tab, true]);
    }
    expect(browser.errors).toEqual([]);
  });

  test("a list of packets that was left before it was drawn has no row that nothing comes of", async () => {
    await openReportFile(async () => {
      expect(
        await browser.evaluate(`(async () => {
          const choose = (name) => document.querySelector("#tab-" + name).click();
          choose("packets");
          // The file answers at once, before the browser draws.
          for (let i = 0; i < 1000 && document.querySelector(".virtual-list") === null; i++) await undefined;
          const wasMade = document.querySelector(".virtual-list") !== null;
          choose("flows");
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          choose("packets");
          return [wasMade, document.querySelectorAll(".virtual-list .rows > :not([id])").length];
        })()`),
      ).toEqual([true, 0]);
    });
  });

  test("shows the same out of a report file, without a server", async () => {
    await openReportFile(async () => {
      expect(await browser.evaluate(packets)).toBe(String(total));
      expect(await browser.evaluate(`document.querySelector("#filter-q").disabled`)).toBe(true);
      for (const tab of tabs) {
        await browser.click(`document.querySelector("#tab-${tab}")`);
        await browser.holds(panelShown);
      }
      await browser.click(`document.querySelector("#tab-packets")`);
      await browser.click(`document.querySelector(".virtual-list .rows > *")`);
      await browser.holds(
        `document.querySelector(".tree-line") !== null && document.querySelector(".hex-line") !== null`,
      );
      expect(browser.requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
      expect(browser.errors).toEqual([]);
    });
  });
});

function packet(second: number, payload: Uint8Array): FixturePacket {
  return { data: ethernet(0x0800, payload), seconds: first + second };
}

function datagramsAndSegments(): FixturePacket[] {
  return Array.from({ length: 60 }, (_, second) => [
    packet(second, ipv4(17, udp(new Uint8Array(100)))),
    ...Array.from({ length: second % 10 === 0 ? 10 : 0 }, () => packet(second, ipv4(6, tcp()))),
  ]).flat();
}
