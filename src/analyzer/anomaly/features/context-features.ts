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
import { hashWord } from "./hash-bytes.ts";
import { KnownPaths, pathFloat, pathWord } from "./known-paths.ts";
import { lateSeconds } from "./limits.ts";
import { PacketEnds, type PacketRows } from "./packet-ends.ts";
import { PairContexts } from "./pair-contexts.ts";
import { leastEntropyBytes, payloadEntropy } from "./payload-entropy.ts";
import { ReceiverContexts } from "./receiver-contexts.ts";
import { SenderContexts } from "./sender-contexts.ts";
import { ServiceSizes } from "./service-sizes.ts";
import { ShapeContexts } from "./shape-contexts.ts";

const [icmp, tcp, icmpv6] = [1, 6, 58];
const flag = { syn: 0x02, reset: 0x04, acknowledgement: 0x10 } as const;
/** Payload of a packet that carries next to nothing, in bytes. */
const smallPayload = 64;
/** After which time records are told of a path's packets at the latest, and after how many. */
const settleSeconds = 0.25;
const maxPending = 255;

export class ContextFeatures {
  /** The codes of the packet observed last. */
  readonly words = new Int32Array(6);
  readonly ends = new PacketEnds();
  /** Where the path of the packet observed last stands in `paths.words`. */
  path = 0;
  readonly paths = new KnownPaths((path) => this.settle(path));
  private readonly senders = new SenderContexts();
  private readonly receivers = new ReceiverContexts(this.senders);
  private readonly pairs = new PairContexts();
  private readonly shapes = new ShapeContexts();
  private readonly sizes = new ServiceSizes();
  /** Seconds since the first packet with a time. */
  private time = 0;
  private origin = Number.NaN;
  /** Of the packet observed last. */
  private readonly last = { shape: 0, extensions: 0, fragment: 0, size: 0, hops: 0, isNew: 0 };

  /** Contexts that had to give way to others. */
  get evicted(): number {
    const { senders, receivers, pairs, shapes } = this;
    return [senders, receivers, pairs, shapes].reduce((sum, { records }) => sum + records.evicted, 0);
  }

