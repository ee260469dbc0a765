/**
 * The features of a packet in its context, kept up packet by packet in bounded tables:
 *
 *     packet ─> ends, flags, size ─> sender · receiver · pair · shape ─> one row of numbers
 *
 * `observe` learns from a packet, which is cheap; `write` gives the row of the packet observed last, and
 * costs a logarithm or two a feature, so that rows need be written only for packets that matter.
 */
import { noOffset, packetFlag, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { Context } from "./context.ts";
import { countExtensionHeaders } from "./extension-headers.ts";
import { featureColumn } from "./feature-list.ts";
import { hashWord } from "./hash-bytes.ts";
import { hostSlots, pairSlots, shapeSlots } from "./limits.ts";
import { PacketEnds, type PacketRows } from "./packet-ends.ts";

const tcp = 6;
/** Time constant of what is "of late", and length of a window of different things, in seconds. */
const span = 10;
/** Payload of a packet that carries next to nothing, in bytes. */
const smallPayload = 64;

/** Places of the sums and sets of each context. */
const sender = { packets: 0, openings: 1, peers: 0, services: 1, stations: 2 } as const;
const receiver = { packets: 0, openings: 1, small: 2, peers: 0, ports: 1 } as const;
const pair = { connections: 0 } as const;
const shape = { packets: 0 } as const;

export class ContextFeatures {
  private readonly senders = new Context({ slots: hostSlots, sums: 2, sets: 3, timeConstant: span });
  private readonly receivers = new Context({ slots: hostSlots, sums: 3, sets: 2, timeConstant: span });
  private readonly pairs = new Context({ slots: pairSlots, sums: 0, sets: 1, timeConstant: span });
  private readonly shapes = new Context({ slots: shapeSlots, sums: 1, sets: 0, timeConstant: 1 });
  private readonly ends = new PacketEnds();
  private time = 0;
  /** What was noted last for each pair: its connection and window. */
  private readonly noted = new Int32Array(pairSlots);
  /** Slots of the packet observed last. */
  private readonly last = { sender: 0, receiver: 0, pair: 0, shape: 0, extensions: 0, fragment: 0 };

  /** Contexts that had to give way to others. */
  get evicted(): number {
    const { senders, receivers, pairs, shapes } = this;
    return [senders, receivers, pairs, shapes].reduce((sum, { table }) => sum + table.evicted, 0);
  }

  /** A packet without a time counts as of the time of the one before. */
  observe(packets: PacketRows, columns: DecodedColumns, row: number): void {
    const { ends, last } = this;
    const at = packets.seconds[row]! + packets.nanos[row]! / 1e9;
    if (!Number.isNaN(at)) this.time = at;
    ends.read(packets, columns, row);
    const transport = columns.transport[row]!;
    const header = columns.transportStart[row]!;
    const flags = transport === tcp && header !== noOffset ? packets.bytes[header + 13]! & 0x3f : 0;
    const isOpening = (flags & 0x12) === 0x02;

    this.observeHosts(columns, row, isOpening);
    const kind = hashWord((transport << 8) | flags, columns.layers[row]!);
    const size = packets.wire[row]!;
    last.shape = this.shapes.touch(hashWord(size, kind), hashWord(size, ~kind), this.time);
    this.shapes.addTo(last.shape, shape.packets, 1);

    last.fragment = Number((columns.flags[row]! & packetFlag.fragment) !== 0);
    last.extensions = 0;
    if (columns.networkVersion[row] === 6) {
      const end = packets.offset[row]! + packets.captured[row]!;
      last.extensions = countExtensionHeaders(packets.bytes, columns.networkStart[row]!, end);
    }
  }

  /** Writes the features of the packet observed last, in the order of `features`, unscaled. */
  write(into: Float64Array, start: number): void {
    const { senders, receivers, ends, last } = this;
    const put = (name: keyof typeof featureColumn, value: number): void => {
      into[start + featureColumn[name]] = value;
    };
    put("source.peers", senders.different(last.sender, sender.peers, this.time));
    put("source.services", senders.different(last.sender, sender.services, this.time));
    put("source.openings", senders.sum(last.sender, sender.openings));
    put("source.stations", senders.different(last.sender, sender.stations, this.time));
    put("destination.peers", receivers.different(last.receiver, receiver.peers, this.time));
    put("destination.ports", receivers.different(last.receiver, receiver.ports, this.time));
    put("destination.openings", receivers.sum(last.receiver, receiver.openings));
    const arrived = receivers.sum(last.receiver, receiver.packets);
    const sent = senders.sumOf(ends.destinationHigh, ends.destinationLow, this.time, sender.packets);
    put("destination.packets", arrived);
    put("destination.small", receivers.sum(last.receiver, receiver.small));
    put("destination.unanswered", (arrived + 1) / (sent + 1));
    put("pair.connections", this.pairs.different(last.pair, pair.connections, this.time));
    put("shape.packets", this.shapes.sum(last.shape, shape.packets));
    put("packet.extensions", last.extensions);
    put("packet.fragment", last.fragment);
  }

  private observeHosts(columns: DecodedColumns, row: number, isOpening: boolean): void {
    const { ends, last, senders, receivers, pairs, time } = this;
    const { sourceHigh, sourceLow, destinationHigh, destinationLow } = ends;

    last.sender = senders.touch(sourceHigh, sourceLow, time);
    let isFresh = senders.table.isFresh;
    senders.addTo(last.sender, sender.packets, 1);
    if (isOpening) senders.addTo(last.sender, sender.openings, 1);

    last.receiver = receivers.touch(destinationHigh, destinationLow, time);
    isFresh ||= receivers.table.isFresh;
    receivers.addTo(last.receiver, receiver.packets, 1);
    if (isOpening) receivers.addTo(last.receiver, receiver.openings, 1);
    if (columns.payloadLength[row]! <= smallPayload) receivers.addTo(last.receiver, receiver.small, 1);

    const high = hashWord(destinationHigh, sourceHigh);
    last.pair = pairs.touch(high, hashWord(destinationLow, sourceLow), time);
    isFresh ||= pairs.table.isFresh;
    const connection = hashWord(
      (columns.sourcePort[row]! << 16) | columns.destinationPort[row]!,
      ends.station,
    );
    const noted = hashWord(Math.floor(time / span), connection);
    if (!isFresh && this.noted[last.pair] === noted) return;
    this.noted[last.pair] = noted;
    this.noteEnds(columns.destinationPort[row]!, connection);
  }

  /** Once a window for each pair and connection is enough: sets do not count how often. */
  private noteEnds(port: number, connection: number): void {
    const { ends, last, senders, receivers, time } = this;
    senders.note(last.sender, sender.peers, ends.destinationHigh, time);
    senders.note(last.sender, sender.services, hashWord(port, ends.destinationHigh), time);
    if (ends.station !== 0) senders.note(last.sender, sender.stations, ends.station, time);
    receivers.note(last.receiver, receiver.peers, ends.sourceHigh, time);
    receivers.note(last.receiver, receiver.ports, hashWord(port, 1), time);
    this.pairs.note(last.pair, pair.connections, connection, time);
  }
}
