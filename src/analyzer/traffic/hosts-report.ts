/** Hosts as the report lists them. */
import { maxTopRows } from "../limits.ts";
import { formatAddress, formatMac, isLocal } from "./address.ts";
import type { HostNames } from "./host-names.ts";
import type { HostTable } from "./host-table.ts";
import type { HostRow, JudgedEndsOf, Table } from "./report-rows.ts";
import { topRows } from "./top-rows.ts";
import type { TrafficClock } from "./traffic-clock.ts";

/** More addresses than this behind one card, and it is a router's: hosts beyond it have cards of their own. */
const maxAddressesOfCard = 8;

/**
 * @param vendorOf who made the card with these first 32 and last 16 bits
 * @param judged tells scores, where there are any
 */
export function reportHosts(
  hosts: HostTable,
  names: HostNames,
  clock: TrafficClock,
  vendorOf: (high: number, low: number) => string | null,
  judged?: JudgedEndsOf,
): Table<HostRow> {
  const { table } = hosts;
  const rows = topRows(
    (see) => table.forEach(see),
    (row) => hosts.bytesOf(row),
    (a, b) => compareWords(table.words, hosts.addressAt(a), hosts.addressAt(b)),
    maxTopRows,
  );
  const addresses = addressesByCard(hosts, rows);
  const top = rows.map((row) => {
    const host = hosts.read(row);
    const at = hosts.addressAt(row);
    const { words } = table;
    const card = hosts.macAt(row);
    const [high, low] = card < 0 ? [0, 0] : [words[card]!, words[card + 1]!];
    const isOwn =
      card >= 0 &&
      (isLocal(host.version, words, at) || (addresses.get(high * 65_536 + low) ?? 0) <= maxAddressesOfCard);
    const told: HostRow = {
      address: formatAddress(host.version, words, at),
      mac: isOwn ? formatMac(high, low) : null,
      vendor: isOwn ? vendorOf(high, low) : null,
      names: names.get(host.version, words, at),
      packetsIn: host.packetsIn,
      packetsOut: host.packetsOut,
      bytesIn: host.bytesIn,
      bytesOut: host.bytesOut,
      firstSeen: clock.secondsOf(host.first),
      lastSeen: clock.secondsOf(host.last),
      peers: host.peers,
    };
    if (judged === undefined) return told;
    return Object.assign(told, judged.scoreOfHost(host.version, words, at) ?? notJudged);
  });
  return { total: table.created, evicted: table.evicted, top };
}

const notJudged = { score: null, flagged: null };

/** How many addresses use each of the cards that the hosts in `rows` use. */
function addressesByCard(hosts: HostTable, rows: readonly number[]): Map<number, number> {
  const { words } = hosts.table;
  const cardOf = (at: number) => words[at]! * 65_536 + words[at + 1]!;
  const counts = new Map<number, number>();
  for (const row of rows) if (hosts.macAt(row) >= 0) counts.set(cardOf(hosts.macAt(row)), 0);
  hosts.table.forEach((row) => {
    const at = hosts.macAt(row);
    const count = at < 0 ? undefined : counts.get(cardOf(at));
    if (count !== undefined) counts.set(cardOf(at), count + 1);
  });
  return counts;
}

/** The order of two addresses. */
function compareWords(words: Uint32Array, a: number, b: number): number {
  for (let i = 0; i < 4; i++) if (words[a + i] !== words[b + i]) return words[a + i]! - words[b + i]!;
  return 0;
}
