/**
 * The classroom as this page knows it: where the person stands, the conversations, and over whatever connection
 * there is at present (`stay.ts`) what is said and not acknowledged. What the server's frames mean to it is in
 * `frames.ts`.
 */
import { byName } from "../lib/by-name.ts";
import { SeatMemory } from "../../src/classroom/client/seat-memory.ts";
import { encodeControl, type Control, type ControlHeader } from "../../src/classroom/protocol/v2/control.ts";
import { encodeSay, encodeTell } from "../../src/classroom/protocol/v2/message.ts";
import { Changes } from "./changes.ts";
import { Conversation, type Said } from "./conversation.ts";
import { Downloads } from "./files/downloads.ts";
import { Collections } from "./files/collections.ts";
import { Pushes } from "./files/pushes.ts";
import { Uploads } from "./files/uploads.ts";
import { maxNotices, noticeMs, peopleDelayMs, shownHistory, typingEveryMs } from "./limits.ts";
import type { Link } from "./link.ts";
import { QuizModel } from "./quiz/quiz-model.ts";
import { Past } from "./past.ts";
import { Reading } from "./reading.ts";
import { Requests } from "./requests.ts";
import { Handins } from "./teach/handins.ts";
import { TeachModel } from "./teach/teach-model.ts";

export type Stage =
  | { kind: "connecting"; problem: string | undefined }
  /** `wantsPassword`: what was typed is a code that works once, and a password of one's own is asked for. */
  | { kind: "joining"; problem: string | undefined; isBusy: boolean; wantsPassword: boolean }
  | { kind: "in" }
  /** Was in, and comes back by itself. */
  | { kind: "away" }
  /** The server ended it, and the page does not come back by itself. */
  | { kind: "over"; text: string };

function keyOf(kind: Conversation["kind"], name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}

/** What a second teacher must not do once more. */
const stepWords = new Set<Control<"steer">["do"]>(["start", "close", "explain", "next", "again", "skip"]);

export class Classroom {
  readonly changes = new Changes();
  readonly memory = new SeatMemory();
  readonly requests = new Requests(this);
  readonly uploads = new Uploads(this);
  readonly pushes = new Pushes();
  readonly collections = new Collections();
  readonly handins = new Handins();
  readonly downloads = new Downloads(this);
  readonly quiz = new QuizModel();
  readonly reading = new Reading(this);
  readonly past = new Past(this);
  stage: Stage = { kind: "connecting", problem: undefined };
  name = "";
  role: Control<"seat">["role"] = "student";
  readonly teach = new TeachModel();
  /** The room where everybody is. */
  mainRoom = "";
  /** The conversation that is shown. */
  current: Conversation | undefined;
  readonly conversations = new Map<string, Conversation>();
  /** Rooms of the server, as it was last asked. */
  rooms: NonNullable<Control<"rooms">["rooms"]> = [];
  mode: Control<"mode"> = { chat: true, files: true };
  readonly notices: string[] = [];
  /** The present connection, once this person is in over it. */
  link: Link | undefined;
  #ask = 1;
  #toldTypingMs = 0;
  #peopleTimer: ReturnType<typeof setTimeout> | undefined;

  setStage(stage: Stage): void {
    this.stage = stage;
    this.changes.tell("stage");
  }

  send<H extends ControlHeader>(header: H, content: Control<H>): void {
    this.link?.send(header, content);
  }

  nextAsk(): number {
    return this.#ask++;
  }

  /** A sentence that is shown for a moment. */
  note(text: string): void {
    this.notices.push(text);
    if (this.notices.length > maxNotices) this.notices.shift();
    this.changes.tell("notices");
    setTimeout(() => {
      const at = this.notices.indexOf(text);
      if (at >= 0) this.notices.splice(at, 1);
      this.changes.tell("notices");
    }, noticeMs);
  }

  // Conversations.

  /** The one of this name, made where there is none yet. */
  conversation(kind: Conversation["kind"], name: string): Conversation {
    let found = this.find(kind, name);
    if (found === undefined) {
      this.conversations.set(keyOf(kind, name), (found = new Conversation(kind, name)));
      this.changes.tell("rooms");
    }
    return found;
  }

  find(kind: Conversation["kind"], name: string): Conversation | undefined {
    return this.conversations.get(keyOf(kind, name));
  }

  /** The room of this number on the present connection. */
  room(number: number): Conversation | undefined {
    for (const each of this.conversations.values()) if (each.number === number) return each;
    return undefined;
  }

  get people(): string[] {
    if (this.mainRoom === "") return [];
    return [...this.conversation("room", this.mainRoom).members].toSorted(byName);
  }

