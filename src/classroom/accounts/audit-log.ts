/** Where it is written down who did what to whom: the port that `store/` implements. Never a secret. */

/** One thing that somebody did who may decide for others. */
export interface AuditEntry {
  /** A name; empty for the operator, and what begins with `@` for another program: nobody has such a name. */
  readonly by: string;
  /** A word: `kick`, `teacher-code`, `steer next`. */
  readonly did: string;
  /** To whom, where it was to somebody. */
  readonly whom?: string | undefined;
  /** What else there is to say: a reason, minutes, a file. */
  readonly what?: string | undefined;
}

export interface AuditLog {
  /** Never throws: what cannot be written is told once. */
  write(entry: AuditEntry): void;
}
