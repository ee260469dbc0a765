/** Hosts of a selection: its packets of each, and what the whole capture knows of them. */
import type { AddressIds } from "../store/address-ids.ts";
import type { HostLabels } from "../traffic/hosts-report.ts";
import type { HostRow } from "../traffic/report-rows.ts";
import { addressText, SelectionRows, tallyTimes, type Scored } from "./selection-rows.ts";
import type { SelectionTally } from "./selection-tally.ts";
import { tallyFloat, tallyStride, tallyWord } from "./tally-table.ts";

/** Columns by which hosts can be sorted; `packets` and `bytes` are those of both directions together. */
export const hostColumns: readonly string[] = [
  "address",
  "mac",
  "vendor",
  "names",
  "packets",
  "packetsIn",
  "packetsOut",
  "bytes",
  "bytesIn",
  "bytesOut",
  "firstSeen",
  "lastSeen",
  "peers",
  "score",
  "flagged",
];

/** @param known tells of the hosts with these addresses, of 4 or 16 bytes each */
export function hostRows(
  { hosts, baseSeconds }: SelectionTally,
  addresses: AddressIds,
  known: (addresses: readonly Uint8Array[]) => HostLabels[],
): SelectionRows<HostRow, Required<Scored>> {
  const wordOf = (word: number) => (i: number) => hosts.words[i * tallyStride + word]!;
  const floatOf = (float: number) => (i: number) => hosts.floats[(i * tallyStride) / 2 + float]!;
  const idOf = wordOf(tallyWord.a);
  const compareKeys = (a: number, b: number): number => addresses.compare(idOf(a), idOf(b));
  const cells = {
    packetsIn: wordOf(tallyWord.down),
    packetsOut: wordOf(tallyWord.up),
    bytesIn: floatOf(tallyFloat.bytesDown),
    bytesOut: floatOf(tallyFloat.bytesUp),
    peers: wordOf(tallyWord.number),
    flagged: wordOf(tallyWord.flagged),
  };
  return new SelectionRows({
    table: hosts,
    compareKeys,
    cells: {
      ...cells,
      packets: (i) => hosts.packetsOf(i),
      bytes: (i) => hosts.bytesOf(i),
      firstSeen: floatOf(tallyFloat.first),
      lastSeen: floatOf(tallyFloat.last),
      score: (i) => hosts.scoreOf(i) ?? Number.NaN,
    },
    orders: { address: compareKeys },
    describe(indexes) {
      const labels = known(indexes.map((i) => addresses.addressOf(idOf(i))!));
      return indexes.map((i, place) => {
        const { mac, vendor, names } = labels[place]!;
        const { first, last } = tallyTimes(hosts, i, baseSeconds);
        return {
          address: addressText(addresses, idOf(i)),
          mac,
          vendor,
          names,
          packetsIn: cells.packetsIn(i),
          packetsOut: cells.packetsOut(i),
          bytesIn: cells.bytesIn(i),
          bytesOut: cells.bytesOut(i),
          firstSeen: first,
          lastSeen: last,
          peers: cells.peers(i),
        };
      });
    },
    extra: (i) => ({ score: hosts.scoreOf(i), flagged: cells.flagged(i) }),
  });
}
