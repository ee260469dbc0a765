/** The tab of the conversations: pairs of addresses, and what went each way between them. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount, formatDuration } from "../format.ts";
import { isIpAddress } from "../ip-address.ts";
import type { Panel, PanelContext } from "../panel.ts";
import type { Column } from "./column.ts";
import { momentCell } from "./moment-cell.ts";
import { isFlagged, scoreCell } from "./score-cell.ts";
import { ownOrder } from "./sort-order.ts";
import { TablePanel } from "./table-panel.ts";
import { mostOf } from "./most-of.ts";
import { volumeBar } from "./volume-bar.ts";

type ConversationRow = Answers["/api/conversations"]["rows"][number];

const ways = ["from the first", "from the second"] as const;

const columns: readonly Column<ConversationRow>[] = [
  { title: "Between", kind: "text", cell: pairCell, sort: "a" },
  {
    title: "Volume",
    help: "Bytes from the first to the second, and back",
    kind: "bar",
    cell: (row, { rows }) => volumeBar(row.bytesAtoB, row.bytesBtoA, mostOf(rows, bytesOf), ways),
    sort: ownOrder,
  },
  {
    title: "Packets",
    help: "Of both directions",
    kind: "number",
    cell: ({ packetsAtoB, packetsBtoA }) => formatCount(packetsAtoB + packetsBtoA),
    sort: "packets",
  },
  {
    title: "Packets →",
    help: "From the first to the second",
    kind: "number",
    cell: ({ packetsAtoB }) => formatCount(packetsAtoB),
    sort: "packetsAtoB",
  },
  {
    title: "Packets ←",
    help: "From the second to the first",
    kind: "number",
    cell: ({ packetsBtoA }) => formatCount(packetsBtoA),
    sort: "packetsBtoA",
  },
  { title: "Flows", kind: "number", cell: ({ flows }) => formatCount(flows), sort: "flows" },
  {
    title: "Score",
    help: "Flagged packets and the highest score",
    kind: "number",
    cell: scoreCell,
    sort: "score",
  },
  {
    title: "Lasted",
    kind: "number",
    cell: ({ durationSeconds }) => formatDuration(durationSeconds),
    sort: "durationSeconds",
  },
  { title: "Began", kind: "text", cell: ({ start }) => momentCell(start), sort: "start" },
];

export function conversationsPanel(context: PanelContext): Panel {
  return new TablePanel(context, {
    label: "Conversations",
    note: "Pairs of addresses. A click on a pair selects what they said to each other.",
    ways,
    noun: "conversation",
    columns,
    rowHint: ({ a, b }) => `Select the packets between ${a} and ${b}`,
    isMarked: isFlagged,
    fetch: (parameters, signal) => context.data.get("/api/conversations", { ...parameters }, signal),
    onRow: ({ a, b }) => {
      const hosts = [...new Set([a, b])].filter(isIpAddress);
      if (hosts.length > 0) context.view.narrow(hosts.map((host) => `host ${host}`).join(" and "));
    },
  });
}

function pairCell({ a, b }: ConversationRow): Node {
  return element("span", { class: "ends" }, element("span", {}, a), element("span", {}, `↔\u00a0${b}`));
}

function bytesOf({ bytesAtoB, bytesBtoA }: ConversationRow): number {
  return bytesAtoB + bytesBtoA;
}
