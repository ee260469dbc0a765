/** The tab of the flows: who talked with whom about what, and how well it went. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount, formatDuration } from "../format.ts";
import { endText } from "../packets/end-text.ts";
import type { Panel, PanelContext } from "../panel.ts";
import type { Column } from "./column.ts";
import { momentCell } from "./moment-cell.ts";
import { isFlagged, scoreCell } from "./score-cell.ts";
import { ownOrder } from "./sort-order.ts";
import { TablePanel } from "./table-panel.ts";
import { mostOf } from "./most-of.ts";
import { volumeBar } from "./volume-bar.ts";

type FlowRow = Answers["/api/flows"]["rows"][number];

const ways = ["from who began it", "back"] as const;

const columns: readonly Column<FlowRow>[] = [
  { title: "Flow", kind: "text", cell: endsCell, sort: "source" },
  { title: "Protocol", kind: "text", cell: protocolCell, sort: "protocol" },
  { title: "Name", help: "What it is about", kind: "text", isLong: true, cell: nameCell, sort: "name" },
  {
    title: "Volume",
    help: "Bytes from the one who began it, and back",
    kind: "bar",
    cell: (row, { rows }) => volumeBar(row.bytesOut, row.bytesIn, mostOf(rows, bytesOf), ways),
    sort: ownOrder,
  },
  {
    title: "Packets",
    help: "Of both directions",
    kind: "number",
    cell: ({ packetsOut, packetsIn }) => formatCount(packetsOut + packetsIn),
    sort: "packets",
  },
  {
    title: "Sent",
    help: "Packets from the one who began it",
    kind: "number",
    cell: ({ packetsOut }) => formatCount(packetsOut),
    sort: "packetsOut",
  },
  {
    title: "Back",
    help: "Packets back to the one who began it",
    kind: "number",
    cell: ({ packetsIn }) => formatCount(packetsIn),
    sort: "packetsIn",
  },
  { title: "State", kind: "text", cell: ({ state }) => state ?? "", sort: "state" },
  {
    title: "RTT",
    help: "From SYN to the end of the handshake",
    kind: "number",
    cell: ({ rttMs }) => (rttMs === null ? "" : formatDuration(rttMs / 1000)),
    sort: "rttMs",
  },
  {
    title: "Retrans.",
    help: "Segments that were sent again; out of order in the note of each",
    kind: "number",
    cell: retransmissionsCell,
    sort: "retransmissions",
  },
  {
    title: "Lasted",
    kind: "number",
    cell: ({ durationSeconds }) => formatDuration(durationSeconds),
    sort: "durationSeconds",
  },
  { title: "Began", kind: "text", cell: ({ start }) => momentCell(start), sort: "start" },
  {
    title: "Score",
    help: "Flagged packets and the highest score",
    kind: "number",
    cell: scoreCell,
    sort: "score",
  },
];

export function flowsPanel(context: PanelContext): Panel {
  return new TablePanel(context, {
    label: "Flows",
    note: "Who began it, and to whom. A click on a flow selects its packets alone.",
    ways,
    noun: "flow",
    columns,
    rowHint: ({ flow }) => `Select flow ${flow}`,
    isMarked: isFlagged,
    fetch: (parameters, signal) => context.data.get("/api/flows", { ...parameters }, signal),
    onRow: ({ flow }) => context.view.narrow(`flow ${flow}`),
  });
}

function endsCell({ source, sourcePort, destination, destinationPort }: FlowRow): Node {
  return element(
    "span",
    { class: "ends" },
    element("span", {}, endText(source, sourcePort)),
    element("span", {}, `→\u00a0${endText(destination, destinationPort)}`),
  );
}

function protocolCell({ protocol, transport }: FlowRow): string {
  return protocol === transport ? protocol : `${protocol} / ${transport}`;
}

function nameCell({ name, detail }: FlowRow): Node | string {
  const text = name ?? detail ?? "";
  if (text === "") return "";
  return element("span", { class: "clipped", title: [name, detail].filter(Boolean).join(" · ") }, text);
}

function retransmissionsCell({ retransmissions, outOfOrder, resets, state }: FlowRow): Node | string {
  if (state === null) return "";
  const title = `${formatCount(retransmissions)} sent again, ${formatCount(outOfOrder)} out of order, ${formatCount(resets)} resets`;
  return element("span", { title }, formatCount(retransmissions));
}

function bytesOf({ bytesOut, bytesIn }: FlowRow): number {
  return bytesOut + bytesIn;
}
