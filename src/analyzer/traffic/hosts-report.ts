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

/** Who made a network card, by the first 32 and the last 16 bits of its address; null where nobody knows. */
export type VendorOf = (high: number, low: number) => string | null;

/** What the whole capture tells of a host. */
export type HostLabels = Pick<HostRow, "mac" | "vendor" | "names">;

/**
 * @param judged tells scores, where there are any
 */
export function reportHosts(
  hosts: HostTable,
  names: HostNames,
  clock: TrafficClock,
  vendorOf: VendorOf,
  judged?: JudgedEndsOf,
): Table<HostRow> {
  const { table } = hosts;
  const rows = topRows(
    (see) => table.forEach(see),
    (row) => hosts.bytesOf(row),
    (a, b) => compareWords(table.words, hosts.addressAt(a), hosts.addressAt(b)),
    maxTopRows,
  );
  const labels = labelHosts(hosts, rows, names, vendorOf);
  const top = rows.map((row, i) => {
    const host = hosts.read(row);
    const { mac, vendor, names } = labels[i]!;
    const told: HostRow = {
      address: formatAddress(host.version, table.words, hosts.addressAt(row)),
      mac,
      vendor,
      names,
      packetsIn: host.packetsIn,
      packetsOut: host.packetsOut,
      bytesIn: host.bytesIn,
      bytesOut: host.bytesOut,
      firstSeen: clock.secondsOf(host.first),
      lastSeen: clock.secondsOf(host.last),
      peers: host.peers,
    };
    if (judged === undefined) return told;
    return Object.assign(
      told,
      judged.scoreOfHost(host.version, table.words, hosts.addressAt(row)) ?? notJudged,
    );
  });
  return { total: table.created, evicted: table.evicted, top };
}

const notJudged = { score: null, flagged: null };

/** What is known of each host in `rows` besides what it sent and got. */
export function labelHosts(
  hosts: HostTable,
  rows: readonly number[],
  names: HostNames,
  vendorOf: VendorOf,
): HostLabels[] {
  const { words } = hosts.table;
  const addresses = addressesByCard(hosts, rows);
  return rows.map((row) => {
    const at = hosts.addressAt(row);
    const { version } = hosts.read(row);
    const card = hosts.macAt(row);
    const [high, low] = card < 0 ? [0, 0] : [words[card]!, words[card + 1]!];
    const isOwn =
      card >= 0 &&
      (isLocal(version, words, at) || (addresses.get(high * 65_536 + low) ?? 0) <= maxAddressesOfCard);
    return {
      mac: isOwn ? formatMac(high, low) : null,
      vendor: isOwn ? vendorOf(high, low) : null,
      names: names.get(version, words, at),
    };
  });
}

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
