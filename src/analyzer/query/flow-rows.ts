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

/** Columns by which flows can be sorted. */
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
  "packetsOut",
  "packetsIn",
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

/** @param known tells a flow by its number, where it is kept */
export function flowRows(
  tally: SelectionTally,
  addresses: AddressIds,
  known: (number: number) => FlowRow | undefined,
): SelectionRows<FlowRow, Required<Scored> & { flow: number }> {
  const { flows, baseSeconds } = tally;
  const wordOf = (word: number) => (i: number) => flows.words[i * tallyStride + word]!;
  const floatOf = (float: number) => (i: number) => flows.floats[(i * tallyStride) / 2 + float]!;
  const numberOf = wordOf(tallyWord.number);
  return new SelectionRows({
    table: flows,
    compareKeys: (a, b) => numberOf(a) - numberOf(b),
    cells: {
      flow: numberOf,
      start: floatOf(tallyFloat.first),
      durationSeconds: (i) => floatOf(tallyFloat.last)(i) - floatOf(tallyFloat.first)(i),
      score: (i) => flows.scoreOf(i) ?? Number.NaN,
      flagged: wordOf(tallyWord.flagged),
    },
    describe: (indexes) =>
      indexes.map((i) => {
        const row = known(numberOf(i)) ?? unknownFlow(tally, addresses, i);
        const ports = wordOf(tallyWord.ports)(i);
        // The first packet selected may be an answer.
        const isOut =
          row.sourcePort === ports >>> 16 &&
          row.destinationPort === (ports & 0xffff) &&
          (row.sourcePort !== row.destinationPort ||
            wordOf(tallyWord.a)(i) === 0 ||
            row.source === addressText(addresses, wordOf(tallyWord.a)(i)));
        const out = isOut ? 0 : 1;
        const { first, durationSeconds } = tallyTimes(flows, i, baseSeconds);
        return {
          ...row,
          packetsOut: wordOf(tallyWord.up + out)(i),
          packetsIn: wordOf(tallyWord.down - out)(i),
          bytesOut: floatOf(tallyFloat.bytesUp + out)(i),
          bytesIn: floatOf(tallyFloat.bytesDown - out)(i),
          start: first,
          durationSeconds,
        };
      }),
    extra: (i) => ({ flow: numberOf(i), score: flows.scoreOf(i), flagged: wordOf(tallyWord.flagged)(i) }),
  });
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
