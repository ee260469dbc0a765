/** One stored packet for people to read: what is known of it, its layers and its bytes. */
import { linkTypeName } from "../capture/link-types.ts";
import { inspectPacket } from "../packet/inspector/inspect-packet.ts";
import { protocolNames } from "../packet/protocols.ts";
import { addressText } from "../query/selection-rows.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { formatTime } from "../traffic/capture-time.ts";
import type { PacketDetails, PacketJudgement } from "./packet-details.ts";

const notJudged: PacketJudgement = { score: null, flagged: false, reasons: [] };

/** What the store has of packet `number` as JSON, in which times keep their nanoseconds; undefined where it has none. */
export function describePacket(
  packets: StoredPackets,
  number: number,
  judgement: PacketJudgement = notJudged,
): string | undefined {
  const found = packets.columns.find(number);
  if (found === undefined) return undefined;
  const { chunk, row } = found;
  const addressOf = (id: number): string | null =>
    id === 0 ? null : addressText(packets.columns.addresses, id);
  const time = { seconds: chunk.seconds[row]!, nanos: chunk.nanos[row]! };
  const details: PacketDetails = {
    number,
    time: Number.isNaN(time.seconds) ? null : time.seconds,
    source: addressOf(chunk.source[row]!),
    destination: addressOf(chunk.destination[row]!),
    sourcePort: chunk.sourcePort[row]!,
    destinationPort: chunk.destinationPort[row]!,
    protocol: protocolNames[chunk.protocol[row]!]!,
    size: chunk.wire[row]!,
    capturedBytes: chunk.captured[row]!,
    linkType: linkTypeName(chunk.linkType[row]!),
    ...judgement,
    ...layersAndBytes(packets, number),
  };
  return JSON.stringify({ ...details, time: details.time === null ? null : JSON.rawJSON(formatTime(time)) });
}

function layersAndBytes(
  packets: StoredPackets,
  number: number,
): Pick<PacketDetails, "layers" | "bytes" | "missing"> {
  const packet = packets.packetBytes(number);
  if (packet.kind === "missing") return { layers: [], bytes: null, missing: packet.reason };
  const { bytes, wire, linkType } = packet;
  return { layers: inspectPacket(bytes, wire, linkType), bytes: bytes.toHex() };
}
