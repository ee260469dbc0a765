/**
 * The pipeline while it runs: reads a source to its end or until it is told to stop, and has a report of what
 * was read so far ready at any time. Making a report costs more than counting a batch, so one that is younger
 * than `snapshotMs` is given again.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import type { PacketSource } from "../capture/packet-source.ts";
import type { Anomalies } from "../anomaly/anomalies.ts";
import type { Reason } from "../anomaly/reasons/reason.ts";
import { judgedWhenBusy, judgeEveryMs, restEveryMs, snapshotMs } from "../limits.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import type { VendorOf } from "../traffic/hosts-report.ts";
import { Traffic } from "../traffic/traffic.ts";
import { buildReport, type FinishedReport } from "./build-report.ts";
import { SelectionAnswers } from "./selection-answers.ts";

export interface MonitorOptions {
  /** Packets after which the capture ends; undefined for no limit. */
  maxPackets?: number | undefined;
  /** Sees each batch before it is counted, and may keep nothing of it. */
  onBatch?: ((batch: PacketBatch) => void) | undefined;
  /** Keeps the packets too, for whoever shows them; left out where nobody does. */
  store?: StoredPackets | undefined;
  /** Finds what is abnormal; left out where nobody asks. */
  anomalies?: Anomalies | undefined;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
}

/** How far the capture is, for whoever looks at it all the time. */
export interface LiveCounts {
  packets: number;
  /** On the wire. */
  bytes: number;
  /** Seconds since 1970 of the latest packet; null where there is none. */
  lastTime: number | null;
  /** Lost by the kernel, as the capture says, and refused by pcs. */
  droppedByKernel: number;
  droppedByPcs: number;
  /** Without what is expected; null where anomalies are not looked for. */
  flagged: number | null;
  learning: boolean;
  /** Whether more packets may come. */
  live: boolean;
}

export class LiveMonitor {
  /** Answers about a part of the packets; undefined where they are not stored. */
  readonly answers: SelectionAnswers | undefined;
  private readonly source: PacketSource;
  private readonly options: MonitorOptions;
  private readonly columns = createDecodedColumns();
  private readonly traffic = new Traffic();
  /** Ends the wait for a source that cannot be told to stop. */
  private giveUp = (): void => {};
  private isStopped = false;
  private isRunning = true;
  private counted = 0;
  private latest: FinishedReport | undefined;
  private latestAt = 0;
  private restedAt = 0;
  private judgedAt = Number.NEGATIVE_INFINITY;
  private vendorOf: VendorOf | undefined;
  private vendors: Promise<{ vendorOf: VendorOf }> | undefined;

  constructor(source: PacketSource, options: MonitorOptions) {
    this.source = source;
    this.options = options;
    this.answers =
      options.store &&
      new SelectionAnswers({
        store: options.store.columns,
        traffic: this.traffic,
        source,
        vendorOf: () => this.vendorOf,
        threshold: () => {
          // Making the report tells the store what is expected.
          if (options.anomalies?.hasJudged) options.anomalies.report();
          return options.anomalies?.threshold;
        },
      });
    const { anomalies, store } = options;
    if (anomalies !== undefined && store !== undefined) anomalies.sink = store.columns;
  }

  /** Whether more packets may come. */
  get isLive(): boolean {
    return this.isRunning;
  }

  /** Packets counted so far. */
  get packets(): number {
    return this.counted;
  }

  /** The report of what was read so far. */
  current(): FinishedReport {
    const now = this.options.now();
    if (this.latest === undefined || (this.isRunning && now - this.latestAt >= snapshotMs)) {
      if (this.traffic.hasCards) void this.loadVendors();
      const { anomalies, store } = this.options;
      this.judge(now);
      const judged = anomalies?.hasJudged ? anomalies : undefined;
      const traffic = this.traffic.snapshot(this.vendorOf, judged?.judgedEnds);
      this.latest = buildReport(this.source, traffic, store?.warnings, judged);
      this.latestAt = now;
    }
    return this.latest;
  }

