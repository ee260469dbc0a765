/** A file on its way to the server's disk. */
import type { IncomingFile } from "../../classroom/files/file-store.ts";
import { GrowingFile } from "../../lib/growing-file.ts";

/** Free bytes that stay on the disk whatever people send. */
export const reservedBytes = 64 << 20;

export class DiskFile extends GrowingFile implements IncomingFile {
  /**
   * @param reserved free bytes that stay on the disk
   * @param goOnAt bytes that are there already, where the file is gone on with
   */
  constructor(path: string, reserved = reservedBytes, goOnAt?: number) {
    super(path, { reserved, full: "the disk of the server is full", goOnAt });
  }
}
