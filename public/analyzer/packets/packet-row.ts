/** A line of the packet list: made once, filled again and again as the list scrolls. */
import type { PacketRow } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount } from "../format.ts";
import { endText } from "./end-text.ts";
import { formatPacketTime, type TimeMode } from "./packet-time.ts";

/** The columns, in their order. */
const columns = ["number", "time", "source", "destination", "protocol", "size", "score"] as const;

const titles: Record<(typeof columns)[number], string> = {
  number: "No.",
  time: "Time of day",
  source: "Source",
  destination: "Destination",
  protocol: "Protocol",
  size: "Bytes",
  score: "Score",
};

/** Which packet time is counted from, and how. */
export interface TimeScale {
  first: number | null;
  mode: TimeMode;
}

export function packetRowHead(): HTMLElement {
  const cells = columns.map((name) =>
    element("span", { role: "columnheader", class: `cell ${name}` }, titles[name]),
  );
  return element("div", { class: "packet-row head", role: "row", "aria-rowindex": "1" }, ...cells);
}

/** Says in the head what times are. */
export function tellTimeMode(head: HTMLElement, mode: TimeMode): void {
  head.children[columns.indexOf("time")]!.textContent = mode === "relative" ? "Seconds" : titles.time;
}

export function makePacketRow(): HTMLElement {
  const cells = columns.map((name) => element("span", { role: "gridcell", class: `cell ${name}` }));
  return element("div", { class: "packet-row", role: "row" }, ...cells);
}

/** Shows a packet, or that it is still to come. */
export function fillPacketRow(view: HTMLElement, row: PacketRow | undefined, time: TimeScale): void {
  view.classList.toggle("ghost-row", row === undefined);
  view.classList.toggle("flagged", row?.flagged ?? false);
  const texts = row === undefined ? [] : textsOf(row, time);
  for (const [i, cell] of [...view.children].entries()) cell.textContent = texts[i] ?? "";
}

function textsOf(row: PacketRow, { first, mode }: TimeScale): string[] {
  return [
    formatCount(row.number),
    formatPacketTime(row.time, first, mode),
    endText(row.source, row.sourcePort),
    endText(row.destination, row.destinationPort),
    row.protocol,
    formatCount(row.size),
    scoreText(row),
  ];
}

/** Flagged packets have a sign, for those who do not see the colour. */
function scoreText({ score, flagged }: PacketRow): string {
  const told = score === null ? "" : score.toFixed(2);
  return flagged ? `⚑ ${told}`.trimEnd() : told;
}
