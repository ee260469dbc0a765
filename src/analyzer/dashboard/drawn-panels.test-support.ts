/** Looks at every panel of a page in a real browser: what is drawn, by its pixels, and what axe finds to blame. */
import axe from "axe-core";
import { lookThrough } from "../../lib/browser-input.test-support.ts";
import { TestBrowser } from "../../lib/browser.test-support.ts";

/** What there must be on each tab, beside the head, the filter and the charts. */
const parts = {
  overview: [".overview .card", ".sizes svg"],
  anomalies: [".strip", ".episode", ".score-badge"],
  packets: [".virtual-list", ".field-tree", ".hex"],
  flows: [".rows-table"],
  hosts: [".rows-table"],
  conversations: [".rows-table"],
};
const everywhere = [".facts", ".filter", ".u-wrap canvas", ".tabs"];

/** Of each part so many are looked at, and of long pages the beginning. */
const mostOfPart = 4;
const [width, height] = [1440, 2400];

export interface Drawn {
  tab: string;
  scheme: "light" | "dark";
  part: string;
  /** Share of its pixels that are not of its most frequent colour. */
  ink: number;
  /** Different colours, in steps of an eighth of each. */
  colors: number;
}

export interface Blame {
  tab: string;
  scheme: "light" | "dark";
  rule: string;
  /** The element's markup. */
  element: string;
}

export interface Looked {
  drawn: Drawn[];
  blamed: Blame[];
  /** Elements whose text has been found to stand out enough from what is behind it. */
  readable: number;
  /** Tabs with a table that is wider than its place, so that its last columns are out of sight. */
  tooWide: string[];
  /** What the page threw or the browser complained about. */
  errors: string[];
}

const isTooWide = `[...document.querySelectorAll(".table-scroll, .scroll")].some(
  ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
)`;

type Box = [x: number, y: number, width: number, height: number];

/** @param url a page's address, with a token in it where one is needed. @param packet to look into */
export async function lookAtPanels(url: string, packet: number): Promise<Looked> {
  await using painter = await TestBrowser.open();
  await using browser = await painter.openAnother();
  const looked: Looked = { drawn: [], blamed: [], readable: 0, tooWide: [], errors: browser.errors };
  const { origin } = new URL(url);
  await browser.goTo(url, `document.querySelector(".facts") !== null`);
  for (const scheme of ["light", "dark"] as const) {
    await lookThrough(browser, width, scheme);
    for (const [tab, own] of Object.entries(parts)) {
      await browser.goTo(`${origin}/?tab=${tab}&packet=${packet}`, isDrawn(own.at(-1)!));
      if ((await browser.evaluate(isTooWide)) === true) looked.tooWide.push(tab);
      const boxes: { part: string; box: Box }[] = [];
      for (const part of [...everywhere, ...own])
        for (const box of await boxesOf(browser, part)) boxes.push({ part, box });
      const pixels = await pixelsOf(
        browser,
        painter,
        boxes.map(({ box }) => box),
      );
      for (const [i, { part }] of boxes.entries()) looked.drawn.push({ tab, scheme, part, ...pixels[i]! });
      const { violations, passes } = await runAxe(browser);
      for (const { id, nodes } of violations)
        for (const { html } of nodes) looked.blamed.push({ tab, scheme, rule: id, element: html });
      looked.readable += passes;
    }
  }
  return looked;
}

/** A part whose pixels are all alike, or nearly, has not been drawn. */
export function isBlank({ ink, colors }: Drawn): boolean {
  return ink < 0.002 || colors < 2;
}

function isDrawn(part: string): string {
  return `document.querySelector("#tab-panel .panel")?.dataset.state === "shown" &&
    document.querySelector(${JSON.stringify(part)}) !== null && document.querySelector(".u-over") !== null`;
}

/** Where the first elements of a part are in the page. @throws Error where there is none */
async function boxesOf(browser: TestBrowser, part: string): Promise<Box[]> {
  const boxes = (await browser.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(part)})].map((each) => each.getBoundingClientRect())
      .filter(({ y, width, height }) => width > 0 && height > 0 && y + scrollY < ${height - 20})
      .map(({ x, y, width, height }) => [x + scrollX, y + scrollY, width, height])`,
  )) as Box[];
  if (boxes.length === 0) throw new Error(`there is no ${part}`);
  return boxes.slice(0, mostOfPart);
}

/** @param painter another page, whose rules do not keep it from reading an image */
async function pixelsOf(
  browser: TestBrowser,
  painter: TestBrowser,
  boxes: readonly Box[],
): Promise<Pick<Drawn, "ink" | "colors">[]> {
  const clip = { x: 0, y: 0, width, height, scale: 1 };
  const { result } = await browser.send("Page.captureScreenshot", { clip, captureBeyondViewport: true });
  return (await painter.evaluate(`(async () => {
    const image = new Image();
    image.src = "data:image/png;base64,${result?.data}";
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return ${JSON.stringify(boxes)}.map(([x, y, width, height]) => {
      const { data } = context.getImageData(x, y, width, Math.min(height, image.height - y));
      const counts = new Map();
      for (let at = 0; at < data.length; at += 4) {
        const color = (data[at] >> 5) * 64 + (data[at + 1] >> 5) * 8 + (data[at + 2] >> 5);
        counts.set(color, (counts.get(color) ?? 0) + 1);
      }
      return { ink: 1 - (4 * Math.max(...counts.values())) / data.length, colors: counts.size };
    });
  })()`)) as Pick<Drawn, "ink" | "colors">[];
}

async function runAxe(browser: TestBrowser) {
  await browser.evaluate(`void (() => { ${axe.source} })()`);
  return (await browser.evaluate(`axe.run(document, { preload: false }).then(
    ({ violations, passes }) => ({
      violations: violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })),
      passes: passes.find(({ id }) => id === "color-contrast")?.nodes.length ?? 0,
    }),
  )`)) as { violations: { id: string; nodes: { html: string }[] }[]; passes: number };
}
