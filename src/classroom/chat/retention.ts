/** How long messages are kept: what is over one of the two bounds goes, the oldest first. */
export interface Retention {
  /** undefined: of whatever age. */
  days: number | undefined;
  /** Bytes of the file that they are in, or of as much of it as is used; undefined: all there is room for. */
  bytes: number | undefined;
}

export const defaultRetention: Retention = { days: 90, bytes: 1 << 30 };

export const dayMs = 86_400_000;
