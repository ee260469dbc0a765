/** Flows of a selection: its packets of each, and what all of the capture's packets tell about it. */
import type { AddressIds } from "../store/address-ids.ts";
import type { FlowRow, Transport } from "../traffic/report-rows.ts";
import { addressText, SelectionRows, tallyTimes, type Scored } from "./selection-rows.ts";
import type { SelectionTally } from "./selection-tally.ts";
import { tallyFloat, tallyStride, tallyWord } from "./tally-table.ts";

const transportNames = new Map<number, Transport>([
  [6, "tcp"],
  [17, "udp"],
  [132, "sctp"],
]);

/** Columns by which flows can be sorted; `packets` and `bytes` are those of both directions together. */
export const flowColumns: readonly string[] = [
  "flow",
  "source",
  "sourcePort",
  "destination",
  "destinationPort",
  "transport",
  "protocol",
  "name",
  "detail",
  "packets",
  "packetsOut",
  "packetsIn",
  "bytes",
  "bytesOut",
  "bytesIn",
  "start",
  "durationSeconds",
  "state",
  "rttMs",
  "retransmissions",
  "outOfOrder",
  "resets",
  "score",
  "flagged",
];

/** Not looked up yet. */
const unknownSide = 255;

/** What all packets of a capture tell of its flows, by their numbers; undefined where a flow is no longer kept. */
export interface KnownFlows {
  flow: (number: number) => FlowRow | undefined;
  /** Whether the high one of its ends, in the order of addresses and then of ports, began it. */
  beganHigh: (number: number) => boolean | undefined;
}

export function flowRows(
  tally: SelectionTally,
  addresses: AddressIds,
  known: KnownFlows,
): SelectionRows<FlowRow, Required<Scored> & { flow: number }> {
  const { flows, baseSeconds } = tally;
  const wordOf = (word: number) => (i: number) => flows.words[i * tallyStride + word]!;
  const floatOf = (float: number) => (i: number) => flows.floats[(i * tallyStride) / 2 + float]!;
  const numberOf = wordOf(tallyWord.number);
  const sides = new Uint8Array(flows.count).fill(unknownSide);
  const sideOf = (i: number): number => {
    if (sides[i] === unknownSide) sides[i] = answeringSide(tally, addresses, known, i);
    return sides[i]!;
  };
  const cells = {
    packetsOut: (i: number) => wordOf(tallyWord.up + sideOf(i))(i),
    packetsIn: (i: number) => wordOf(tallyWord.down - sideOf(i))(i),
    bytesOut: (i: number) => floatOf(tallyFloat.bytesUp + sideOf(i))(i),
    bytesIn: (i: number) => floatOf(tallyFloat.bytesDown - sideOf(i))(i),
    flagged: wordOf(tallyWord.flagged),
  };
  const byEnd = (side: number) => (x: number, y: number) => {
    const [a, b] = [x, y].map((i) => wordOf(sideOf(i) === side ? tallyWord.a : tallyWord.b)(i));
    return addresses.compare(a!, b!);
  };
  return new SelectionRows({
    table: flows,
    compareKeys: (a, b) => numberOf(a) - numberOf(b),
    cells: {
      ...cells,
      packets: (i) => flows.packetsOf(i),
      bytes: (i) => flows.bytesOf(i),
      flow: numberOf,
      sourcePort: (i) => portOf(wordOf(tallyWord.ports)(i), sideOf(i)),
      destinationPort: (i) => portOf(wordOf(tallyWord.ports)(i), 1 - sideOf(i)),
      start: floatOf(tallyFloat.first),
      durationSeconds: (i) => floatOf(tallyFloat.last)(i) - floatOf(tallyFloat.first)(i),
      score: (i) => flows.scoreOf(i) ?? Number.NaN,
    },
    orders: { source: byEnd(0), destination: byEnd(1) },
    describe: (indexes) =>
      indexes.map((i) => {
        const row = known.flow(numberOf(i)) ?? unknownFlow(tally, addresses, i);
        const { first, durationSeconds } = tallyTimes(flows, i, baseSeconds);
        return {
          ...row,
          packetsOut: cells.packetsOut(i),
          packetsIn: cells.packetsIn(i),
          bytesOut: cells.bytesOut(i),
          bytesIn: cells.bytesIn(i),
          start: first,
          durationSeconds,
        };
      }),
    extra: (i) => ({ flow: numberOf(i), score: flows.scoreOf(i), flagged: cells.flagged(i) }),
  });
}

/** 1 where the first packet that is selected of a flow is an answer, and 0 where whoever began it sent that. */
function answeringSide(
  { flows }: SelectionTally,
  addresses: AddressIds,
  known: KnownFlows,
  i: number,
): 0 | 1 {
  const at = i * tallyStride;
  const number = flows.words[at + tallyWord.number]!;
  const beganHigh = known.beganHigh(number);
  if (beganHigh === undefined) return 0;
  const a = flows.words[at + tallyWord.a]!;
  const b = flows.words[at + tallyWord.b]!;
  const ports = flows.words[at + tallyWord.ports]!;
  // Of addresses that found no room the ports tell.
  if (a === 0 || b === 0) return known.flow(number)?.sourcePort === ports >>> 16 ? 0 : 1;
  const isFromHigh = a === b ? ports >>> 16 > (ports & 0xffff) : addresses.compare(a, b) > 0;
  return isFromHigh === beganHigh ? 0 : 1;
}

function portOf(ports: number, side: number): number {
  return side === 0 ? ports >>> 16 : ports & 0xffff;
}

/** What the packets' columns tell of a flow that is no longer kept. */
function unknownFlow({ flows }: SelectionTally, addresses: AddressIds, i: number): FlowRow {
  const at = i * tallyStride;
  const ports = flows.words[at + tallyWord.ports]!;
  const transport = transportNames.get(flows.transportOf(i)) ?? "tcp";
  return {
    source: addressText(addresses, flows.words[at + tallyWord.a]!),
    sourcePort: ports >>> 16,
    destination: addressText(addresses, flows.words[at + tallyWord.b]!),
    destinationPort: ports & 0xffff,
    transport,
    protocol: transport,
    name: null,
    detail: null,
    packetsOut: 0,
    packetsIn: 0,
    bytesOut: 0,
    bytesIn: 0,
    start: null,
    durationSeconds: 0,
    state: null,
    rttMs: null,
    retransmissions: 0,
    outOfOrder: 0,
    resets: 0,
  };
}