  /** A packet without a time counts as of the time of the one before. */
  observe(packets: PacketRows, columns: DecodedColumns, row: number): void {
    const { paths, words, last } = this;
    const time = this.timeOf(packets, row);
    const transport = columns.transport[row]!;
    const header = columns.transportStart[row]!;
    const { bytes } = packets;
    const flags = transport === tcp && header !== noOffset ? bytes[header + 13]! & 0x3f : 0;
    const isOpening = (flags & (flag.syn | flag.acknowledgement)) === flag.syn;
    const size = packets.wire[row]!;

    const path = paths.find(packets, columns, row);
    this.path = path;
    const known = paths.words;
    const isRefusal = (flags & flag.reset) !== 0 || transport === icmp || transport === icmpv6;
    const isSmall = columns.payloadLength[row]! <= smallPayload;
    const window = Math.floor(time / lateSeconds) + 1;
    const isBrief =
      !paths.isFresh &&
      !isOpening &&
      !isRefusal &&
      known[path + pathWord.window] === window &&
      known[path + pathWord.pending]! < known[path + pathWord.budget]! &&
      Math.abs(time - paths.floats[path / 2 + pathFloat.settled]!) < settleSeconds;
    if (isBrief) {
      known[path + pathWord.pending]! += 1;
      known[path + pathWord.small]! += Number(isSmall);
      known[path + pathWord.bytes]! += size;
      paths.floats[path / 2 + pathFloat.latest] = time;
    } else {
      this.learn(packets, columns, row, flags, isSmall, time);
      if (isRefusal) this.noteRefusal(packets, columns, row, transport);
      this.keepCodes(path, time);
    }
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
    const { senders, receivers, pairs, last } = this;
    if (this.paths.words[this.path + pathWord.pending] !== 0) this.settle(this.path);
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

  private holds(path: number): boolean {
    const known = this.paths.words;
    return (
      this.senders.records.holds(known[path + pathWord.sender]!, known[path + pathWord.senderStamp]!) &&
      this.receivers.records.holds(known[path + pathWord.receiver]!, known[path + pathWord.receiverStamp]!) &&
      this.pairs.records.holds(known[path + pathWord.pair]!, known[path + pathWord.pairStamp]!)
    );
  }

  /** Takes a packet into the records of its path, with those that are pending there. */
  private learn(
    packets: PacketRows,
    columns: DecodedColumns,
    row: number,
    flags: number,
    isSmall: boolean,
    time: number,
  ): void {
    const { senders, receivers, pairs, paths, path } = this;
    const known = paths.words;
    const window = Math.floor(time / lateSeconds) + 1;
    if (known[path + pathWord.pending] !== 0) this.settle(path);
    if (paths.isFresh || !this.holds(path)) this.enter(packets, columns, row, flags, time);
    if (known[path + pathWord.window] !== window) this.note(packets, columns, row, window, time);
    const isOpening = (flags & (flag.syn | flag.acknowledgement)) === flag.syn;
    const size = packets.wire[row]!;
    senders.add(known[path + pathWord.sender]!, 1, size, isOpening, time);
    receivers.add(known[path + pathWord.receiver]!, 1, isOpening, Number(isSmall), time);
    pairs.add(known[path + pathWord.pair]!, known[path + pathWord.fromLow] === 1, 1, size, isOpening, time);
  }

  /** Tells a path's records of the packets that are pending, if they are still the ones. */
  private settle(path: number): void {
    const { senders, receivers, pairs, paths } = this;
    const known = paths.words;
    const pending = known[path + pathWord.pending]!;
    const time = paths.floats[path / 2 + pathFloat.latest]!;
    const bytes = known[path + pathWord.bytes]!;
    const small = known[path + pathWord.small]!;
    known[path + pathWord.pending] = 0;
    known[path + pathWord.small] = 0;
    known[path + pathWord.bytes] = 0;
    if (!this.holds(path)) return;
    senders.add(known[path + pathWord.sender]!, pending, bytes, false, time);
    receivers.add(known[path + pathWord.receiver]!, pending, false, small, time);
    pairs.add(
      known[path + pathWord.pair]!,
      known[path + pathWord.fromLow] === 1,
      pending,
      bytes,
      false,
      time,
    );
  }

  /** Keeps the codes of a path's records in the path, for the packets to come. */
  private keepCodes(path: number, time: number): void {
    const { senders, receivers, pairs, paths } = this;
    const known = paths.words;
    const sender = known[path + pathWord.sender]!;
    const receiver = known[path + pathWord.receiver]!;
    const pair = known[path + pathWord.pair]!;
    const s = sender * senders.records.wordStride + senders.records.codes;
    const r = receiver * receivers.records.wordStride + receivers.records.codes;
    const p = pair * pairs.records.wordStride + pairs.records.codes;
    known[path + pathWord.codes] = senders.records.words[s]!;
    known[path + pathWord.codes + 1] = senders.records.words[s + 1]! | (pairs.records.words[p + 1]! << 24);
    known[path + pathWord.codes + 2] = receivers.records.words[r]!;
    known[path + pathWord.codes + 3] = receivers.records.words[r + 1]!;
    known[path + pathWord.codes + 4] = pairs.records.words[p]!;
    known[path + pathWord.hops] = senders.usualHops(sender, time);
    // What comes before the next look may be what the first of them to be due has room for.
    known[path + pathWord.budget] = Math.min(
      maxPending,
      senders.records.left(sender),
      receivers.records.left(receiver),
      pairs.records.left(pair),
    );
    paths.floats[path / 2 + pathFloat.settled] = time;
  }

  /** Finds the records of a path, or makes them. */
  private enter(
    packets: PacketRows,
    columns: DecodedColumns,
    row: number,
    flags: number,
    time: number,
  ): void {
    const { ends, senders, receivers, pairs, path } = this;
    const known = this.paths.words;
    ends.read(packets, columns, row);
    const { sourceHigh, sourceLow, destinationHigh, destinationLow } = ends;
    const sender = senders.touch(sourceHigh, sourceLow, time);
    const receiver = receivers.touch(destinationHigh, destinationLow, time);
    const fromLow =
      sourceHigh < destinationHigh || (sourceHigh === destinationHigh && sourceLow <= destinationLow);
    const high = fromLow ? hashWord(destinationHigh, sourceHigh) : hashWord(sourceHigh, destinationHigh);
    const low = fromLow ? hashWord(destinationLow, sourceLow) : hashWord(sourceLow, destinationLow);
    const pair = pairs.touch(high, low, fromLow, isAnswer(columns, row, flags), time);
    known[path + pathWord.sender] = sender;
    known[path + pathWord.receiver] = receiver;
    known[path + pathWord.pair] = pair;
    known[path + pathWord.senderStamp] = senders.records.stampOf(sender);
    known[path + pathWord.receiverStamp] = receivers.records.stampOf(receiver);
    known[path + pathWord.pairStamp] = pairs.records.stampOf(pair);
    known[path + pathWord.fromLow] = Number(fromLow);
    known[path + pathWord.connection] = hashWord(
      (columns.sourcePort[row]! << 16) | columns.destinationPort[row]!,
      ends.station,
    );
    known[path + pathWord.window] = 0;
  }

  /** Once a window for each path is enough: sets do not count how often. */
  private note(
    packets: PacketRows,
    columns: DecodedColumns,
    row: number,
    window: number,
    time: number,
  ): void {
    const { ends, senders, receivers, pairs, path } = this;
    const known = this.paths.words;
    if (known[path + pathWord.window] !== 0) ends.read(packets, columns, row);
    known[path + pathWord.window] = window;
    const port = columns.destinationPort[row]!;
    const pair = known[path + pathWord.pair]!;
    const fromLow = known[path + pathWord.fromLow] === 1;
    const service = hashWord(port, ends.destinationHigh);
    senders.note(known[path + pathWord.sender]!, ends.destinationHigh, service, ends.station, time);
    receivers.note(known[path + pathWord.receiver]!, ends.sourceHigh, hashWord(port, 1), time);
    const addressed = pairs.isFromBeginner(pair, fromLow) ? hashWord(port, 1) : -1;
    const from = columns.sourcePort[row]!;
    const used = (columns.transport[row]! << 16) | Math.min(port, from);
    pairs.note(pair, known[path + pathWord.connection]!, addressed, used, window, time);
  }

  /** Resets (RFC 9293), ICMP's "unreachable" (RFC 792, type 3) and ICMPv6's (RFC 4443, type 1). */
  private noteRefusal(packets: PacketRows, columns: DecodedColumns, row: number, transport: number): void {
    const header = columns.transportStart[row]!;
    if (header === noOffset) return;
    const type = packets.bytes[header];
    if (transport !== tcp && type !== (transport === icmp ? 3 : 1)) return;
    const { keys } = this.receivers.records;
    const receiver = this.paths.words[this.path + pathWord.receiver]!;
    this.senders.refuse(keys[2 * receiver]!, keys[2 * receiver + 1]!);
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
    } else last.isNew = Number(this.senders.isNew(known[path + pathWord.sender]!, time));
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
    const { last, senders } = this;
    const known = this.paths.words;
    last.isNew = 0;
    last.hops = 0;
    if (known[path + pathWord.hops] === timeToLive) return;
    const sender = known[path + pathWord.sender]!;
    last.isNew = Number(senders.isNew(sender, time));
    last.hops = senders.hopsOff(sender, timeToLive);
  }
}

/** Whether a packet is more likely an answer than a beginning, by its flags, else by its ports. */
function isAnswer(columns: DecodedColumns, row: number, flags: number): boolean {
  if ((flags & flag.syn) !== 0) return (flags & flag.acknowledgement) !== 0;
  return columns.sourcePort[row]! < columns.destinationPort[row]! && columns.sourcePort[row]! < 1024;
}
