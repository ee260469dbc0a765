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

  /** What is on its way stays last: the server puts it behind all that is told before it is acknowledged. */
  add(message: Said): void {
    let at = this.messages.length;
    if (message.state !== "waiting") while (this.messages[at - 1]?.state === "waiting") at--;
    this.messages.splice(at, 0, message);
    if (this.messages.length <= maxMessages) return;
    this.messages.splice(0, this.messages.length - maxMessages);
    this.mayHaveOlder = this.kind === "room";
  }

  /** The server has told the id of a message that is here, and with it its place among the others. */
  place(message: Said, id: number): void {
    const { messages } = this;
    message.id = id;
    const at = messages.indexOf(message);
    const higher = messages.findIndex((each) => each.id > id);
    const lower = messages.findLastIndex((each) => each.id > 0 && each.id < id);
    const to = higher >= 0 && higher < at ? higher : Math.max(lower, at);
    if (at < 0 || to === at) return;
    messages.splice(at, 1);
    messages.splice(to, 0, message);
  }

  /** An own message that the server has, and of which it has not told the id. */
  find(text: string): Said | undefined {
    return this.messages.find(
      (each) => each.id === 0 && each.tag !== undefined && each.state === undefined && each.text === text,
    );
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
