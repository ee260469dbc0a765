/** Where bans, mutes, exam mode and the codes that make teachers are kept: the port that `store/` implements. */

export interface Ban {
  /** As it was registered. */
  readonly name: string;
  /** When it ends, in milliseconds since 1970; undefined: when somebody ends it. */
  readonly untilMs: number | undefined;
  /** Who said so; empty for the operator. */
  readonly by: string;
  /** May be empty. */
  readonly reason: string;
}

/** What came of a code. */
export type CodeUse = "used-now" | "used-before" | "expired" | "unknown";

export interface ModerationStore {
  /** @param key of `nameKey` */
  ban(key: string): Ban | undefined;
  /** In place of one before. @throws ExpectedError with one sentence where it cannot be kept, as all below */
  putBan(key: string, ban: Ban): void;
  /** @returns false where there was none */
  removeBan(key: string): boolean;
  /** By name. */
  bans(): Ban[];
  /** Names of those who are muted, by their keys. */
  mutes(): Map<string, string>;
  setMuted(key: string, name: string, isMuted: boolean): void;
  isExam(): boolean;
  setExam(isExam: boolean): void;
  /** Adds a code, of which only the hash is known; of many the oldest are forgotten. */
  addCode(hash: string, expiresAtMs: number): void;
  /** Uses a code up. Of two who come with the same, one gets it. */
  useCode(hash: string, atMs: number): CodeUse;
}
