/** Packet sizes in the classes network gear counts them in (RFC 2819, etherStatsPkts64Octets and following). */
export interface SizeBin {
  /** Bytes, both included. */
  from: number;
  to: number;
  label: string;
}

const bounds = [64, 128, 256, 512, 1024, 1519, 9001];

export const sizeBins: readonly SizeBin[] = [0, ...bounds].map((from, i) => {
  const to = (bounds[i] ?? Number.POSITIVE_INFINITY) - 1;
  const label = to === Number.POSITIVE_INFINITY ? `${from}+` : `${from}–${to}`;
  return { from, to, label };
});

/** Packets in each of `sizeBins`. */
export function binSizes({ size, packets }: { size: number[]; packets: number[] }): number[] {
  const counts = sizeBins.map(() => 0);
  let bin = 0;
  for (let i = 0; i < size.length; i++) {
    while (size[i]! > sizeBins[bin]!.to) bin++;
    counts[bin]! += packets[i]!;
  }
  return counts;
}
