/** Flows as the report lists them, from the end that began. */
import { maxTopRows } from "../limits.ts";
import { protocolNames } from "../packet/protocols.ts";
import { formatAddress } from "./address.ts";
import type { FlowRecognition } from "./flow-recognition.ts";
import { flowBit, flowFloat, flowStride, flowWord } from "./flow-record.ts";
import type { FlowTable } from "./flow-table.ts";
import type { FlowRow, FlowsReport, JudgedEndsOf, JudgedScore, TcpState, Transport } from "./report-rows.ts";
import { topRows } from "./top-rows.ts";
import type { TrafficClock } from "./traffic-clock.ts";

const transportNames = new Map<number, Transport>([
  [6, "tcp"],
  [17, "udp"],
  [132, "sctp"],
]);

/** @param judged tells scores, where there are any */
export function reportFlows(
  flows: FlowTable,
  recognition: FlowRecognition,
  clock: TrafficClock,
  judged?: JudgedEndsOf,
): FlowsReport {
  const { tcp, udp, sctp } = flows.transports;
  const rows = topFlows(flows, maxTopRows);
  return {
    total: flows.begun,
    evicted: flows.evicted,
    transports: { tcp: { ...tcp }, udp: { ...udp }, sctp: { ...sctp } },
    top: rows.map((row) => {
      const flow = readFlow(flows, row, recognition, clock);
      if (judged === undefined) return flow;
      return Object.assign(flow, scoreOf(flows, row, judged) ?? { score: null, flagged: null });
    }),
  };
}

function scoreOf({ table: { words } }: FlowTable, row: number, judged: JudgedEndsOf): JudgedScore | null {
  const at = row * flowStride;
  const kind = words[at + flowWord.kind]!;
  const [low, high, ports] = [at + flowWord.low, at + flowWord.high, words[at + flowWord.ports]!];
  return judged.scoreOfFlow(kind >> 8, words, low, high, ports, kind & 0xff);
}

/** The rows with most bytes; of equal ones those that began first. */
function topFlows(flows: FlowTable, limit: number): number[] {
  const { table } = flows;
  const { words, floats } = table;
  return topRows(
    (see) =>
      table.forEach((row) => {
        if (transportNames.has(words[row * flowStride + flowWord.kind]! & 0xff)) see(row);
      }),
    (row) => {
      const half = (row * flowStride) / 2;
      return floats[half + flowFloat.bytesUp]! + floats[half + flowFloat.bytesDown]!;
    },
    (a, b) => words[a * flowStride + flowWord.number]! - words[b * flowStride + flowWord.number]!,
    limit,
  );
}

/** The flow in `row` for people to read. */
export function readFlow(
  { table }: FlowTable,
  row: number,
  recognition: FlowRecognition,
  clock: TrafficClock,
): FlowRow {
  const { words, floats } = table;
  const at = row * flowStride;
  const float = (place: number): number => floats[at / 2 + place]!;
  const state = words[at + flowWord.state]!;
  const fromHigh = (state & flowBit.fromHigh) !== 0;
  const version = words[at + flowWord.kind]! >> 8;
  const transport = transportNames.get(words[at + flowWord.kind]! & 0xff) ?? "tcp";
  const low = {
    address: formatAddress(version, words, at + flowWord.low),
    port: words[at + flowWord.ports]! >>> 16,
  };
  const high = {
    address: formatAddress(version, words, at + flowWord.high),
    port: words[at + flowWord.ports]! & 0xffff,
  };
  const [source, destination] = fromHigh ? [high, low] : [low, high];
  const out = fromHigh ? 1 : 0;
  const isTcp = transport === "tcp";
  const protocol = state & flowBit.protocol;
  const roundTrip = float(flowFloat.roundTrip);
  const duration = float(flowFloat.last) - float(flowFloat.first);
  return {
    source: source.address,
    sourcePort: source.port,
    destination: destination.address,
    destinationPort: destination.port,
    transport,
    protocol: protocol === 0 ? transport : protocolNames[protocol]!,
    name: recognition.nameOf(row),
    detail: recognition.detailOf(row),
    packetsOut: float(flowFloat.packetsUp + out),
    packetsIn: float(flowFloat.packetsDown - out),
    bytesOut: float(flowFloat.bytesUp + out),
    bytesIn: float(flowFloat.bytesDown - out),
    start: clock.secondsOf(float(flowFloat.first)),
    durationSeconds: Number.isNaN(duration) ? 0 : Math.round(duration * 1e6) / 1e6,
    state: isTcp ? tcpState(state) : null,
    rttMs: roundTrip > 0 ? Math.round(roundTrip * 1e6) / 1000 : null,
    retransmissions: words[at + flowWord.retransmissions]!,
    outOfOrder: words[at + flowWord.outOfOrder]!,
    resets: words[at + flowWord.resets]!,
  };
}

function tcpState(state: number): TcpState {
  const syns = state & (flowBit.lowSyn | flowBit.highSyn);
  const fins = state & (flowBit.lowFin | flowBit.highFin);
  if (state & flowBit.reset) return syns !== 0 && (state & flowBit.accepted) === 0 ? "refused" : "reset";
  if (fins === (flowBit.lowFin | flowBit.highFin)) return "closed";
  if (fins !== 0) return "closing";
  return syns !== 0 && (state & flowBit.established) === 0 ? "opening" : "established";
}
