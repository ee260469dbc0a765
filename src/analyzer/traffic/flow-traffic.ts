/** Flows, hosts, conversations and names together: what the packets of a batch tell about who speaks with whom. */
import type { PacketBatch } from "../capture/packet-batch.ts";
import { batchRows } from "../limits.ts";
import type { DecodedColumns } from "../packet/decoded-columns.ts";
import type { FrameKind } from "../recognition/frame-kind.ts";
import { ConversationTable } from "./conversation-table.ts";
import { reportConversations } from "./conversations-report.ts";
import type { ConversationRow } from "./report-rows.ts";
import { FlowRecognition } from "./flow-recognition.ts";
import { FlowTable } from "./flow-table.ts";
import { reportFlows } from "./flows-report.ts";
import type { FlowsReport } from "./report-rows.ts";
import { HostNames } from "./host-names.ts";
import { HostTable } from "./host-table.ts";
import { reportHosts } from "./hosts-report.ts";
import type { HostRow } from "./report-rows.ts";
import type { Count } from "./name-counts.ts";
import type { Table } from "./report-rows.ts";
import { TrafficClock } from "./traffic-clock.ts";

/** Who made a network card, by the first 32 and the last 16 bits of its address; null where nobody knows. */
export type VendorOf = (high: number, low: number) => string | null;

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
    const { networkVersion, payloadStart, payloadEnd } = columns;
    for (let i = 0; i < count; i++) {
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

  /** Whether any host's Ethernet address was seen. */
  get hasCards(): boolean {
    return this.flows.hasCards;
  }

  /** @param vendorOf names the makers of network cards */
  snapshot(vendorOf: VendorOf): FlowTrafficSnapshot {
    this.flows.tell();
    return {
      hosts: reportHosts(this.hosts, this.names, this.clock, vendorOf),
      flows: reportFlows(this.flows, this.recognition, this.clock),
      conversations: reportConversations(this.conversations, this.clock),
      pcs: this.recognition.pcsFrames.snapshot(),
      forgottenNames: this.names.evicted,
    };
  }
}
