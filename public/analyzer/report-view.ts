/** The whole report below the header, as sections. */
import type { Answers } from "../../src/analyzer/dashboard/contract.ts";
import { countTable } from "./count-table.ts";
import { element } from "./dom.ts";
import { sizeTable } from "./size-table.ts";
import { messageState } from "./states.ts";
import { timeCharts } from "./time-charts.ts";

export function reportView(report: Answers["/api/report"]): HTMLElement[] {
  if (report.packets === 0)
    return [messageState("No packets", "The capture was read to its end, and there is no packet in it.")];
  return [
    section("Traffic over time", "", overTime(report)),
    element(
      "div",
      { class: "pair" },
      section(
        "Protocols",
        "Each packet once, under the highest protocol recognised in it.",
        countTable("Protocol", report.protocols, report.packets),
      ),
      section(
        "Layers",
        "Packets in which a layer occurs, so a packet counts in several.",
        countTable("Layer", report.layers, report.packets),
      ),
    ),
    section("Packet sizes", "Bytes on the wire, by protocol.", sizeTable(report.sizes)),
  ];
}

function overTime(report: Answers["/api/report"]): HTMLElement {
  if (report.series.time.length > 0) return timeCharts(report.series);
  return element("p", { class: "hint" }, "The capture keeps no time for its packets.");
}

function section(title: string, note: string, content: HTMLElement): HTMLElement {
  const heading = element("h2", {}, title);
  const told = note === "" ? undefined : element("p", { class: "hint" }, note);
  return element("section", { class: "card" }, heading, told, element("div", { class: "scroll" }, content));
}
