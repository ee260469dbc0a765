/** Somebody who is here, in whichever protocol. */
import type { KeptMessage } from "../chat/message-store.ts";
import type { OpenFile } from "../files/file-store.ts";
import type { Connection, ConnectionEvents } from "../net/connection.ts";

export interface Member {
  /** As it was registered. */
  readonly name: string;
  readonly connection: Connection;
  /** Tells this person alone a sentence of the server's. */
  inform(sentence: string): void;
  /** A private message to this person. */
  hear(message: KeptMessage): void;
  /**
   * Sends this person a file, behind those that wait.
   * @param from undefined for the operator
   * @returns words that fit behind a colon where the person did not get it
   */
  receiveFile(
    name: string,
    from: string | undefined,
    open: () => Promise<OpenFile>,
  ): Promise<string | undefined>;
  /** The person has come in elsewhere: says so, ends this connection, and gives the seat up. */
  giveWay(): void;
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
  /** Says a last sentence of the server's and ends the connection. */
  turnAway(sentence: string): void;
}
