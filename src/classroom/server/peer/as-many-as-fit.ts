/** Lists that go out in one frame, whatever lengths people gave the names in them. */
import { maxControlBytes } from "../../protocol/v2/limits.ts";

/** Left for what else is in the frame. */
const spareBytes = 2_048;

/** @returns the items from the front on whose JSON one frame has room for */
export function asManyAsFit<T>(items: readonly T[]): T[] {
  let bytes = spareBytes;
  const count = items.findIndex((item) => (bytes += jsonBytes(item) + 1) > maxControlBytes);
  return count < 0 ? [...items] : items.slice(0, count);
}

function jsonBytes(item: unknown): number {
  return Buffer.byteLength(JSON.stringify(item));
}
