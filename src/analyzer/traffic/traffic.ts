/**
 * Everything counted about the packets of a capture, batch by batch. Pure: it reads no clock but the
 * capture's own and keeps nothing of a packet but its counts.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import { maxLinkTypes } from "../limits.ts";
import { packetFlag, type DecodedColumns } from "../packet/decoded-columns.ts";
import { layerNames, type LayerName } from "../packet/layers.ts";
import { protocolNames, type ProtocolName } from "../packet/protocols.ts";
import { compareTimes, type CaptureTime } from "./capture-time.ts";
import { FlowTraffic, type FlowTrafficSnapshot } from "./flow-traffic.ts";
import type { HostLabels, VendorOf } from "./hosts-report.ts";
import { NameCounts, type Count } from "./name-counts.ts";
import type { FlowRow, JudgedEndsOf } from "./report-rows.ts";
import { SizeHistogram, type SizeSummary } from "./size-histogram.ts";
import { TimeSeries, type SeriesSnapshot } from "./time-series.ts";

export interface TrafficSnapshot extends FlowTrafficSnapshot {
  packets: number;
  /** Bytes on the wire. */
  bytes: number;
  capturedBytes: number;
  /** The earliest and the latest packet; undefined where no packet has a time. */
  first: CaptureTime | undefined;
  last: CaptureTime | undefined;
  layers: Partial<Record<LayerName, Count>>;
  protocols: Partial<Record<ProtocolName, Count>>;
  sizes: Partial<Record<ProtocolName, SizeSummary>>;
  series: SeriesSnapshot;
  truncated: number;
  malformed: number;
  /** Packets for which the capture keeps no time. */
  timeless: number;
  /** Packets whose size was counted as a smaller one. */
  misplacedSizes: number;
  /** Packets of each link type that counted as volume only. */
  undecoded: ReadonlyMap<number, number>;
}

export class Traffic {
  private packets = 0;
  private bytes = 0;
  private capturedBytes = 0;
  private truncated = 0;
  private malformed = 0;
  private timeless = 0;
  private first: CaptureTime | undefined;
  private last: CaptureTime | undefined;
  private readonly layers = new NameCounts(layerNames);
  private readonly protocols = new NameCounts(protocolNames);
  /** By the number of the protocol. */
  private readonly sizes: (SizeHistogram | undefined)[] = protocolNames.map(() => undefined);
  private readonly series = new TimeSeries();
  private readonly undecoded = new Map<number, number>();
  private readonly flows = new FlowTraffic();

  /** Counts a batch, and completes its column of protocols by recognition. */
  add(batch: PacketBatch, columns: DecodedColumns): void {
    this.addVolume(batch);
    this.addTimes(batch);
    this.flows.add(batch, columns);
    this.addKinds(batch, columns);
  }

  /** The number of each packet's flow in the batch added last, 0 where it has none. */
  get flowNumbers(): Uint32Array {
    return this.flows.flowNumbers;
  }

  /** The sums, at no cost: bytes are those on the wire. */
  get totals(): { packets: number; bytes: number; last: CaptureTime | undefined } {
    return { packets: this.packets, bytes: this.bytes, last: this.last };
  }

  /** The number of the flow of each outer header in the batch added last, 0 where it has none. */
  get outerFlowNumbers(): Uint32Array {
    return this.flows.outerFlowNumbers;
  }

  /** Whether any host's Ethernet address was seen, so that its maker can be named. */
  get hasCards(): boolean {
    return this.flows.hasCards;
  }

  /** The flow of a number, as all packets so far tell it; undefined where it is no longer kept. */
  flow(number: number): FlowRow | undefined {
    return this.flows.flow(number);
  }

  /**
   * Whether the high one of a flow's ends, in the order of addresses and then of ports, began it; undefined where the
   * flow is no longer kept.
   */
  beganHigh(number: number): boolean | undefined {
    return this.flows.beganHigh(number);
  }

