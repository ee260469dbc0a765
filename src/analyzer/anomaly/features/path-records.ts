/**
 * What senders, receivers and pairs are known by, and the paths between them: most packets only count in their
 * path, and now and then the path's records are told of them.
 */
import { noOffset, type DecodedColumns } from "../../packet/decoded-columns.ts";
import { hashWord } from "./hash-bytes.ts";
import { KnownPaths, pathFloat, pathWord } from "./known-paths.ts";
import { lateSeconds, maxPending, settleSeconds } from "./limits.ts";
import { PacketEnds, type PacketRows } from "./packet-ends.ts";
import { PairContexts } from "./pair-contexts.ts";
import { ReceiverContexts } from "./receiver-contexts.ts";
import { SenderContexts } from "./sender-contexts.ts";

const [icmp, tcp, icmpv6] = [1, 6, 58];
const flag = { syn: 0x02, reset: 0x04, acknowledgement: 0x10 } as const;
/** Payload of a packet that carries next to nothing, in bytes. */
const smallPayload = 64;

export class PathRecords {
  readonly senders = new SenderContexts();
  readonly receivers = new ReceiverContexts(this.senders);
  readonly pairs = new PairContexts();
  readonly paths = new KnownPaths((path) => this.settle(path));
  /** Those of the packet whose path was new, or noted, last. */
  readonly ends = new PacketEnds();

  /** Contexts that had to give way to others. */
  get evicted(): number {
    const { senders, receivers, pairs } = this;
    return senders.records.evicted + receivers.records.evicted + pairs.records.evicted;
  }

  /** Takes a packet in. @param flags of TCP @returns where its path stands in `paths.words` */
  learn(packets: PacketRows, columns: DecodedColumns, row: number, flags: number, time: number): number {
    const { paths } = this;
    const path = paths.find(packets, columns, row);
    const known = paths.words;
    const transport = columns.transport[row]!;
    const isRefusal = (flags & flag.reset) !== 0 || transport === icmp || transport === icmpv6;
    const isSmall = columns.payloadLength[row]! <= smallPayload;
    const isBrief =
      !paths.isFresh &&
      !isRefusal &&
      !opensConnection(flags) &&
      known[path + pathWord.window] === Math.floor(time / lateSeconds) + 1 &&
      known[path + pathWord.pending]! < known[path + pathWord.budget]! &&
      Math.abs(time - paths.floats[path / 2 + pathFloat.settled]!) < settleSeconds;
    if (isBrief) {
      known[path + pathWord.pending]! += 1;
      known[path + pathWord.small]! += Number(isSmall);
      known[path + pathWord.bytes]! += packets.wire[row]!;
      paths.floats[path / 2 + pathFloat.latest] = time;
    } else {
      this.add(packets, columns, row, path, flags, isSmall, time);
      if (isRefusal) this.noteRefusal(packets, columns, row, path, transport);
      this.keepCodes(path, time);
    }
    return path;
  }

  /** Tells a path's records of the packets that are pending, if they are still the ones. */
  settle(path: number): void {
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

  private holds(path: number): boolean {
    const known = this.paths.words;
    return (
      this.senders.records.holds(known[path + pathWord.sender]!, known[path + pathWord.senderStamp]!) &&
      this.receivers.records.holds(known[path + pathWord.receiver]!, known[path + pathWord.receiverStamp]!) &&
      this.pairs.records.holds(known[path + pathWord.pair]!, known[path + pathWord.pairStamp]!)
    );
  }

  /** Takes a packet into the records of its path, with those that are pending there. */
  private add(
    packets: PacketRows,
    columns: DecodedColumns,
    row: number,
    path: number,
    flags: number,
    isSmall: boolean,
    time: number,
  ): void {
    const { senders, receivers, pairs, paths } = this;
    const known = paths.words;
    const window = Math.floor(time / lateSeconds) + 1;
    if (known[path + pathWord.pending] !== 0) this.settle(path);
    if (paths.isFresh || !this.holds(path)) this.enter(packets, columns, row, path, flags, time);
    if (known[path + pathWord.window] !== window) this.note(packets, columns, row, path, window, time);
    const isOpening = opensConnection(flags);
    const size = packets.wire[row]!;
    senders.add(known[path + pathWord.sender]!, 1, size, isOpening, time);
    receivers.add(known[path + pathWord.receiver]!, 1, isOpening, Number(isSmall), time);
    pairs.add(known[path + pathWord.pair]!, known[path + pathWord.fromLow] === 1, 1, size, isOpening, time);
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
    path: number,
    flags: number,
    time: number,
  ): void {
    const { ends, senders, receivers, pairs } = this;
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
    path: number,
    window: number,
    time: number,
  ): void {
    const { ends, senders, receivers, pairs } = this;
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
  private noteRefusal(
    packets: PacketRows,
    columns: DecodedColumns,
    row: number,
    path: number,
    transport: number,
  ): void {
    const header = columns.transportStart[row]!;
    if (header === noOffset) return;
    const type = packets.bytes[header];
    if (transport !== tcp && type !== (transport === icmp ? 3 : 1)) return;
    const { keys } = this.receivers.records;
    const receiver = this.paths.words[path + pathWord.receiver]!;
    this.senders.refuse(keys[2 * receiver]!, keys[2 * receiver + 1]!);
  }
}

function opensConnection(flags: number): boolean {
  return (flags & (flag.syn | flag.acknowledgement)) === flag.syn;
}

/** Whether a packet is more likely an answer than a beginning, by its flags, else by its ports. */
function isAnswer(columns: DecodedColumns, row: number, flags: number): boolean {
  if ((flags & flag.syn) !== 0) return (flags & flag.acknowledgement) !== 0;
  return columns.sourcePort[row]! < columns.destinationPort[row]! && columns.sourcePort[row]! < 1024;
}
