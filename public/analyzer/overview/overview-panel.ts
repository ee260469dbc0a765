/** The first tab: what of the selection is which protocol, which layer, whose and how large. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount } from "../format.ts";
import type { MakePanel, PanelContext } from "../panel.ts";
import { messageState } from "../states.ts";
import { isFiltered } from "../view-state.ts";
import { countTable } from "./count-table.ts";
import { hostTable } from "./host-table.ts";
import { sizeTable } from "./size-table.ts";

export const overviewPanel: MakePanel = (context) => {
  const view = element("div", { class: "overview" });
  return {
    element: view,
    async update({ selection }, signal) {
      const report = await context.data.get("/api/report", selection, signal);
      const parts =
        report.packets === 0 ? [noPackets(report, isFiltered(selection))] : sections(report, context);
      view.replaceChildren(...parts);
    },
  };
};

function sections(report: Answers["/api/report"], { view, colors, data }: PanelContext): HTMLElement[] {
  const byShare = Object.entries(report.protocols).sort(([, a], [, b]) => b.bytes - a.bytes);
  colors.learn(byShare.map(([name]) => name));
  const protocol = data.isFile ? undefined : (name: string): void => view.select({ protocol: name });
  const host = data.isFile ? undefined : (address: string): void => view.narrow(`host ${address}`);
  // They have two lines each, and end where the protocols beside them do.
  const hostRows = Math.max(10, Math.min(20, Math.floor(byShare.length * 0.6)));
  const hosts = `${formatCount(report.hosts.total)} in all; each byte counts for its sender and its receiver.`;
  return [
    section(
      "Protocols",
      "Each packet once, under the highest protocol recognised in it.",
      countTable({
        heading: "Protocol",
        counts: report.protocols,
        all: report.packets,
        colorOf: (name) => colors.of(name),
        choose: protocol,
      }),
    ),
    section(
      "Layers",
      "Packets in which a layer occurs, so a packet counts in several.",
      countTable({ heading: "Layer", counts: report.layers, all: report.packets, choose: protocol }),
    ),
    section("Top hosts", hosts, hostTable(report.hosts.top, hostRows, 2 * report.bytes, host)),
    section("Packet sizes", "Bytes on the wire, by protocol.", sizeTable(report.sizes, colors), "wide"),
  ];
}

function noPackets({ live }: Answers["/api/report"], filtered: boolean): HTMLElement {
  if (filtered) return messageState("No packets", "No packet of this capture is what the filter asks for.");
  if (live) return messageState("No packets yet", "The capture is running, and nothing has come so far.");
  return messageState("No packets", "The capture was read to its end, and there is no packet in it.");
}

function section(title: string, note: string, content: HTMLElement, size = ""): HTMLElement {
  return element(
    "section",
    { class: `card ${size}` },
    element("h2", {}, title),
    element("p", { class: "hint" }, note),
    element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": title }, content),
  );
}
