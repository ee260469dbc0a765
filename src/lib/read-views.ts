/** Reading into buffers that are there. */
import type { FileHandle } from "node:fs/promises";

/**
 * Fills the views one after the other with what is at `position`, however little the system gives at once.
 * @returns bytes read, fewer only at the end of the file
 */
export async function readViews(handle: FileHandle, views: Uint8Array[], position: number): Promise<number> {
  let { bytesRead: total } = await handle.readv(views, position);
  let start = 0;
  for (const view of views) {
    const end = start + view.length;
    for (let at = Math.max(start, total); at < end; at = total) {
      const { bytesRead } = await handle.read(view, at - start, end - at, position + at);
      if (bytesRead === 0) return total;
      total += bytesRead;
    }
    start = end;
  }
  return total;
}
