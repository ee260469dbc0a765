/** Packets as rows of CSV, or as a JSON array with a row a line, a piece at a time. */
import type { Reason } from "../anomaly/reasons/reason.ts";
import { exportRowsAtOnce } from "../limits.ts";
import { packetRow } from "../query/packet-rows.ts";
import type { Selection } from "../query/selection.ts";
import { formatTime } from "../traffic/capture-time.ts";
import type { PacketRow } from "./contract.ts";
import { csvRow } from "./csv-row.ts";

export interface RowsToExport {
  selection: Selection;
  /** Why packets of a feature row are strange. */
  reasonsOf: (vector: number) => readonly Reason[];
  /** Whether what there is should be yielded now, be it empty. */
  isOver: () => boolean;
}

/** The columns of a CSV file after number and time, and before the reasons of a flagged packet. */
const columns = [
  "source",
  "destination",
  "sourcePort",
  "destinationPort",
  "protocol",
  "size",
  "score",
  "flagged",
  "flow",
] as const satisfies readonly (keyof PacketRow)[];

const passedBy = 4096;

export function* exportRows(format: "csv" | "json", what: RowsToExport): Generator<Uint8Array, void> {
  const { selection, isOver } = what;
  const { store } = selection;
  const { last } = store;
  const encoder = new TextEncoder();
  const write = format === "csv" ? csvLine : jsonLine;
  let text = format === "csv" ? csvRow(["number", "time", ...columns, "reasons"]) : "[";
  let [rows, all] = [0, 0];
  for (let number = store.first; number <= last; number++) {
    const isWanted = selection.has(number);
    if (isWanted) text += write(what, number, all++ === 0);
    // A clock costs little beside a row, and much beside a packet that is passed by.
    if (isWanted ? ++rows < exportRowsAtOnce && !isOver() : number % passedBy > 0 || !isOver()) continue;
    yield encoder.encode(text);
    [text, rows] = ["", 0];
    // Packets may have gone meanwhile.
    number = Math.max(number, store.first - 1);
  }
  yield encoder.encode(format === "csv" ? text : `${text}\n]\n`);
}

function csvLine(what: RowsToExport, number: number): string {
  const { row, time, reasons } = rowOf(what, number);
  const cells = [...columns.map((name) => row[name]), reasons.map(({ text }) => text).join("; ")];
  return `${number},${time ?? ""},${csvRow(cells)}`;
}

function jsonLine(what: RowsToExport, number: number, isFirst: boolean): string {
  const { row, time, reasons } = rowOf(what, number);
  const { source, destination, sourcePort, destinationPort, protocol, size, score, flagged, flow } = row;
  const rest = { source, destination, sourcePort, destinationPort, protocol, size, score, flagged, flow };
  const told = flagged ? { ...rest, reasons } : rest;
  // The time has more digits than a number can have.
  return `${isFirst ? "" : ","}\n{"number":${number},"time":${time},${JSON.stringify(told).slice(1)}`;
}

function rowOf({ selection, reasonsOf }: RowsToExport, number: number) {
  const { chunk, row: at } = selection.store.find(number)!;
  const row = packetRow(selection, number);
  const seconds = chunk.seconds[at]!;
  const time = Number.isNaN(seconds) ? null : formatTime({ seconds, nanos: chunk.nanos[at]! });
  return { row, time, reasons: row.flagged ? reasonsOf(chunk.vector[at]!) : [] };
}