  /** What is known of the hosts with these addresses, of 4 or 16 bytes each. */
  hostLabels(addresses: readonly Uint8Array[], vendorOf: VendorOf = () => null): HostLabels[] {
    return this.flows.hostLabels(addresses, vendorOf);
  }

  /**
   * @param vendorOf names the makers of network cards
   * @param judged tells scores of hosts and flows, where there are any
   */
  snapshot(vendorOf: VendorOf = () => null, judged?: JudgedEndsOf): TrafficSnapshot {
    const sizes: TrafficSnapshot["sizes"] = {};
    let misplacedSizes = 0;
    protocolNames.forEach((name, i) => {
      const histogram = this.sizes[i];
      if (histogram === undefined) return;
      sizes[name] = histogram.summary();
      misplacedSizes += histogram.misplaced;
    });
    return {
      packets: this.packets,
      bytes: this.bytes,
      capturedBytes: this.capturedBytes,
      first: this.first,
      last: this.last,
      layers: this.layers.snapshot(),
      protocols: this.protocols.snapshot(),
      sizes,
      series: this.series.snapshot(),
      truncated: this.truncated,
      malformed: this.malformed,
      timeless: this.timeless,
      misplacedSizes,
      undecoded: new Map(this.undecoded),
      ...this.flows.snapshot(vendorOf, judged),
    };
  }

  private addVolume({ count, wire, captured }: PacketBatch): void {
    let bytes = 0;
    let capturedBytes = 0;
    for (let i = 0; i < count; i++) {
      bytes += wire[i]!;
      capturedBytes += captured[i]!;
    }
    this.packets += count;
    this.bytes += bytes;
    this.capturedBytes += capturedBytes;
  }

  private addTimes({ count, seconds, nanos, wire }: PacketBatch): void {
    let earliest = -1;
    let latest = -1;
    for (let i = 0; i < count; i++) {
      const second = seconds[i]!;
      this.series.add(second, wire[i]!);
      if (Number.isNaN(second)) {
        this.timeless++;
        continue;
      }
      if (earliest < 0 || isBefore(seconds, nanos, i, earliest)) earliest = i;
      if (latest < 0 || isBefore(seconds, nanos, latest, i)) latest = i;
    }
    if (earliest < 0) return;
    const first = { seconds: seconds[earliest]!, nanos: nanos[earliest]! };
    const last = { seconds: seconds[latest]!, nanos: nanos[latest]! };
    if (this.first === undefined || compareTimes(first, this.first) < 0) this.first = first;
    if (this.last === undefined || compareTimes(last, this.last) > 0) this.last = last;
  }

  private addKinds({ count, wire, linkType }: PacketBatch, columns: DecodedColumns): void {
    const { layers, protocol, flags } = columns;
    for (let i = 0; i < count; i++) {
      const size = wire[i]!;
      this.layers.addEach(layers[i]!, size);
      this.protocols.add(protocol[i]!, size);
      this.sizesOf(protocol[i]!).add(size);
      const flag = flags[i]!;
      if (flag === 0) continue;
      if (flag & packetFlag.truncated) this.truncated++;
      if (flag & packetFlag.malformed) this.malformed++;
      if (flag & packetFlag.undecoded) this.addUndecoded(linkType[i]!);
    }
  }

  private sizesOf(protocol: number): SizeHistogram {
    let histogram = this.sizes[protocol];
    if (histogram === undefined) {
      histogram = new SizeHistogram();
      this.sizes[protocol] = histogram;
    }
    return histogram;
  }

  private addUndecoded(linkType: number): void {
    const before = this.undecoded.get(linkType);
    if (before !== undefined || this.undecoded.size < maxLinkTypes)
      this.undecoded.set(linkType, (before ?? 0) + 1);
  }
}

/** Whether row `a` is earlier than row `b`. */
function isBefore(seconds: Float64Array, nanos: Uint32Array, a: number, b: number): boolean {
  return seconds[a]! < seconds[b]! || (seconds[a] === seconds[b] && nanos[a]! < nanos[b]!);
}
