/**
 * The port between the columns of packets and the place where their bytes lie: the capture file itself, or a
 * rotating file. A place is a number that only the keeper understands.
 */
import type { ExpectedRecord } from "../capture/record-check.ts";
import type { PacketBatch } from "../capture/packet-batch.ts";

export interface ByteKeeper {
  /** Bytes that can be read before every place: what stands there belongs to the packet, or helps to check it. */
  readonly before: number;
  /** Packets whose bytes are no longer there, or were never kept. */
  readonly lost: number;
  /** Sentences for the report. */
  readonly warnings: readonly string[];
  /** Makes sure that each packet's bytes can be found by its place; NaN for one where they cannot. */
  keep(batch: PacketBatch, places: Float64Array): void;
  /** Why nothing can be read at `place` any more, as a sentence; undefined where it can. */
  problemAt(place: number): string | undefined;
  /** Copies what lies from `place` on. @returns how many bytes, fewer than there is room for at an end */
  copy(place: number, into: Uint8Array): number;
  /** Whether the packet whose bytes, with any pseudo header, begin at `at` of `view` is the one that is expected. */
  isSame(view: DataView, at: number, expected: ExpectedRecord): boolean;
  close(): Promise<void>;
}

/** Keeps nothing, and says why. */
export function keepNothing(reason: string): ByteKeeper {
  const keeper = {
    before: 0,
    lost: 0,
    warnings: [`The bytes of packets cannot be shown: ${reason}.`],
    keep({ count }: PacketBatch, places: Float64Array): void {
      places.fill(Number.NaN, 0, count);
      keeper.lost += count;
    },
    problemAt: (): undefined => undefined,
    copy: (): number => 0,
    isSame: (): boolean => false,
    close: (): Promise<void> => Promise.resolve(),
  };
  return keeper;
}
