/**
 * Memory of what a socket gave, as soon as it is decoded. A file brings half a megabyte at a time; left to the garbage
 * collector, that is fresh memory each time, which the system has to clear first.
 */

/** Less is not worth the call. */
const worthBytes = 32 << 10;

/** @param chunk all of a buffer, which nobody looks at any more: it has no byte behind this */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (byteLength >= worthBytes && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer)
    buffer.transfer(0);
}
