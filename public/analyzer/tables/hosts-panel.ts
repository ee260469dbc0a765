/** The tab of the hosts: who was there, what they are called, who made them, and how much they sent and got. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount } from "../format.ts";
import { isIpAddress } from "../ip-address.ts";
import type { Panel, PanelContext } from "../panel.ts";
import type { Column } from "./column.ts";
import { momentCell } from "./moment-cell.ts";
import { isFlagged, scoreCell } from "./score-cell.ts";
import { ownOrder } from "./sort-order.ts";
import { TablePanel } from "./table-panel.ts";
import { mostOf } from "./most-of.ts";
import { volumeBar } from "./volume-bar.ts";

type HostRow = Answers["/api/hosts"]["rows"][number];

const ways = ["sent", "received"] as const;

const columns: readonly Column<HostRow>[] = [
  { title: "Host", kind: "text", cell: ({ address }) => address, sort: "address" },
  { title: "Names", kind: "text", isLong: true, cell: namesCell },
  {
    title: "Network card",
    help: "Who made it, by its Ethernet address",
    kind: "text",
    isLong: true,
    cell: cardCell,
    sort: "vendor",
  },
  {
    title: "Volume",
    help: "Bytes it sent, and bytes it received",
    kind: "bar",
    cell: (row, { rows }) => volumeBar(row.bytesOut, row.bytesIn, mostOf(rows, bytesOf), ways),
    sort: ownOrder,
  },
  {
    title: "Packets",
    help: "Those it sent and those it received",
    kind: "number",
    cell: ({ packetsOut, packetsIn }) => formatCount(packetsOut + packetsIn),
    sort: "packets",
  },
  {
    title: "Sent",
    help: "Packets",
    kind: "number",
    cell: ({ packetsOut }) => formatCount(packetsOut),
    sort: "packetsOut",
  },
  {
    title: "Received",
    help: "Packets",
    kind: "number",
    cell: ({ packetsIn }) => formatCount(packetsIn),
    sort: "packetsIn",
  },
  {
    title: "Peers",
    help: "Addresses it exchanged packets with, about",
    kind: "number",
    cell: ({ peers }) => formatCount(peers),
    sort: "peers",
  },
  {
    title: "Score",
    help: "Flagged packets and the highest score",
    kind: "number",
    cell: scoreCell,
    sort: "score",
  },
  { title: "First seen", kind: "text", cell: ({ firstSeen }) => momentCell(firstSeen), sort: "firstSeen" },
  { title: "Last seen", kind: "text", cell: ({ lastSeen }) => momentCell(lastSeen), sort: "lastSeen" },
];

export function hostsPanel(context: PanelContext): Panel {
  return new TablePanel(context, {
    label: "Hosts",
    note: "A click on a host selects what it sent and received.",
    ways,
    noun: "host",
    columns,
    rowHint: ({ address }) => `Select the packets of ${address}`,
    isMarked: isFlagged,
    fetch: (parameters, signal) => context.data.get("/api/hosts", { ...parameters }, signal),
    onRow: ({ address }) => {
      if (isIpAddress(address)) context.view.narrow(`host ${address}`);
    },
  });
}

function namesCell({ names }: HostRow): Node | string {
  if (names.length === 0) return "";
  const more = names.length === 1 ? "" : ` +${names.length - 1}`;
  return element("span", { class: "clipped", title: names.join("\n") }, `${names[0]}${more}`);
}

function cardCell({ mac, vendor }: HostRow): Node | string {
  if (mac === null) return "";
  return element("span", { class: "clipped", title: mac }, vendor ?? mac);
}

function bytesOf({ bytesOut, bytesIn }: HostRow): number {
  return bytesOut + bytesIn;
}