  open(conversation: Conversation): void {
    if (this.current !== undefined && this.current !== conversation) {
      this.current.newAfter = undefined;
      this.current.past = undefined;
    }
    this.current = conversation;
    this.reading.read();
    this.changes.tell("rooms");
    this.changes.tell("messages");
  }

  get unread(): number {
    let unread = 0;
    for (const each of this.conversations.values()) unread += each.unread;
    return unread;
  }

  joinRoom(room: string): void {
    const since = this.memory.rooms.get(room);
    this.send("join", {
      ask: this.nextAsk(),
      room,
      ...(since === undefined ? { history: shownHistory } : { since }),
    });
  }

  leave(conversation: Conversation): void {
    if (conversation.number !== undefined)
      this.send("part", { ask: this.nextAsk(), number: conversation.number });
    else this.forget(conversation);
  }

  forget(conversation: Conversation): void {
    for (const [key, each] of this.conversations) if (each === conversation) this.conversations.delete(key);
    if (conversation.kind === "room") this.memory.rooms.delete(conversation.name);
    if (this.current === conversation) this.open(this.conversation("room", this.mainRoom));
    this.changes.tell("rooms");
  }

  get isTeacher(): boolean {
    return this.role === "teacher";
  }

  setRole(role: Classroom["role"]): void {
    this.role = role;
    if (role === "teacher") {
      this.askPeople();
      this.askBanks();
    }
    this.changes.tell("teach");
    this.changes.tell("quiz");
    this.changes.tell("people");
  }

  /** A moment later, for a class that comes in comes in at once. */
  askPeople(): void {
    if (!this.isTeacher || this.#peopleTimer !== undefined) return;
    this.#peopleTimer = setTimeout(() => {
      this.#peopleTimer = undefined;
      this.send("people", { ask: this.nextAsk() });
    }, peopleDelayMs);
  }

  moderate(wish: Omit<Control<"moderate">, "ask">): void {
    this.send("moderate", { ask: this.nextAsk(), ...wish });
    this.askPeople();
  }

  /** Does with the quiz what a teacher wants, as long as it still stands where this teacher saw it. */
  steer(wish: Omit<Control<"steer">, "ask" | "seen">): void {
    const { phase, current, round, isRunning } = this.quiz;
    const seen =
      phase === undefined || !isRunning || !stepWords.has(wish.do)
        ? {}
        : {
            seen: {
              phase,
              ...(current === undefined ? {} : { number: current }),
              ...(round === undefined ? {} : { round }),
            },
          };
    this.send("steer", { ask: this.nextAsk(), ...wish, ...seen });
  }

  askBanks(): void {
    this.send("banks", { ask: this.nextAsk() });
  }

  /** A file of questions of this person's is on the server: it is the one that a quiz is likely to be started of. */
  hearNewBank(name: string): void {
    this.teach.newBank = name;
    this.askBanks();
  }

  askRooms(): void {
    this.send("rooms", { ask: this.nextAsk() });
  }

  /** An own message came back out of a room: it is here already. */
  hearOwn(conversation: Conversation, { id, text }: Said): void {
    const message = conversation.find(text);
    if (message === undefined) return;
    conversation.place(message, id);
    this.changes.tell("messages");
  }

  hear(conversation: Conversation, message: Said): void {
    conversation.typing.delete(message.sender);
    conversation.add(message);
    const isOwn = message.sender === this.name;
    if (!isOwn) conversation.hear(message, this.reading.isBeforeEyes(conversation));
    if (!isOwn) this.reading.tellSoon();
    this.changes.tell("rooms");
    if (conversation === this.current) this.changes.tell("messages");
  }

  // What is said.

  say(conversation: Conversation, text: string): void {
    const isRoom = conversation.kind === "room";
    const message: Said = { id: 0, timeMs: Date.now(), sender: this.name, text, state: "waiting" };
    const tag = this.requests.add(
      (tag) => {
        if (!isRoom) return encodeTell({ tag, name: conversation.name, text });
        const { number } = conversation;
        return number === undefined ? undefined : encodeSay({ tag, room: number, text });
      },
      {
        kept: (id) => {
          delete message.state;
          if (id !== undefined) conversation.place(message, id);
          this.changes.tell("messages");
        },
        refused: (why) => {
          message.state = "refused";
          this.note(why);
          this.changes.tell("messages");
        },
      },
      isRoom,
    );
    message.tag = tag;
    conversation.add(message);
    conversation.newAfter = undefined;
    conversation.past = undefined;
    this.#toldTypingMs = 0;
    this.changes.tell("messages");
  }

  tellTyping(conversation: Conversation): void {
    const now = performance.now();
    const { number } = conversation;
    if (number === undefined || now - this.#toldTypingMs < typingEveryMs) return;
    this.#toldTypingMs = now;
    this.link?.sendFrame(encodeControl("typing", { number }));
  }
}
