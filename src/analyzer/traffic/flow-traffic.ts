/**
 * Flows, hosts, conversations and names together: what the packets of a batch tell about who speaks with whom.
 *
 * A packet inside a tunnel counts in the flow of its own ends and in that of the tunnel's, whole each time, for
 * both pairs exchanged it. Sums over flows, hosts or conversations are therefore above the packets of the capture
 * by one a tunnel a packet; volume and protocols count each packet once.
 */
import type { PacketBatch } from "../capture/packet-batch.ts";
import { batchRows } from "../limits.ts";
import { createDecodedColumns, noOffset, type DecodedColumns } from "../packet/decoded-columns.ts";
import type { FrameKind } from "../recognition/frame-kind.ts";
import { loadAddress } from "./address.ts";
import { ConversationTable } from "./conversation-table.ts";
import { reportConversations } from "./conversations-report.ts";
import type { ConversationRow } from "./report-rows.ts";
import { FlowRecognition } from "./flow-recognition.ts";
import { flowBit, flowStride, flowWord } from "./flow-record.ts";
import { FlowTable } from "./flow-table.ts";
import { readFlow, reportFlows } from "./flows-report.ts";
import type { FlowRow, FlowsReport } from "./report-rows.ts";
import { HostNames } from "./host-names.ts";
import { HostTable } from "./host-table.ts";
import { labelHosts, reportHosts, type HostLabels, type VendorOf } from "./hosts-report.ts";
import type { HostRow, JudgedEndsOf } from "./report-rows.ts";
import type { Count } from "./name-counts.ts";
import type { Table } from "./report-rows.ts";
import { TrafficClock } from "./traffic-clock.ts";

export interface FlowTrafficSnapshot {
  hosts: Table<HostRow>;
  flows: FlowsReport;
  conversations: Table<ConversationRow>;
  /** Packets of pcs itself by what they are about. */
  pcs: Partial<Record<FrameKind, Count>>;
  /** Addresses whose names were forgotten. */
  forgottenNames: number;
}

export class FlowTraffic {
  /** The number of each packet's flow in the batch added last, 0 where it has none. */
  readonly flowNumbers = new Uint32Array(batchRows);
  /** The same of its outer headers, in their order. */
  outerFlowNumbers = new Uint32Array(batchRows);
  /** Outer headers one after the other, in the rows of their packets. */
  private tunnels: DecodedColumns | undefined;
  private readonly clock = new TrafficClock();
  private readonly hosts = new HostTable();
  private readonly conversations = new ConversationTable();
  private readonly names = new HostNames();
  private readonly recognition = new FlowRecognition(this.names);
  private readonly flows = new FlowTable(this.hosts, this.conversations, (row) =>
    this.recognition.forget(row),
  );

  /** Counts a batch, and writes the applications it recognises into the column of protocols. */
  add(batch: PacketBatch, columns: DecodedColumns): void {
    const { count, seconds, nanos } = batch;
    const { networkVersion, payloadStart, payloadEnd, outer } = columns;
    let nextOuter = 0;
    let tunnelled = outer.rowOf(nextOuter);
    for (let i = 0; i < count; i++) {
      if (i === tunnelled) {
        nextOuter = this.addTunnels(batch, columns, nextOuter);
        tunnelled = outer.rowOf(nextOuter);
      }
      // So it is inside a tunnel too, where the inner header was cut off.
      if (networkVersion[i] === 0) {
        this.flowNumbers[i] = 0;
        continue;
      }
      const time = this.clock.timeOf(seconds[i]!, nanos[i]!);
      const found = this.flows.add(batch, columns, i, time);
      const low = found >= 0;
      const row = low ? found : ~found;
      this.flowNumbers[i] = this.flows.numberOf(row);
      if (payloadStart[i]! < payloadEnd[i]!)
        this.recognition.see(this.flows.table, row, low, batch, columns, i);
    }
  }

  /**
   * Counts a packet in the flows of the tunnels it is in, each a flow between the tunnel's ends, from header
   * `first` of the outer ones on.
   * @returns the first outer header of a later packet
   */
  private addTunnels(batch: PacketBatch, columns: DecodedColumns, first: number): number {
    const { outer } = columns;
    const row = outer.rowOf(first);
    const time = this.clock.timeOf(batch.seconds[row]!, batch.nanos[row]!);
    this.tunnels ??= createDecodedColumns();
    let i = first;
    for (; outer.rowOf(i) === row; i++) {
      outer.writeTo(this.tunnels, i);
      this.tunnels.linkStart[row] = i === first ? columns.linkStart[row]! : noOffset;
      const found = this.flows.add(batch, this.tunnels, row, time);
      this.noteOuterFlow(i, this.flows.numberOf(found >= 0 ? found : ~found));
    }
    return i;
  }

  private noteOuterFlow(i: number, number: number): void {
    if (i === this.outerFlowNumbers.length) {
      const larger = new Uint32Array(i * 2);
      larger.set(this.outerFlowNumbers);
      this.outerFlowNumbers = larger;
    }
    this.outerFlowNumbers[i] = number;
  }

  /** Whether any host's Ethernet address was seen. */
  get hasCards(): boolean {
    return this.flows.hasCards;
  }

  /** The flow of a number, as all of the capture's packets tell it; undefined where it is no longer kept. */
  flow(number: number): FlowRow | undefined {
    const row = this.flows.rowOfNumber(number);
    return row < 0 ? undefined : readFlow(this.flows, row, this.recognition, this.clock);
  }

  /** Whether the high one of a flow's ends began it; undefined where the flow is no longer kept. */
  beganHigh(number: number): boolean | undefined {
    const row = this.flows.rowOfNumber(number);
    if (row < 0) return undefined;
    return (this.flows.table.words[row * flowStride + flowWord.state]! & flowBit.fromHigh) !== 0;
  }

  /** What is known of the hosts with these addresses, of 4 or 16 bytes each. */
  hostLabels(addresses: readonly Uint8Array[], vendorOf: VendorOf): HostLabels[] {
    this.flows.tell();
    const words = new Uint32Array(4);
    const rows = addresses.map((address) => {
      const version = address.length === 4 ? 4 : 6;
      loadAddress(address, 0, version, words, 0);
      return this.hosts.find(version, words, 0);
    });
    const kept = labelHosts(
      this.hosts,
      rows.filter((row) => row >= 0),
      this.names,
      vendorOf,
    );
    let next = 0;
    return rows.map((row) => (row < 0 ? { mac: null, vendor: null, names: [] } : kept[next++]!));
  }

  /**
   * @param vendorOf names the makers of network cards
   * @param judged tells scores, where there are any
   */
  snapshot(vendorOf: VendorOf, judged?: JudgedEndsOf): FlowTrafficSnapshot {
    this.flows.tell();
    return {
      hosts: reportHosts(this.hosts, this.names, this.clock, vendorOf, judged),
      flows: reportFlows(this.flows, this.recognition, this.clock, judged),
      conversations: reportConversations(this.conversations, this.clock),
      pcs: this.recognition.pcsFrames.snapshot(),
      forgottenNames: this.names.evicted,
    };
  }
}
