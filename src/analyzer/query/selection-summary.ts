/**
 * The counts of a selection as `Traffic` would have counted it: volume, times, layers, protocols, sizes and series,
 * in loops over a few columns each.
 */
import { maxLinkTypes } from "../limits.ts";
import { packetFlag } from "../packet/decoded-columns.ts";
import { layerNames } from "../packet/layers.ts";
import { protocolNames, type ProtocolName } from "../packet/protocols.ts";
import type { PacketStore } from "../store/packet-store.ts";
import { notJudged } from "../store/store-chunk.ts";
import type { CaptureTime } from "../traffic/capture-time.ts";
import { NameCounts } from "../traffic/name-counts.ts";
import { SizeHistogram } from "../traffic/size-histogram.ts";
import { TimeSeries, type SeriesSnapshot } from "../traffic/time-series.ts";
import type { TrafficSnapshot } from "../traffic/traffic.ts";
import { isFlagged, type SelectedRows, type Selection } from "./selection.ts";

/** What is counted packet by packet; who spoke with whom is in `SelectionTally`. */
export type SummarySnapshot = Omit<
  TrafficSnapshot,
  "hosts" | "flows" | "conversations" | "pcs" | "forgottenNames"
>;

/** Whatever Ethernet carries without jumbograms. */
const smallSizeRows = 2048;

const combinations = 1 << layerNames.length;

export class SelectionSummary {
  /** Packets and bytes of each combination of layers, which are few. */
  private readonly layerPackets = new Uint32Array(combinations);
  private readonly layerBytes = new Float64Array(combinations);
  private readonly layersSeen: number[] = [];
  /** Packets by protocol and size, of sizes below `smallSizeRows`. */
  private readonly smallSizes = new Uint32Array(protocolNames.length * smallSizeRows);
  private readonly sizes = protocolNames.map((): SizeHistogram | undefined => undefined);
  private readonly series = new TimeSeries();
  private readonly flaggedSeries = new TimeSeries();
  private readonly undecoded = new Map<number, number>();
  private readonly flagFrom: number;
  private packets = 0;
  private bytes = 0;
  private capturedBytes = 0;
  private timeless = 0;
  private truncated = 0;
  private malformed = 0;
  private hasFlagged = false;
  private readonly first: CaptureTime = { seconds: Number.POSITIVE_INFINITY, nanos: 0 };
  private readonly last: CaptureTime = { seconds: Number.NEGATIVE_INFINITY, nanos: 0 };

  constructor(selection: Selection) {
    this.flagFrom = selection.flagFrom;
    for (const rows of selection.rows()) {
      this.addVolume(rows);
      this.addTimes(rows);
      this.addKinds(rows);
      if (this.flagFrom !== notJudged) this.addScores(rows, selection.store);
    }
    this.gatherSizes();
  }

  /** The flagged packets of each step; undefined where none is. */
  get flagged(): SeriesSnapshot | undefined {
    return this.hasFlagged ? this.flaggedSeries.snapshot() : undefined;
  }

  snapshot(): SummarySnapshot {
    const layers = new NameCounts(layerNames);
    for (const bits of this.layersSeen)
      layers.addMany(bits, this.layerPackets[bits]!, this.layerBytes[bits]!);
    const protocols = new NameCounts(protocolNames);
    const sizes: TrafficSnapshot["sizes"] = {};
    let misplacedSizes = 0;
    protocolNames.forEach((name, i) => {
      const histogram = this.sizes[i];
      if (histogram === undefined) return;
      protocols.addTo(i, histogram.count, histogram.bytes);
      sizes[name] = histogram.summary();
      misplacedSizes += histogram.misplaced;
    });
    const hasTimes = this.timeless < this.packets;
    return {
      packets: this.packets,
      bytes: this.bytes,
      capturedBytes: this.capturedBytes,
      first: hasTimes ? { ...this.first } : undefined,
      last: hasTimes ? { ...this.last } : undefined,
      layers: layers.snapshot(),
      protocols: protocols.snapshot(),
      sizes,
      series: this.series.snapshot(),
      truncated: this.truncated,
      malformed: this.malformed,
      timeless: this.timeless,
      misplacedSizes,
      undecoded: this.undecoded,
    };
  }

