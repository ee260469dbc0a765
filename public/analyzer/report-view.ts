/** The whole report below the header, as sections. */
import type { Answers } from "../../src/analyzer/dashboard/contract.ts";
import { countTable } from "./count-table.ts";
import { element } from "./dom.ts";
import { sizeTable } from "./size-table.ts";
import { messageState } from "./states.ts";
import { timeCharts, type TimeCharts } from "./time-charts.ts";

/** Shows one report after the other as a capture grows. The charts stay, so that a look closer is not lost. */
export class ReportView {
  private charts: TimeCharts | undefined;

  /** The sections for `report`. */
  show(report: Answers["/api/report"]): HTMLElement[] {
    if (report.packets === 0) return [noPackets(report)];
    return [
      section("Traffic over time", "", this.overTime(report)),
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

  private overTime({ series }: Answers["/api/report"]): HTMLElement {
    if (series.time.length === 0)
      return element("p", { class: "hint" }, "The capture keeps no time for its packets.");
    if (this.charts === undefined) this.charts = timeCharts(series);
    else this.charts.update(series);
    return this.charts.view;
  }
}

function noPackets({ live }: Answers["/api/report"]): HTMLElement {
  if (live) return messageState("No packets yet", "The capture is running, and nothing has come so far.");
  return messageState("No packets", "The capture was read to its end, and there is no packet in it.");
}

function section(title: string, note: string, content: HTMLElement): HTMLElement {
  const heading = element("h2", {}, title);
  const told = note === "" ? undefined : element("p", { class: "hint" }, note);
  return element("section", { class: "card" }, heading, told, element("div", { class: "scroll" }, content));
}
