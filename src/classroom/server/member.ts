/** Somebody who is here, in whichever protocol. */
import type { Role } from "../accounts/account-store.ts";
import type { KeptMessage } from "../chat/message-store.ts";
import type { Collection, Receipt } from "../files/collection-store.ts";
import type { Connection, ConnectionEvents } from "../net/connection.ts";
import type { Refusal } from "./admission.ts";
import type { FileOutcome, OutgoingFile } from "./files/outgoing-file.ts";

/** A file is asked for, with the receipt of what was handed in already; it is not any more; or one is kept. */
export interface CollectionNews {
  kind: "asked" | "ended" | "kept";
  collection: Collection;
  receipt?: Receipt | undefined;
}

export interface Member {
  /** As it was registered. */
  readonly name: string;
  readonly connection: Connection;
  /** By what this person is here: `v1`, `v2`, `page`. */
  readonly via: string;
  /** As `moderation.ts` set it. */
  role: Role;
  /** Of the roster; empty for none. */
  group: string;
  /** Why this person may not speak now; undefined where nothing is against it. */
  gag: Refusal | undefined;
  /** Tells this person alone a sentence of the server's. */
  inform(sentence: string): void;
  /** A private message to this person. */
  hear(message: KeptMessage): void;
  /** Something about files that are asked of every student. */
  hearCollection(news: CollectionNews): void;
  /** Sends this person a file, behind those that wait. @param progress told the bytes that have gone out, and its size */
  receiveFile(file: OutgoingFile, progress: (bytes: number, size: number) => void): Promise<FileOutcome>;
  /** The person has come in elsewhere: says so, ends this connection, and gives the seat up. */
  giveWay(): void;
  /** Somebody has decided that this person may not stay: says so, ends this connection, and gives the seat up. */
  eject(code: string, sentence: string): void;
  /** Ends the files that this person is sending. */
  stopSending(why: Refusal): void;
  /** Chat and files of students are on or off from now on. */
  hearMode(isOn: boolean): void;
  /** The role has changed. */
  hearRole(): void;
}

/** What speaks over a connection at present. */
export interface Speaker extends ConnectionEvents {
  /** Resolves when no file is on its way. */
  whenIdle(): Promise<unknown>;
  /** The last words when the server shuts down. */
  farewell(): void;
}

/** A connection that has not logged in. */
export interface Newcomer {
  /** When it was last heard; it is not timed out while a password is checked. */
  heardAtMs: number;
  readonly isChecking: boolean;
  readonly connection: Pick<Connection, "heldBytes" | "address">;
  /** Says a last sentence of the server's and ends the connection. */
  turnAway(sentence: string): void;
}