  /** The counts of what was read so far: cheap, but what is flagged may be half a second behind. */
  counts(): LiveCounts {
    const { anomalies } = this.options;
    const { source, isRunning: live } = this;
    if (live) this.judge(this.options.now());
    const { packets, bytes, last } = this.traffic.totals;
    const droppedByPcs = source.droppedByPcs ?? 0;
    const found = anomalies?.hasJudged ? anomalies.report() : undefined;
    return {
      packets,
      bytes,
      lastTime: last === undefined ? null : last.seconds + last.nanos / 1e9,
      droppedByKernel: source.dropped - droppedByPcs,
      droppedByPcs,
      flagged: anomalies === undefined ? null : (found?.flagged ?? 0),
      learning: found?.learning ?? false,
      live,
    };
  }

  /** Makes the next report anew: something was marked as expected, or is no longer. */
  expectOtherwise(): void {
    this.options.anomalies?.expectOtherwise();
    this.latest = undefined;
  }

  /** Why packets of a feature row are strange, the heaviest reason first. */
  reasonsOf(vector: number): readonly Reason[] {
    return this.options.anomalies?.reasonsOf(vector) ?? [];
  }

  /** Ends the reading: what the source has already counts, and nothing that comes later. */
  stop(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    if (this.source.stop !== undefined) this.source.stop();
    else this.giveUp();
  }

  /**
   * Reads to the end, and closes the source.
   * @returns the report of all that was read
   * @throws ExpectedError when the source can no longer be read
   */
  async run(): Promise<FinishedReport> {
    try {
      while (this.left() > 0) {
        const batch = await this.next();
        if (batch === undefined) break;
        if (this.mustJudge(batch.count)) await this.judgeInSteps();
        this.count(batch);
        await this.rest();
      }
      if (this.mustJudge(Number.POSITIVE_INFINITY)) await this.judgeInSteps();
      if (this.traffic.hasCards) await this.loadVendors();
    } finally {
      this.isRunning = false;
      await this.source.close();
      this.latest = undefined;
    }
    return this.current();
  }

  private async next(): Promise<PacketBatch | undefined> {
    if (this.source.stop !== undefined) return await this.source.next();
    if (this.isStopped) return undefined;
    return await new Promise((resolve, reject) => {
      this.giveUp = () => resolve(undefined);
      this.source.next().then(resolve, reject);
    });
  }

  /** The list of half a megabyte that names makers of network cards; captures without cards need none. */
  private async loadVendors(): Promise<void> {
    this.vendors ??= import("../vendors/vendors.ts");
    this.vendorOf = (await this.vendors).vendorOf;
  }

  /**
   * Of a capture that ends, all is judged at its end by what was learnt from all of it; others as they come.
   * Judging takes a while: where packets wait, less often.
   */
  private judge(now: number): void {
    const { anomalies } = this.options;
    if (anomalies === undefined) return;
    if (this.isRunning) {
      if (!anomalies.isRolling) return;
      if (now - this.judgedAt < (this.source.isBusy === true ? judgeEveryMs : snapshotMs)) return;
    }
    this.judgedAt = now;
    anomalies.judge();
  }

  /** Whether, of a capture that ends, what was counted is to be judged before so many packets more are. */
  private mustJudge(packets: number): boolean {
    const { anomalies } = this.options;
    return anomalies !== undefined && !anomalies.isRolling && anomalies.isFullWith(packets);
  }

  /** Judges all that was counted; whoever looks meanwhile sees what was judged before. */
  private async judgeInSteps(): Promise<void> {
    for (const _ of this.options.anomalies?.judgeSteps() ?? []) await this.rest();
  }

  /** Lets timers and requests have their turn though packets are always waiting. */
  private async rest(): Promise<void> {
    const now = this.options.now();
    if (now - this.restedAt < restEveryMs) return;
    this.restedAt = now;
    await new Promise((resolve) => setImmediate(resolve));
  }

  private left(): number {
    return (this.options.maxPackets ?? Number.POSITIVE_INFINITY) - this.counted;
  }

  private count(batch: PacketBatch): void {
    batch.count = Math.min(batch.count, this.left());
    this.counted += batch.count;
    if (batch.count === 0) return;
    this.options.onBatch?.(batch);
    decodeBatch(batch, this.columns);
    this.traffic.add(batch, this.columns);
    // Where packets wait, counting them comes first, and a part is judged for all.
    const judged = this.source.isBusy === true ? Math.ceil(batch.count / judgedWhenBusy) : batch.count;
    this.options.anomalies?.add(batch, this.columns, judged);
    const { flowNumbers, outerFlowNumbers } = this.traffic;
    this.options.store?.add(batch, this.columns, flowNumbers, outerFlowNumbers);
  }
}
