/** The routes that give exactly the packets asked for as a file, made while it is read. */
import type { Context, Handler } from "hono";
import type { Reason } from "../anomaly/reasons/reason.ts";
import { maxExports } from "../limits.ts";
import { exportPackets, storedLinkTypes } from "../store/export-packets.ts";
import { notJudged, scoreUnits, type StoreChunk } from "../store/store-chunk.ts";
import { dataRoute, type Asked } from "./data-route.ts";
import { exportRows } from "./export-rows.ts";
import type { OpenCaptures } from "./open-captures.ts";
import { inSlices, streamBody, type OpenStreams } from "./open-streams.ts";
import { packetComment } from "./packet-comment.ts";
import { problem } from "./problems.ts";

const contentTypes = {
  pcap: "application/vnd.tcpdump.pcap",
  pcapng: "application/x-pcapng",
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
} as const;

export type ExportFormat = keyof typeof contentTypes;

/** @param now milliseconds of a clock that never goes back */
export function exportSelection(
  captures: OpenCaptures,
  files: OpenStreams,
  format: ExportFormat,
  now: () => number,
): Handler {
  return dataRoute(captures, [], (c, asked) => {
    const make = makerOf(c, asked, format);
    if (make instanceof Response) return make;
    const headers = {
      "Content-Type": contentTypes[format],
      "Content-Disposition": `attachment; filename="packets.${format}"`,
    };
    if (c.req.method === "HEAD") return c.body(null, 200, headers);
    const end = files.begin();
    if (end === undefined) {
      c.header("Retry-After", "5");
      return problem(c, "too_many", `At most ${maxExports} files can be exported at once; wait for one.`);
    }
    return c.body(streamBody(c, inSlices(make, now), end), 200, headers);
  });
}

/** @param isOver whether what is being made should be handed on */
type MakePieces = (isOver: () => boolean) => Iterator<Uint8Array, void>;

function makerOf(c: Context, asked: Asked, format: ExportFormat): MakePieces | Response {
  const { capture, isFiltered } = asked;
  const selection = capture.answers.select(asked.filter);
  const reasonsOf = (vector: number): readonly Reason[] => capture.monitor.reasonsOf?.(vector) ?? [];
  if (format === "csv" || format === "json")
    return (isOver) => exportRows(format, { selection, reasonsOf, isOver });
  const isWanted = isFiltered ? (number: number): boolean => selection.has(number) : undefined;
  const linkTypes = storedLinkTypes(capture.packets.columns, isWanted);
  if (format === "pcap" && linkTypes.length > 1)
    return problem(
      c,
      "several_link_types",
      "The packets are of several link types, and a pcap file can hold one; /api/export.pcapng holds them all.",
    );
  const commentOf = (chunk: StoreChunk, row: number): string => {
    const score = chunk.score[row]!;
    if (score === notJudged) return "";
    const isFlagged = score >= selection.flagFrom;
    const reasons = isFlagged ? reasonsOf(chunk.vector[row]!) : [];
    return packetComment(score / scoreUnits, reasons, isFlagged && !selection.isFlagged(chunk, row));
  };
  const options = {
    format,
    // A file without packets needs some link type too.
    linkTypes: linkTypes.length > 0 ? linkTypes : [1],
    isWanted,
    commentOf: format === "pcapng" && selection.threshold !== undefined ? commentOf : undefined,
  };
  return (isOver) => exportPackets(capture.packets, { ...options, isOver });
}
