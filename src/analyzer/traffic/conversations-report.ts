/** Conversations as the report lists them. */
import { maxTopRows } from "../limits.ts";
import { formatAddress } from "./address.ts";
import type { ConversationTable } from "./conversation-table.ts";
import type { ConversationRow, Table } from "./report-rows.ts";
import { topRows } from "./top-rows.ts";
import type { TrafficClock } from "./traffic-clock.ts";

export function reportConversations(
  conversations: ConversationTable,
  clock: TrafficClock,
): Table<ConversationRow> {
  const { table } = conversations;
  const { words } = table;
  const top = topRows(
    (see) => table.forEach(see),
    (row) => conversations.bytesOf(row),
    (a, b) => comparePairs(words, conversations.addressesAt(a)[0], conversations.addressesAt(b)[0]),
    maxTopRows,
  ).map((row): ConversationRow => {
    const read = conversations.read(row);
    const [low, high] = conversations.addressesAt(row);
    const duration = read.last - read.first;
    return {
      a: formatAddress(read.version, words, low),
      b: formatAddress(read.version, words, high),
      packetsAtoB: read.packetsUp,
      packetsBtoA: read.packetsDown,
      bytesAtoB: read.bytesUp,
      bytesBtoA: read.bytesDown,
      start: clock.secondsOf(read.first),
      durationSeconds: Number.isNaN(duration) ? 0 : Math.round(duration * 1e6) / 1e6,
      flows: read.flows,
    };
  });
  return { total: table.created, evicted: table.evicted, top };
}

/** The order of two pairs, whose eight words lie together. */
function comparePairs(words: Uint32Array, a: number, b: number): number {
  for (let i = 0; i < 8; i++) if (words[a + i] !== words[b + i]) return words[a + i]! - words[b + i]!;
  return 0;
}
