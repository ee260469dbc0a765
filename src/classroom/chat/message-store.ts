/**
 * Where messages are kept: the port that `store/` implements. Its promises are held by one shared test suite.
 * What is written is on its way for a while; what is read is what was on disk when the last `append` was done, or
 * newer.
 */

/** A message to a room, or to one person. */
export interface KeptMessage {
  /** Unique on the server, upward, from 1. */
  id: number;
  /** The room's number; 0 where it is to one person. */
  room: number;
  sender: string;
  /** The person it is to; empty where it is to a room. */
  recipient: string;
  text: string;
  /** Milliseconds since 1970. */
  timeMs: number;
}

export interface KeptRoom {
  number: number;
  name: string;
}

/** What is not kept any more: whatever is older, and the oldest of what is more. */
export interface PruneBounds {
  /** Milliseconds since 1970; undefined where age does not matter. */
  olderThanMs: number | undefined;
  /** Bytes of all that is kept, with what makes it quick to find; undefined where size does not matter. */
  maxBytes: number | undefined;
  /** Messages taken away at once. */
  most: number;
}

export interface PruneSlice {
  removed: number;
  isMore: boolean;
}

export interface MessageStore {
  /** The highest id there ever was, or 0. */
  lastId(): number;
  /**
   * Keeps messages and how far each person's tags are dealt with, all or nothing. Resolves when they are on disk,
   * in the order in which it was called.
   * @param tags the highest tag by the key of a name
   * @throws ExpectedError with one sentence where they cannot be kept (a full disk)
   */
  append(messages: readonly KeptMessage[], tags: ReadonlyMap<string, number>): Promise<void>;
  /** @returns 0 for somebody of whom nothing is known */
  lastTag(nameKey: string): number;
  /**
   * The latest messages of a room with ids over `since` and under `before`, from old to new.
   * @param most of them at most. @param mostBytes of their texts in UTF-8; one is read however long it is
   */
  inRoom(room: number, since: number, before: number, most: number, mostBytes?: number): KeptMessage[];
  /** Messages to one person with ids over `since`, the oldest first, with bounds as those of `inRoom`. */
  toPerson(nameKey: string, since: number, most: number, mostBytes?: number): KeptMessage[];
  /** The id up to which a person has seen private messages; 0 where nothing is known. */
  seen(nameKey: string): number;
  /** Keeps it with what is kept next, or a moment later: nobody waits for it. */
  setSeen(nameKey: string, id: number): void;
  /** The id up to which a person has read a room; undefined where nothing is known. */
  read(nameKey: string, room: number): number | undefined;
  /** Keeps it as `setSeen` does. */
  setRead(nameKey: string, room: number, id: number): void;
  /** How many messages of a room have ids over `since`, counted up to `most`. */
  countSince(room: number, since: number, most: number): number;
  rooms(): KeptRoom[];
  /** Keeps a room before the first message in it, or a moment later. */
  addRoom(room: KeptRoom): void;
  /** Takes away some of the oldest messages that are over what is kept. Done again while there are more. */
  prune(over: PruneBounds): Promise<PruneSlice>;
  /** Resolves when all is on disk that can be, and nothing is open any more. */
  close(): Promise<void>;
}
