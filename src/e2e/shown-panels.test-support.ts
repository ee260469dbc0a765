/** What a person reads in the panels of the dashboard's page, in a real browser. */
import type { TestBrowser } from "../lib/browser.test-support.ts";

export const tables = ["flows", "hosts", "conversations"] as const;

/** A panel has its answer, the head has its facts, and nothing is asked for any more. */
const isShown = `document.querySelector("#tab-panel .panel")?.dataset.state === "shown" &&
  document.querySelector(".facts") !== null`;

/** Everything that the tabs show of a selection. */
export interface ShownPanels {
  /** By their label: `Packets`, `Abnormal`. */
  facts: Record<string, string>;
  /** Bytes on the wire, as the hint of the fact says. */
  bytes: number;
  /** Names to packets. */
  protocols: Record<string, number>;
  layers: Record<string, number>;
  /** Packets by class of size, of all protocols. */
  sizes: Record<string, number>;
  /** What the pointer in the middle of the chart is told: when, and how many packets that second. */
  second: { time: number; packets: number } | undefined;
  /** Numbers of the first rows of the list, and how many rows it has. */
  packets: { rows: number; first: number[] };
  /** The cells of the first row of each table, with their hints, and how many rows there are. */
  tables: Record<(typeof tables)[number], { rows: number; first: string[] }>;
  /** Episodes and packets that were found abnormal, as the tab tells. */
  flagged: { scored: number; flagged: number };
}

/** @param address of the page with its search, and with no fragment */
export async function readPanels(browser: TestBrowser, address: string): Promise<ShownPanels> {
  const openTab = async (name: string, more = "true"): Promise<void> => {
    await browser.click(`document.querySelector("#tab-${name}")`);
    await browser.holds(`location.search.includes("tab=${name}") && ${isShown} && ${more}`);
  };
  await browser.goTo(address, isShown);
  const overview = (await browser.evaluate(overviewOf)) as Omit<
    ShownPanels,
    "second" | "packets" | "tables" | "flagged"
  >;
  const second = await pointedSecond(browser);
  await openTab("packets", `(${listOf}).isWhole`);
  const packets = (await browser.evaluate(listOf)) as ShownPanels["packets"];
  const read = async (name: (typeof tables)[number]) => {
    await openTab(name);
    return [name, await browser.evaluate(tableOf)] as const;
  };
  const [flows, hosts, conversations] = [
    await read("flows"),
    await read("hosts"),
    await read("conversations"),
  ];
  await openTab("anomalies");
  const flagged = (await browser.evaluate(judgedOf)) as ShownPanels["flagged"];
  return {
    ...overview,
    second,
    packets: { rows: packets.rows, first: packets.first },
    tables: Object.fromEntries([flows, hosts, conversations]) as ShownPanels["tables"],
    flagged,
  };
}

const number = `((text) => Number(text.replaceAll(",", "")))`;

const overviewOf = `(() => {
  const card = (title) => [...document.querySelectorAll("#tab-panel .card")]
    .find((view) => view.querySelector("h2")?.textContent === title);
  const counts = (title) => Object.fromEntries([...(card(title)?.querySelectorAll("tbody tr") ?? [])]
    .map(({ children }) => [children[0].textContent, ${number}(children[1].textContent)]));
  const sizes = {};
  for (const { textContent } of card("Packet sizes")?.querySelectorAll("svg title") ?? []) {
    const [, label, packets] = /^(.+) bytes: ([\\d,]+) packets$/.exec(textContent);
    sizes[label] = (sizes[label] ?? 0) + ${number}(packets);
  }
  const facts = [...document.querySelectorAll(".facts dt")];
  const bytes = /([\\d,]+) bytes/.exec(document.querySelector(".facts").innerHTML);
  return {
    facts: Object.fromEntries(facts.map((dt) => [dt.textContent, dt.nextElementSibling.firstChild.textContent])),
    bytes: ${number}(bytes[1]),
    protocols: counts("Protocols"),
    layers: counts("Layers"),
    sizes,
  };
})()`;

const listOf = `(() => {
  const list = document.querySelector(".virtual-list");
  const shown = [...(list?.querySelectorAll('.rows > [role="row"]:not(.ghost-row)') ?? [])]
    .filter((row) => row.offsetParent !== null && row.querySelector(".number").textContent !== "");
  const first = shown.map((row) => ${number}(row.querySelector(".number").textContent)).sort((a, b) => a - b);
  const rows = list === null ? 0 : Number(list.getAttribute("aria-rowcount")) - 1;
  return { rows, first: first.slice(0, 10), isWhole: rows === 0 || first.length >= Math.min(10, rows) };
})()`;

/** How many there are stands below the table. */
const tableOf = `(() => {
  const told = document.querySelector("#tab-panel .pager .hint").textContent;
  const first = document.querySelector(".rows-table tbody tr");
  const cell = (view) => [view.innerText.trim(), view.querySelector("[title]")?.title ?? ""].join("\\n");
  return {
    rows: ${number}(/ of ([\\d,]+)$/.exec(told)?.[1] ?? "0"),
    first: first === null ? [] : [...first.children].map(cell),
  };
})()`;

const judgedOf = `(() => {
  const said = /([\\d,]+) packets have a score, and (none|[\\d,]+) of them/.exec(document.querySelector("#tab-panel").textContent);
  return { scored: ${number}(said?.[1] ?? "0"), flagged: ${number}((said?.[2] ?? "0").replace("none", "0")) };
})()`;

/** What the chart says where the pointer is, which is on the nearest second that has packets. */
async function pointedSecond(browser: TestBrowser): Promise<ShownPanels["second"]> {
  const place = `(({ left, top, width, height }) => [left, left + width / 2, top + height / 2])
    (document.querySelector(".u-over").getBoundingClientRect())`;
  if ((await browser.evaluate(`document.querySelector(".u-over")?.checkVisibility() ?? false`)) !== true)
    return undefined;
  const [left, x, y] = (await browser.evaluate(place)) as [number, number, number];
  // In the middle, and where that is far from all packets on the first ones.
  for (const at of [x - 1, x, left + 2, left + 1]) {
    await browser.send("Input.dispatchMouseEvent", { type: "mouseMoved", x: at, y });
    await browser.evaluate(
      "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))",
    );
    if ((await browser.evaluate(`document.querySelector(".readout") !== null`)) === true) break;
  }
  const said = String(await browser.evaluate(`document.querySelector(".readout").textContent`));
  const [moment, rate] = said.split(" · ") as [string, string];
  return {
    time: Date.parse(`${moment.replace(" ", "T")}Z`) / 1000,
    packets: Number(/^([\d,.]+) packets\/s$/.exec(rate)![1]!.replaceAll(",", "")),
  };
}
