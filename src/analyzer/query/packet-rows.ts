/** Packets of a selection as lines of a list. */
import { protocolNames, type ProtocolName } from "../packet/protocols.ts";
import { notJudged, scoreUnits } from "../store/store-chunk.ts";
import type { PacketColumn, PacketOrder } from "./packet-order.ts";
import type { Page } from "./page-query.ts";
import { addressText, type RowsAnswer } from "./selection-rows.ts";
import type { Selection } from "./selection.ts";

/** A line of the packet list. */
export interface PacketRow {
  /** Counted from 1. */
  number: number;
  /** Seconds since 1970; null where the capture keeps none. */
  time: number | null;
  /** Of the innermost IP header, else of the link; null where there is none. */
  source: string | null;
  destination: string | null;
  /** 0 where there are none. */
  sourcePort: number;
  destinationPort: number;
  protocol: ProtocolName;
  /** Bytes on the wire. */
  size: number;
  /** 0 to 1; null where it was not judged. */
  score: number | null;
  /** Found abnormal, and not marked as expected. */
  flagged: boolean;
  /** Its flow's number, the same in every packet of the flow; 0 for none. */
  flow: number;
}

/** Columns by which packets can be sorted: what is sorted by another one than `number` is sorted whole. */
export const packetColumns: readonly string[] = ["number", "time", "size", "score"];

/** @param order keeps the order of a whole selection for its next page */
export function packetRows(selection: Selection, page: Page, order: PacketOrder): RowsAnswer<PacketRow> {
  const { offset } = page;
  return {
    total: selection.count,
    offset,
    rows: numbersOf(selection, page, order).map((number) => packetRow(selection, number)),
  };
}

/** What the list tells of a packet that is stored. */
export function packetRow(selection: Selection, number: number): PacketRow {
  const { store } = selection;
  const { chunk, row } = store.find(number)!;
  const second = chunk.seconds[row]!;
  const score = chunk.score[row]!;
  const textOf = (id: number): string | null => (id === 0 ? null : addressText(store.addresses, id));
  return {
    number,
    time: Number.isNaN(second) ? null : second + chunk.nanos[row]! / 1e9,
    source: textOf(chunk.source[row]!),
    destination: textOf(chunk.destination[row]!),
    sourcePort: chunk.sourcePort[row]!,
    destinationPort: chunk.destinationPort[row]!,
    protocol: protocolNames[chunk.protocol[row]!]!,
    size: chunk.wire[row]!,
    score: score === notJudged ? null : score / scoreUnits,
    flagged: selection.isFlagged(chunk, row),
    flow: chunk.flow[row]!,
  };
}

function numbersOf(selection: Selection, { offset, limit, sort }: Page, order: PacketOrder): number[] {
  const { count } = selection;
  const rest = Math.max(0, Math.min(limit, count - offset));
  if (sort === undefined || (sort.column === "number" && !sort.descending))
    return selection.numbers(offset, limit);
  if (sort.column === "number") return selection.numbers(count - offset - rest, rest).reverse();
  const numbers = order.numbers(selection, sort.column as PacketColumn, sort.descending);
  return [...numbers.subarray(offset, offset + rest)];
}
