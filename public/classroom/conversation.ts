/** What was said in one room, or between two people, and how far one has read it. */
import type { Control } from "../../src/classroom/protocol/v2/control.ts";
import { aroundPlace, maxMessages } from "./limits.ts";

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

/** Some of what was said long ago, in place of the latest: around something that was looked for. */
interface Past {
  messages: Said[];
  mayHaveOlder: boolean;
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
  /** The highest id that was read, here or elsewhere before; undefined where nobody knows. */
  readId: number | undefined;
  /** The id behind which everything was new when one came back; undefined where nothing is marked as new. */
  newAfter: number | undefined;
  past: Past | undefined;
  /** Messages that come now and were said before this person was ever here. */
  #backlog = 0;
  /** Whether the server may have older messages than these. */
  mayHaveOlder = false;
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

  /** What is shown of it. */
  get shown(): readonly Said[] {
    return this.past?.messages ?? this.messages;
  }

  get showsOlder(): boolean {
    return this.past?.mayHaveOlder ?? this.mayHaveOlder;
  }

  /** Messages that were asked for, from old to new. @param mayHaveOlder whether there are more before them */
  addOlder(older: readonly Said[], mayHaveOlder: boolean): void {
    (this.past?.messages ?? this.messages).unshift(...older);
    if (this.past === undefined) this.mayHaveOlder = mayHaveOlder;
    else this.past.mayHaveOlder = mayHaveOlder;
  }

  /**
   * Shows what is around a message, out of messages that follow each other without a gap.
   *
   * @returns whether the message is among them
   */
  showAround(id: number, messages: readonly Said[], mayHaveOlder: boolean): boolean {
    const at = messages.findIndex((each) => each.id === id);
    if (at < 0) return false;
    const oldestId = oldestOf(this.messages);
    if ((messages.at(-1)?.id ?? 0) >= oldestId) {
      // They reach what is here: nothing is left out between.
      this.past = undefined;
      this.addOlder(
        messages.filter((each) => each.id < oldestId),
        mayHaveOlder,
      );
    } else {
      const from = Math.max(0, at - aroundPlace);
      this.past = {
        messages: messages.slice(from, at + aroundPlace + 1),
        mayHaveOlder: from > 0 || mayHaveOlder,
      };
    }
    return true;
  }

  /** The id before which older messages than those shown are. */
  get oldestId(): number {
    return oldestOf(this.shown);
  }

  // What is read.

  /** The room is joined over a new connection: how far it is read the server may know better. */
  welcome({ read, unread = 0, missed }: Pick<Control<"joined">, "read" | "unread" | "missed">): void {
    const before = this.readId;
    if (read !== undefined) this.readId = Math.max(read, before ?? 0);
    const { readId } = this;
    if (readId === undefined) {
      this.#backlog = missed;
      return;
    }
    if ((before === undefined ? unread : missed) > 0) this.newAfter = readId;
    // Those that come now are counted as they come.
    if (before === undefined) this.unread = Math.max(0, unread - missed);
    else if (readId > before) this.unread = this.messages.filter((each) => each.id > readId).length;
  }

  /** Somebody else's message is here. @param isRead whether it is before this person's eyes */
  hear({ id, sender }: Said, isRead: boolean): void {
    // News of the server are no messages.
    if (sender === "") return;
    const isOld = this.#backlog > 0 || (id > 0 && id <= (this.readId ?? 0));
    if (this.#backlog > 0) this.#backlog--;
    if (isOld || isRead) this.readId = Math.max(id, this.readId ?? 0);
    else {
      if (this.unread === 0) this.newAfter = this.readId ?? 0;
      this.unread++;
    }
  }

  /** All that is here is before this person's eyes. */
  read(): void {
    this.unread = 0;
    const last = this.messages.findLast(({ id }) => id > 0)?.id;
    if (last !== undefined) this.readId = Math.max(last, this.readId ?? 0);
  }

  /** The first message that is new, of others than this person. */
  firstNew(own: string): Said | undefined {
    const { newAfter } = this;
    if (newAfter === undefined) return undefined;
    return this.shown.find(({ id, sender }) => id > newAfter && sender !== own);
  }
}

function oldestOf(messages: readonly Said[]): number {
  return messages.find(({ id }) => id > 0)?.id ?? Number.MAX_SAFE_INTEGER;
}
