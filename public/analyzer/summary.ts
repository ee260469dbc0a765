/** The header: which capture this is, how much it holds, and what is doubtful about it. */
import type { Answers } from "../../src/analyzer/dashboard/contract.ts";
import { element } from "./dom.ts";
import {
  formatBitRate,
  formatBytes,
  formatCount,
  formatDuration,
  formatMoment,
  formatTenths,
} from "./format.ts";

type Report = Answers["/api/report"];

export function summaryView(report: Report): HTMLElement {
  return element("div", { class: "summary" }, titleView(report), factsView(report), ...warningViews(report));
}

function titleView({ source, live }: Report): HTMLElement {
  const name = source.kind === "stdin" ? "standard input" : source.name;
  const short = name.split(/[\\/]/).at(-1) ?? name;
  return element(
    "div",
    { class: "title" },
    element("h1", { title: name }, short),
    element(
      "p",
      { class: "links" },
      live ? element("span", { class: "chip live" }, "live") : undefined,
      ...source.linkTypes.map((type) => element("span", { class: "chip" }, type)),
    ),
  );
}

function factsView(report: Report): HTMLElement {
  const { firstTime, lastTime, durationSeconds } = report;
  const facts = [
    fact("Packets", formatCount(report.packets)),
    fact("Bytes on the wire", formatBytes(report.bytes), `${formatCount(report.bytes)} bytes`),
    fact("Average packet", `${formatTenths(report.averagePacketSize)} B`),
  ];
  if (durationSeconds > 0) facts.push(fact("Average rate", formatBitRate(report.bytes / durationSeconds)));
  if (firstTime !== null && lastTime !== null) {
    const span = `${formatMoment(firstTime)} to ${formatMoment(lastTime)}`;
    facts.push(fact("Time span", formatDuration(durationSeconds), span, `from ${formatMoment(firstTime)}`));
  }
  for (const [label, count, title] of doubts(report))
    if (count > 0) facts.push(fact(label, formatCount(count), title));
  return element("dl", { class: "facts" }, ...facts);
}

function doubts(report: Report): [label: string, count: number, title: string][] {
  return [
    ["Cut short", report.truncated, "Packets cut by the snapshot length"],
    ["Malformed", report.malformed, "Packets with a header that contradicts itself"],
    ["Dropped", report.dropped, "Packets lost before they could be counted"],
  ];
}

function fact(label: string, value: string, title = "", note?: string): HTMLElement {
  return element(
    "div",
    { class: "fact", title },
    element("dt", {}, label),
    element("dd", {}, value),
    note === undefined ? undefined : element("dd", { class: "note" }, note),
  );
}

function warningViews({ warnings }: Report): HTMLElement[] {
  if (warnings.length === 0) return [];
  const list = element("ul", {}, ...warnings.map((warning) => element("li", {}, warning)));
  return [element("section", { class: "warnings", "aria-label": "Warnings" }, list)];
}
