/** What was said before: older messages of a conversation, a search, and the way to what it found. */
import type { Control } from "../../src/classroom/protocol/v2/control.ts";
import { maxHistoryMessages } from "../../src/classroom/protocol/v2/limits.ts";
import { SearchModel, type Found } from "./chat/search-model.ts";
import type { Classroom } from "./classroom.ts";
import type { Conversation, Said } from "./conversation.ts";
import { aroundPlace, shownHistory } from "./limits.ts";

export class Past {
  readonly search = new SearchModel();
  /** A message that is to be brought before the eyes. */
  sought: { conversation: Conversation; id: number } | undefined;
  #older: Said[] = [];
  /** What was asked for of the past, in the order of asking; `around` is a message that is looked for. */
  #asked: { ask: number; conversation: Conversation; around?: number }[] = [];
  #classroom: Classroom;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  askOlder(conversation: Conversation): void {
    this.#askPast(conversation, conversation.oldestId, shownHistory);
  }

  #askPast(conversation: Conversation, before: number, count: number, around?: number): void {
    const { number } = conversation;
    if (number === undefined || this.#asked.some((each) => each.conversation === conversation)) return;
    const ask = this.#classroom.nextAsk();
    this.#asked.push({ ask, conversation, ...(around === undefined ? {} : { around }) });
    this.#classroom.send("history", { ask, number, before, count });
  }

  hear(message: Said): void {
    this.#older.push(message);
  }

  end({ ask, count }: Control<"history">): void {
    const older = this.#older;
    this.#older = [];
    const asked = this.#takeAsked(ask);
    if (asked === undefined) return;
    const { conversation, around } = asked;
    // More were asked for where something is looked for, and then the server may send less of long texts.
    if (around === undefined) conversation.addOlder(older, count === shownHistory);
    else if (!conversation.showAround(around, older, older.length > 0)) {
      this.sought = undefined;
      this.#classroom.note("That message is not kept any more.");
    }
    this.#classroom.changes.tell("messages");
  }

  /** An answer that is a refusal. @returns whether something of ours was meant */
  refused(ask: number, text: string): boolean {
    if (this.search.failed(ask, text)) this.#classroom.changes.tell("search");
    else if (this.#takeAsked(ask) !== undefined) this.#classroom.note(text);
    else return false;
    return true;
  }

  /** What was asked over the connection before is not answered any more. */
  forget(): void {
    this.#asked = [];
    this.#older = [];
    this.search.lost();
    this.#classroom.changes.tell("search");
  }

  #takeAsked(ask: number): { conversation: Conversation; around?: number } | undefined {
    const at = this.#asked.findIndex((each) => each.ask === ask);
    return at < 0 ? undefined : this.#asked.splice(at, 1)[0];
  }

  // Search.

  /** @param number of the room to search alone */
  findWords(words: string, number: number | undefined): void {
    this.#sendSearch(this.search.begin(this.#classroom.nextAsk(), words, number));
  }

  findMore(): void {
    this.#sendSearch(this.search.goOn(this.#classroom.nextAsk()));
  }

  #sendSearch(wish: Control<"search">): void {
    if (this.#classroom.link === undefined) this.search.lost();
    else this.#classroom.send("search", wish);
    this.#classroom.changes.tell("search");
  }

  /** Of private messages there is no more than what is here. */
  canGoTo(found: Found): boolean {
    const conversation = this.#placeOf(found);
    return found.room !== undefined
      ? conversation?.number !== undefined
      : conversation?.messages.some(({ id }) => id === found.id) === true;
  }

  goTo(found: Found): void {
    const conversation = this.#placeOf(found);
    if (conversation === undefined) return;
    this.#classroom.open(conversation);
    const { id } = found;
    this.sought = { conversation, id };
    if (conversation.messages.some((each) => each.id === id)) conversation.past = undefined;
    else if (!conversation.shown.some((each) => each.id === id))
      // No two messages of the server share an id, so as many ids hold no more messages.
      this.#askPast(conversation, id + aroundPlace + 1, maxHistoryMessages, id);
    this.#classroom.changes.tell("messages");
  }

  #placeOf({ room, from, to }: Found): Conversation | undefined {
    const other = from === this.#classroom.name ? to : from;
    return room === undefined
      ? this.#classroom.find("person", other ?? "")
      : this.#classroom.find("room", room);
  }

  /** Back from the past to the latest. */
  showLatest(): void {
    const { current } = this.#classroom;
    if (current === undefined) return;
    current.past = undefined;
    this.#classroom.reading.read();
    this.#classroom.changes.tell("messages");
  }
}
