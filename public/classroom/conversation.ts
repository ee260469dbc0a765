/** What was said in one room, or between two people. */
import { maxMessages } from "./limits.ts";

export interface Said {
  /** 0 while it is not known. */
  id: number;
  timeMs: number;
  sender: string;
  text: string;
  /** An own message that the server has not acknowledged, or has refused. */
  state?: "waiting" | "refused";
  tag?: number;
}

export class Conversation {
  readonly kind: "room" | "person";
  /** As it is shown. */
  readonly name: string;
  /** On the present connection; undefined for a person, and while the room is not joined. */
  number: number | undefined;
  readonly members = new Set<string>();
  readonly messages: Said[] = [];
  unread = 0;
  /** Whether the server may have older messages than these. */
  mayHaveOlder = false;
  /** Whether older ones were asked for and have not come. */
  isAsking = false;
  /** Who was typing, and when that was told, in milliseconds. */
  readonly typing = new Map<string, number>();

  constructor(kind: Conversation["kind"], name: string) {
    this.kind = kind;
    this.name = name;
  }

  add(message: Said): void {
    this.messages.push(message);
    if (this.messages.length <= maxMessages) return;
    this.messages.splice(0, this.messages.length - maxMessages);
    this.mayHaveOlder = this.kind === "room";
  }

  /** Messages that were asked for, from old to new. */
  addOlder(older: readonly Said[]): void {
    this.messages.unshift(...older);
  }

  /** The id before which older messages are. */
  get oldestId(): number {
    return this.messages.find(({ id }) => id > 0)?.id ?? Number.MAX_SAFE_INTEGER;
  }
}
