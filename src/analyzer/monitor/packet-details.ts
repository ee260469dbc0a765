/** One stored packet for people to read: what is known of it, its layers and its bytes. */
import { linkTypeName } from "../capture/link-types.ts";
import { formatIpv4, formatIpv6 } from "../packet/inspector/format-values.ts";
import { inspectPacket } from "../packet/inspector/inspect-packet.ts";
import type { InspectedLayer } from "../packet/inspector/inspected-layer.ts";
import { protocolNames, type ProtocolName } from "../packet/protocols.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { formatTime } from "../traffic/capture-time.ts";

export interface PacketDetails {
  /** Counted from 1. */
  number: number;
  /** Seconds since 1970; null where the capture keeps no time for it. */
  time: number | null;
  /** Addresses of the innermost IP header; null where there is none. */
  source: string | null;
  destination: string | null;
  /** 0 where there are none. */
  sourcePort: number;
  destinationPort: number;
  protocol: ProtocolName;
  /** Bytes on the wire. */
  size: number;
  capturedBytes: number;
  linkType: string;
  /** From the outside in; `start` and `length` count in `bytes`. */
  layers: InspectedLayer[];
  /** In hex; null where they cannot be had. */
  bytes: string | null;
  /** Why there are no bytes, in a sentence; only where there are none. */
  missing?: string;
}

/** What the store has of packet `number` as JSON, in which times keep their nanoseconds; undefined where it has none. */
export function packetDetails(packets: StoredPackets, number: number): string | undefined {
  const found = packets.columns.find(number);
  if (found === undefined) return undefined;
  const { chunk, row } = found;
  const addressOf = (id: number): string | null => {
    const bytes = packets.columns.addresses.addressOf(id);
    return bytes === undefined ? null : bytes.length === 4 ? formatIpv4(bytes) : formatIpv6(bytes);
  };
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
