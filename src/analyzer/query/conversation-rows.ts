/** Conversations of a selection: pairs of addresses and what of it went between them. */
import type { AddressIds } from "../store/address-ids.ts";
import type { ConversationRow } from "../traffic/report-rows.ts";
import { addressText, SelectionRows, tallyTimes, type Scored } from "./selection-rows.ts";
import type { SelectionTally } from "./selection-tally.ts";
import { tallyFloat, tallyStride, tallyWord } from "./tally-table.ts";

/** Columns by which conversations can be sorted; `packets` and `bytes` are those of both directions together. */
export const conversationColumns: readonly string[] = [
  "a",
  "b",
  "packets",
  "packetsAtoB",
  "packetsBtoA",
  "bytes",
  "bytesAtoB",
  "bytesBtoA",
  "start",
  "durationSeconds",
  "flows",
  "score",
  "flagged",
];

export function conversationRows(
  { conversations, baseSeconds }: SelectionTally,
  addresses: AddressIds,
): SelectionRows<ConversationRow, Required<Scored>> {
  const scoreOf = (i: number): number | null => conversations.scoreOf(i);
  const wordOf = (word: number) => (i: number) => conversations.words[i * tallyStride + word]!;
  const floatOf = (float: number) => (i: number) => conversations.floats[(i * tallyStride) / 2 + float]!;
  const byEnd = (word: number) => (a: number, b: number) =>
    addresses.compare(wordOf(word)(a), wordOf(word)(b));
  const cells = {
    packetsAtoB: wordOf(tallyWord.up),
    packetsBtoA: wordOf(tallyWord.down),
    bytesAtoB: floatOf(tallyFloat.bytesUp),
    bytesBtoA: floatOf(tallyFloat.bytesDown),
    flows: wordOf(tallyWord.number),
    flagged: wordOf(tallyWord.flagged),
  };
  return new SelectionRows({
    table: conversations,
    compareKeys: (a, b) => byEnd(tallyWord.a)(a, b) || byEnd(tallyWord.b)(a, b),
    cells: {
      ...cells,
      packets: (i) => conversations.packetsOf(i),
      bytes: (i) => conversations.bytesOf(i),
      start: floatOf(tallyFloat.first),
      durationSeconds: (i) => floatOf(tallyFloat.last)(i) - floatOf(tallyFloat.first)(i),
      score: (i) => scoreOf(i) ?? Number.NaN,
    },
    orders: { a: byEnd(tallyWord.a), b: byEnd(tallyWord.b) },
    describe: (indexes) =>
      indexes.map((i) => {
        const { first, durationSeconds } = tallyTimes(conversations, i, baseSeconds);
        return {
          a: addressText(addresses, wordOf(tallyWord.a)(i)),
          b: addressText(addresses, wordOf(tallyWord.b)(i)),
          packetsAtoB: cells.packetsAtoB(i),
          packetsBtoA: cells.packetsBtoA(i),
          bytesAtoB: cells.bytesAtoB(i),
          bytesBtoA: cells.bytesBtoA(i),
          start: first,
          durationSeconds,
          flows: cells.flows(i),
        };
      }),
    extra: (i) => ({ score: scoreOf(i), flagged: cells.flagged(i) }),
  });
}
