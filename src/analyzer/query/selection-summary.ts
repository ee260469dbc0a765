/**
 * The counts of a selection as `Traffic` would have counted it: volume, times, layers, protocols, sizes and series,
 * in loops over a few columns each.
 */
import { maxLinkTypes } from "../limits.ts";
import { packetFlag } from "../packet/decoded-columns.ts";
import { layerNames } from "../packet/layers.ts";
import { protocolNames, type ProtocolName } from "../packet/protocols.ts";
import { notJudged } from "../store/store-chunk.ts";
import type { CaptureTime } from "../traffic/capture-time.ts";
import { NameCounts } from "../traffic/name-counts.ts";
import { SizeHistogram } from "../traffic/size-histogram.ts";
import { TimeSeries, type SeriesSnapshot } from "../traffic/time-series.ts";
import type { TrafficSnapshot } from "../traffic/traffic.ts";
import type { SelectedRows, Selection } from "./selection.ts";

/** What is counted packet by packet; who spoke with whom is in `SelectionTally`. */
export type SummarySnapshot = Omit<
  TrafficSnapshot,
  "hosts" | "flows" | "conversations" | "pcs" | "forgottenNames"
>;

const combinations = 1 << layerNames.length;

export class SelectionSummary {
  /** Packets and bytes of each combination of layers, which are few. */
  private readonly layerPackets = new Uint32Array(combinations);
  private readonly layerBytes = new Float64Array(combinations);
  private readonly protocols = new NameCounts(protocolNames);
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
      this.addScores(rows);
    }
  }

  /** The flagged packets of each step; undefined where none is. */
  get flagged(): SeriesSnapshot | undefined {
    return this.hasFlagged ? this.flaggedSeries.snapshot() : undefined;
  }

  snapshot(): SummarySnapshot {
    const layers = new NameCounts(layerNames);
    for (let bits = 0; bits < combinations; bits++)
      if (this.layerPackets[bits]! > 0)
        layers.addMany(bits, this.layerPackets[bits]!, this.layerBytes[bits]!);
    const sizes: TrafficSnapshot["sizes"] = {};
    let misplacedSizes = 0;
    protocolNames.forEach((name, i) => {
      const histogram = this.sizes[i];
      if (histogram === undefined) return;
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
      protocols: this.protocols.snapshot(),
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
    const { layerPackets, layerBytes } = this;
    let bytes = 0;
    let capturedBytes = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const size = wire[row]!;
      bytes += size;
      capturedBytes += captured[row]!;
      layerPackets[layers[row]!]!++;
      layerBytes[layers[row]!]! += size;
    }
    this.packets += count;
    this.bytes += bytes;
    this.capturedBytes += capturedBytes;
  }

  private addTimes({ chunk, rows, count }: SelectedRows): void {
    const { seconds, nanos, wire } = chunk;
    const { first, last, series } = this;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const second = seconds[row]!;
      series.add(second, wire[row]!);
      if (Number.isNaN(second)) {
        this.timeless++;
        continue;
      }
      if (second < first.seconds || (second === first.seconds && nanos[row]! < first.nanos)) {
        first.seconds = second;
        first.nanos = nanos[row]!;
      }
      if (second > last.seconds || (second === last.seconds && nanos[row]! > last.nanos)) {
        last.seconds = second;
        last.nanos = nanos[row]!;
      }
    }
  }

  private addKinds({ chunk, rows, count }: SelectedRows): void {
    const { protocol, wire, flags, linkType } = chunk;
    const { protocols, sizes } = this;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const size = wire[row]!;
      const kind = protocol[row]!;
      protocols.add(kind, size);
      (sizes[kind] ??= new SizeHistogram()).add(size);
      const flag = flags[row]!;
      if (flag === 0) continue;
      if (flag & packetFlag.truncated) this.truncated++;
      if (flag & packetFlag.malformed) this.malformed++;
      if (flag & packetFlag.undecoded) this.addUndecoded(linkType[row]!);
    }
  }

  private addScores({ chunk, rows, count }: SelectedRows): void {
    const { score, seconds, wire } = chunk;
    const { flagFrom, flaggedSeries } = this;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      // Those that were not judged stand above all scores.
      if (score[row]! < flagFrom || score[row] === notJudged) continue;
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
