/** A file on its way to the server's disk. */
import type { IncomingFile } from "../../classroom/files/file-store.ts";
import { GrowingFile, type GrowingFileOptions } from "../../lib/growing-file.ts";

/** Free bytes that stay on the disk whatever people send. */
export const reservedBytes = 64 << 20;

export class DiskFile extends GrowingFile implements IncomingFile {
  constructor(path: string, options: Partial<GrowingFileOptions> = {}) {
    super(path, { reserved: reservedBytes, full: "the disk of the server is full", ...options });
  }
}
