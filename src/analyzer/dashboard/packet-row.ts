/** A stored packet as a line of the packet list. */
import { formatIpv4, formatIpv6 } from "../packet/inspector/format-values.ts";
import { protocolNames } from "../packet/protocols.ts";
import type { PacketStore } from "../store/packet-store.ts";
import { notJudged, scoreUnits, type StoreChunk } from "../store/store-chunk.ts";
import type { PacketRow } from "./contract.ts";

/** @param threshold the lowest score that is flagged; undefined where nothing is */
export function packetRow(
  store: PacketStore,
  number: number,
  chunk: StoreChunk,
  row: number,
  threshold: number | undefined,
): PacketRow {
  const seconds = chunk.seconds[row]!;
  const score = scoreOf(chunk, row);
  return {
    number,
    time: Number.isNaN(seconds) ? null : seconds + chunk.nanos[row]! / 1e9,
    source: formatEnd(store, chunk.source[row]!),
    destination: formatEnd(store, chunk.destination[row]!),
    sourcePort: chunk.sourcePort[row]!,
    destinationPort: chunk.destinationPort[row]!,
    protocol: protocolNames[chunk.protocol[row]!]!,
    size: chunk.wire[row]!,
    score,
    flagged: isFlagged(score, threshold),
    flow: chunk.flow[row]!,
  };
}

/** 0 to 1; null where it was not judged. */
export function scoreOf(chunk: StoreChunk, row: number): number | null {
  const score = chunk.score[row]!;
  return score === notJudged ? null : score / scoreUnits;
}

export function isFlagged(score: number | null, threshold: number | undefined): boolean {
  return score !== null && threshold !== undefined && score >= threshold;
}

function formatEnd({ addresses }: PacketStore, id: number): string | null {
  const bytes = addresses.addressOf(id);
  return bytes === undefined ? null : bytes.length === 4 ? formatIpv4(bytes) : formatIpv6(bytes);
}
