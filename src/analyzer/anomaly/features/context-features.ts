/**
 * The features of a packet in its context, kept up packet by packet in bounded tables:
 *
 *     packet ─> path ─> sender · receiver · pair · shape · service ─> codes: one row of bytes in six words
 *
 *     words 0, 1  sender's codes         then extension headers, and the pair's rate
 *     words 2, 3  receiver's codes       then a byte for the number of a rule, and one that is free
 *     word 4      pair's codes
 *     word 5      shape | size | hops | fragment 1 bit, new 1 bit, entropy from bit 2
 *
 * `observe` learns from a packet and writes its codes. A context's codes are made anew when its sums have grown
 * by a sixth, it meets something new, or a twentieth of its time constant has passed, and stay between. `write`
 * gives the exact values of the packet observed last.
 */
import { noOffset, packetFlag, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { countExtensionHeaders } from "./extension-headers.ts";
import { encodeFeature } from "./feature-code.ts";
import { featureColumn as column } from "./feature-list.ts";
import { pathWord } from "./known-paths.ts";
import type { PacketRows } from "./packet-ends.ts";
import { PathRecords } from "./path-records.ts";
import { leastEntropyBytes, payloadEntropy } from "./payload-entropy.ts";
import { ServiceSizes } from "./service-sizes.ts";
import { ShapeContexts } from "./shape-contexts.ts";

const tcp = 6;
export class ContextFeatures {
  /** The codes of the packet observed last. */
  readonly words = new Int32Array(6);
  /** Where the path of the packet observed last stands in `paths.words`. */
  path = 0;
  private readonly records = new PathRecords();
  readonly paths = this.records.paths;
  /** Those of the packet whose path was new last. */
  readonly ends = this.records.ends;
  private readonly shapes = new ShapeContexts();
  private readonly sizes = new ServiceSizes();
  /** Seconds since the first packet with a time. */
  private time = 0;
  private origin = Number.NaN;
  /** Of the packet observed last. */
  private readonly last = { shape: 0, extensions: 0, fragment: 0, size: 0, hops: 0, isNew: 0 };

  /** Contexts that had to give way to others. */
  get evicted(): number {
    return this.records.evicted + this.shapes.records.evicted;
  }

  /** A packet without a time counts as of the time of the one before. */
  observe(packets: PacketRows, columns: DecodedColumns, row: number): void {
    const { words, last } = this;
    const time = this.timeOf(packets, row);
    const transport = columns.transport[row]!;
    const header = columns.transportStart[row]!;
    const { bytes } = packets;
    const flags = transport === tcp && header !== noOffset ? bytes[header + 13]! & 0x3f : 0;
    const size = packets.wire[row]!;
    const path = this.records.learn(packets, columns, row, flags, time);
    this.path = path;
    const known = this.paths.words;
    last.shape = this.shapes.add((transport << 8) | flags, columns.layers[row]!, size, time);
    this.look(packets, columns, row, path, time);
    words[0] = known[path + pathWord.codes]!;
    words[1] = known[path + pathWord.codes + 1]! | (encodeFeature(last.extensions) << 16);
    words[2] = known[path + pathWord.codes + 2]!;
    words[3] = known[path + pathWord.codes + 3]!;
    words[4] = known[path + pathWord.codes + 4]!;
    words[5] =
      this.shapes.codeOf(last.shape) |
      (encodeFeature(last.size) << 8) |
      (encodeFeature(last.hops) << 16) |
      ((last.fragment | (last.isNew << 1) | ((known[path + pathWord.entropy]! & 0xff) << 2)) << 24);
  }

  /** Writes the features of the packet observed last, in the order of `features`. */
  write(into: Float64Array, start: number): void {
    const { last, records } = this;
    const { senders, receivers, pairs } = records;
    if (this.paths.words[this.path + pathWord.pending] !== 0) records.settle(this.path);
    const known = this.paths.words;
    senders.write(known[this.path + pathWord.sender]!, into, start);
    receivers.write(known[this.path + pathWord.receiver]!, into, start);
    pairs.write(known[this.path + pathWord.pair]!, into, start);
    into[start + column["shape.packets"]] = this.shapes.packetsOf(last.shape);
    into[start + column["packet.extensions"]] = last.extensions;
    into[start + column["packet.fragment"]] = last.fragment;
    into[start + column["packet.size"]] = last.size;
    into[start + column["packet.hops"]] = last.hops;
    into[start + column["packet.entropy"]] = (known[this.path + pathWord.entropy]! >> 8) / 1000;
    into[start + column["source.new"]] = last.isNew;
  }

  private timeOf(packets: PacketRows, row: number): number {
    const at = packets.seconds[row]! + packets.nanos[row]! / 1e9;
    if (at === at) {
      if (this.origin !== this.origin) this.origin = at;
      this.time = at - this.origin;
    }
    return this.time;
  }

  /** What the packet itself says. */
  private look(packets: PacketRows, columns: DecodedColumns, row: number, path: number, time: number): void {
    const { last } = this;
    const known = this.paths.words;
    const network = columns.networkStart[row]!;
    // A header that is cut has a version and no place.
    const version = network === noOffset ? 0 : columns.networkVersion[row]!;
    last.fragment = Number((columns.flags[row]! & packetFlag.fragment) !== 0);
    last.extensions = 0;
    last.hops = 0;
    if (version === 4) this.lookAtHops(path, packets.bytes[network + 8]!, time);
    else if (version === 6) {
      this.lookAtHops(path, packets.bytes[network + 7]!, time);
      if (packets.bytes[network + 6] !== columns.transport[row]) {
        const end = packets.offset[row]! + packets.captured[row]!;
        last.extensions = countExtensionHeaders(packets.bytes, network, end);
      }
    } else last.isNew = Number(this.records.senders.isNew(known[path + pathWord.sender]!, time));
    const from = columns.sourcePort[row]!;
    const to = columns.destinationPort[row]!;
    const toService = to <= from;
    last.size = this.sizes.deviation(
      columns.transport[row]!,
      toService ? to : from,
      toService,
      packets.wire[row]!,
    );
    const start = columns.payloadStart[row]!;
    const end = columns.payloadEnd[row]!;
    if (known[path + pathWord.entropy] === 0 && end - start >= leastEntropyBytes) {
      const entropy = payloadEntropy(packets.bytes, start, end);
      known[path + pathWord.entropy] = (Math.round(entropy * 1000) << 8) | (encodeFeature(entropy) + 1);
    }
  }

  /** A sender that is long known and has the time to live that it always has needs no look at its record. */
  private lookAtHops(path: number, timeToLive: number, time: number): void {
    const { last } = this;
    const { senders } = this.records;
    const known = this.paths.words;
    last.isNew = 0;
    last.hops = 0;
    if (known[path + pathWord.hops] === timeToLive) return;
    const sender = known[path + pathWord.sender]!;
    last.isNew = Number(senders.isNew(sender, time));
    last.hops = senders.hopsOff(sender, timeToLive);
  }
}