  private addVolume({ chunk, rows, count }: SelectedRows): void {
    const { wire, captured, layers } = chunk;
    const { layerPackets, layerBytes, layersSeen } = this;
    let bytes = 0;
    let capturedBytes = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const size = wire[row]!;
      bytes += size;
      capturedBytes += captured[row]!;
      const bits = layers[row]!;
      if (layerPackets[bits] === 0) layersSeen.push(bits);
      layerPackets[bits]!++;
      layerBytes[bits]! += size;
    }
    this.packets += count;
    this.bytes += bytes;
    this.capturedBytes += capturedBytes;
  }

  /** Packets of one second, which mostly follow each other, are counted together. */
  private addTimes({ chunk, rows, count }: SelectedRows): void {
    const { seconds, nanos, wire } = chunk;
    const { first, last, series } = this;
    let { seconds: firstSecond, nanos: firstNano } = first;
    let { seconds: lastSecond, nanos: lastNano } = last;
    let current = Number.NaN;
    let packets = 0;
    let bytes = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const second = seconds[row]!;
      if (second !== current) {
        // Whoever has no time is unlike everything, and so counts alone.
        if (Number.isNaN(current)) this.timeless += packets;
        else series.addMany(current, packets, bytes);
        packets = 0;
        bytes = 0;
        current = second;
      }
      packets++;
      bytes += wire[row]!;
      const nano = nanos[row]!;
      if (second <= firstSecond && (second < firstSecond || nano < firstNano)) {
        firstSecond = second;
        firstNano = nano;
      }
      if (second >= lastSecond && (second > lastSecond || nano > lastNano)) {
        lastSecond = second;
        lastNano = nano;
      }
    }
    if (Number.isNaN(current)) this.timeless += packets;
    else series.addMany(current, packets, bytes);
    Object.assign(first, { seconds: firstSecond, nanos: firstNano });
    Object.assign(last, { seconds: lastSecond, nanos: lastNano });
  }

  private addKinds({ chunk, rows, count }: SelectedRows): void {
    const { protocol, wire, flags, linkType } = chunk;
    const { smallSizes } = this;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const size = wire[row]!;
      if (size < smallSizeRows) smallSizes[protocol[row]! * smallSizeRows + size]!++;
      else this.sizesOf(protocol[row]!).add(size);
      const flag = flags[row]!;
      if (flag === 0) continue;
      if (flag & packetFlag.truncated) this.truncated++;
      if (flag & packetFlag.malformed) this.malformed++;
      if (flag & packetFlag.undecoded) this.addUndecoded(linkType[row]!);
    }
  }

  private sizesOf(protocol: number): SizeHistogram {
    const histogram = (this.sizes[protocol] ??= new SizeHistogram());
    return histogram;
  }

  /** Moves what was counted by size into the histograms. */
  private gatherSizes(): void {
    const { smallSizes } = this;
    for (let i = 0; i < smallSizes.length; i++)
      if (smallSizes[i]! > 0)
        this.sizesOf(Math.floor(i / smallSizeRows)).addMany(i % smallSizeRows, smallSizes[i]!);
  }

  private addScores({ chunk, rows, count }: SelectedRows, store: PacketStore): void {
    const { score, seconds, wire } = chunk;
    const { flagFrom, flaggedSeries } = this;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      // Most packets are not, and few need a closer look.
      if (score[row]! < flagFrom || !isFlagged(store, flagFrom, chunk, row)) continue;
      this.hasFlagged = true;
      flaggedSeries.add(seconds[row]!, wire[row]!);
    }
  }

  private addUndecoded(linkType: number): void {
    const before = this.undecoded.get(linkType);
    if (before !== undefined || this.undecoded.size < maxLinkTypes)
      this.undecoded.set(linkType, (before ?? 0) + 1);
  }
}

/** Packets and bytes of each protocol over time, in the same steps as the series of all. */
export function seriesByProtocol(
  selection: Selection,
  all: SeriesSnapshot,
): Partial<Record<ProtocolName, Columns>> {
  const places = new Map(all.time.map((time, i) => [time / all.step, i]));
  const columns = protocolNames.map((): Columns | undefined => undefined);
  let lastKey = Number.NaN;
  let place = 0;
  for (const { chunk, rows, count } of selection.rows()) {
    const { seconds, protocol, wire } = chunk;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const key = Math.floor(seconds[row]! / all.step);
      if (key !== lastKey) {
        if (Number.isNaN(key)) continue;
        lastKey = key;
        place = places.get(key)!;
      }
      const column = (columns[protocol[row]!] ??= emptyColumns(all.time.length));
      column.packets[place]!++;
      column.bytes[place]! += wire[row]!;
    }
  }
  return Object.fromEntries(
    columns.flatMap((column, i) => (column === undefined ? [] : [[protocolNames[i]!, column]])),
  );
}

interface Columns {
  packets: number[];
  bytes: number[];
}

function emptyColumns(length: number): Columns {
  return { packets: Array.from({ length }, () => 0), bytes: Array.from({ length }, () => 0) };
}
