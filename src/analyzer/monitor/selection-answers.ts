/**
 * Answers about a part of a capture's packets, out of the store's columns; what only the whole capture can tell,
 * such as names, states of connections and round trips, comes from its tables. All of it is computed when it is
 * asked for: who spoke with whom is kept of the latest selections, because several answers need it.
 */
import type { Reason } from "../anomaly/reasons/reason.ts";
import type { PacketSource } from "../capture/packet-source.ts";
import { maxKeptTallies, maxTopRows } from "../limits.ts";
import { conversationRows } from "../query/conversation-rows.ts";
import type { Filter } from "../query/filter-node.ts";
import { flowRows } from "../query/flow-rows.ts";
import { hostRows } from "../query/host-rows.ts";
import { PacketOrder } from "../query/packet-order.ts";
import { packetRows, type PacketRow } from "../query/packet-rows.ts";
import type { Page } from "../query/page-query.ts";
import type { RowsAnswer, Scored, SelectionRows } from "../query/selection-rows.ts";
import { SelectionSummary, seriesByProtocol } from "../query/selection-summary.ts";
import { SelectionTally } from "../query/selection-tally.ts";
import { flagFromOf, isFlagged, type Selection } from "../query/selection.ts";
import { Selections } from "../query/selections.ts";
import type { PacketStore } from "../store/packet-store.ts";
import { notJudged, scoreUnits } from "../store/store-chunk.ts";
import type { VendorOf } from "../traffic/hosts-report.ts";
import type { ConversationRow, FlowRow, HostRow, Table } from "../traffic/report-rows.ts";
import type { Traffic } from "../traffic/traffic.ts";
import { buildReport, withAnomalies, type FinishedReport } from "./build-report.ts";
import type { PacketJudgement } from "./packet-details.ts";
import type { Report } from "./report.ts";

export interface SelectionAnswersOptions {
  store: PacketStore;
  /** Has counted at least the packets that are stored. */
  traffic: Traffic;
  source: PacketSource;
  vendorOf: () => VendorOf | undefined;
  /** The lowest score that is flagged; undefined where nothing is. */
  threshold: () => number | undefined;
}

interface KeptTally {
  selection: Selection;
  version: number;
  tally: SelectionTally;
  flows: ReturnType<typeof flowRows>;
  hosts: ReturnType<typeof hostRows>;
  conversations: ReturnType<typeof conversationRows>;
}

export class SelectionAnswers {
  private readonly options: SelectionAnswersOptions;
  private readonly selections: Selections;
  private readonly packetOrder = new PacketOrder();
  private kept: KeptTally[] = [];

  constructor(options: SelectionAnswersOptions) {
    this.options = options;
    this.selections = new Selections(options.store);
  }

  /** The stored packets for which the filter holds, as of now: to be asked for anew before each answer. */
  select(filter: Filter): Selection {
    return this.selections.select(filter, this.options.threshold());
  }

  /** The report of a selection, without what only the whole capture has: its anomalies, and packets of pcs by kind. */
  report(selection: Selection): FinishedReport {
    const { source } = this.options;
    const { tally, flows, hosts, conversations } = this.tallyOf(selection);
    const summary = new SelectionSummary(selection);
    const { transports } = tally;
    const snapshot = {
      ...summary.snapshot(),
      hosts: tableOf(hosts),
      flows: {
        ...tableOf(flows),
        transports: {
          tcp: { ...transports.get(6)! },
          udp: { ...transports.get(17)! },
          sctp: { ...transports.get(132)! },
        },
      },
      conversations: tableOf(conversations),
      pcs: {},
      forgottenNames: 0,
    };
    const flagged = selection.threshold === undefined ? undefined : summary.flagged;
    return buildReport(source, snapshot, warningsOf(tally), undefined, flagged);
  }

  /** The series of a selection, of each protocol too where that is wanted. */
  series(selection: Selection, byProtocol: boolean): SeriesOfSelection {
    const summary = new SelectionSummary(selection);
    const { series } = summary.snapshot();
    const all = withAnomalies(series, selection.threshold === undefined ? undefined : summary.flagged);
    return byProtocol ? { ...all, protocols: seriesByProtocol(selection, series) } : all;
  }

  /**
   * How a stored packet was judged.
   * @param reasonsOf why packets of a feature row are strange
   */
  judgementOf(number: number, reasonsOf: (vector: number) => readonly Reason[]): PacketJudgement | undefined {
    const { store, threshold } = this.options;
    const found = store.find(number);
    if (found === undefined) return undefined;
    const { chunk, row } = found;
    const score = chunk.score[row]!;
    if (score === notJudged) return undefined;
    const flagFrom = flagFromOf(threshold());
    const flagged = isFlagged(store, flagFrom, chunk, row);
    const isStrange = score >= flagFrom;
    return {
      score: score / scoreUnits,
      flagged,
      ...(isStrange && !flagged ? { expected: true } : {}),
      reasons: isStrange ? reasonsOf(chunk.vector[row]!) : [],
    };
  }

  packets(selection: Selection, page: Page): RowsAnswer<PacketRow> {
    return packetRows(selection, page, this.packetOrder);
  }

  flows(selection: Selection, page: Page): RowsAnswer<FlowRow & Scored & { flow: number }> {
    return this.tallyOf(selection).flows.page(page);
  }

  hosts(selection: Selection, page: Page): RowsAnswer<HostRow & Scored> {
    return this.tallyOf(selection).hosts.page(page);
  }

  conversations(selection: Selection, page: Page): RowsAnswer<ConversationRow & Scored> {
    return this.tallyOf(selection).conversations.page(page);
  }

  private tallyOf(selection: Selection): KeptTally {
    const found = this.kept.find(
      (kept) => kept.selection === selection && kept.version === selection.version,
    );
    if (found !== undefined) return found;
    const { store, traffic, vendorOf } = this.options;
    // Filling memory for the first time takes longer than counting: that of the oldest is used again.
    const outdated = this.kept.findIndex((kept) => kept.selection === selection);
    const isFull = this.kept.length === maxKeptTallies;
    const [reused] = outdated >= 0 || isFull ? this.kept.splice(Math.max(0, outdated), 1) : [];
    const tally = (reused?.tally ?? new SelectionTally()).count(selection);
    const { addresses } = store;
    const made: KeptTally = {
      selection,
      version: selection.version,
      tally,
      flows: flowRows(tally, addresses, {
        flow: (number) => traffic.flow(number),
        beganHigh: (number) => traffic.beganHigh(number),
      }),
      hosts: hostRows(tally, addresses, (list) => traffic.hostLabels(list, vendorOf())),
      conversations: conversationRows(tally, addresses),
    };
    this.kept.push(made);
    return made;
  }
}

export type SeriesOfSelection = Report["series"] & {
  protocols?: ReturnType<typeof seriesByProtocol>;
};

function tableOf<Row extends object, Extra extends object>(rows: SelectionRows<Row, Extra>): Table<Row> {
  return { total: rows.total, evicted: 0, top: rows.top(maxTopRows) };
}

function warningsOf({ refused }: SelectionTally): string[] {
  if (refused === 0) return [];
  return [
    `There are more flows in this selection than pcs tells apart: ${refused} of its packets are in no table of ` +
      `flows, hosts and conversations.`,
  ];
}
