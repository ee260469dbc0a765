/** A file that is read at any place, into buffers that are there. */
import type { Block } from "../protocol/v2/chunk-block.ts";

export interface BlockFile {
  /** Length in bytes, as it was when the file was opened. */
  readonly size: number;
  /** The number that the system knows it by while it is open, where another thread may read it. */
  readonly descriptor?: number;
  /** Fills the views one after the other with what is at `position`. @returns bytes read, fewer only at the end */
  readAt(views: Uint8Array[], position: number): Promise<number>;
}

/** @throws where the file has not so much any more */
export async function readBlock(file: BlockFile, { position, end, pieces }: Block): Promise<void> {
  if ((await file.readAt(pieces, position)) < end - position)
    throw new Error("the file is shorter than it was");
}
