/** What was said, as a log that a screen reader reads on as it grows. Text is only ever text. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import type { Conversation, Said } from "../conversation.ts";

const stateWords = { waiting: "on its way", refused: "not sent" } as const;

export class MessageList {
  readonly root = element("div", { class: "messages" });
  #classroom: Classroom;
  #log = element("ol");
  #shown: Conversation | undefined;
  #items = new Map<Said, HTMLElement>();
  #older = element("button", { type: "button" }, "Show older messages");

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.#older.addEventListener("click", () => {
      if (classroom.current !== undefined) classroom.askOlder(classroom.current);
    });
    classroom.changes.on(["messages"], () => this.#show());
    this.#show();
  }

  #show(): void {
    const { current } = this.#classroom;
    if (current === undefined) return;
    const wasAtEnd = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 60;
    const heightBefore = this.root.scrollHeight;
    const isNew = current !== this.#shown;
    const hasOlder = !isNew && this.#items.size > 0 && !this.#items.has(current.messages[0]!);
    if (isNew || hasOlder) this.#begin(current);
    const kept = new Set(current.messages);
    for (const [message, item] of this.#items) {
      if (kept.has(message)) continue;
      item.remove();
      this.#items.delete(message);
    }
    let next = this.#log.firstElementChild;
    for (const message of current.messages) {
      const item = this.#itemOf(message);
      if (item === next) next = item.nextElementSibling;
      else this.#log.insertBefore(item, next);
    }
    this.#older.hidden = !current.mayHaveOlder;
    if (hasOlder) this.root.scrollTop += this.root.scrollHeight - heightBefore;
    else if (wasAtEnd || isNew) this.root.scrollTop = this.root.scrollHeight;
  }

  /** A log of its own, so that nothing old is read out as if it came now. */
  #begin(conversation: Conversation): void {
    this.#shown = conversation;
    this.#items.clear();
    this.#log = element("ol");
    const log = element(
      "div",
      { role: "log", "aria-live": "polite", "aria-label": `Messages in ${conversation.name}` },
      this.#log,
    );
    this.root.replaceChildren(this.#older, log);
    this.root.tabIndex = 0;
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", `Conversation: ${conversation.name}`);
  }

  #itemOf(message: Said): HTMLElement {
    let item = this.#items.get(message);
    if (item === undefined) {
      item = itemOf(message, message.sender === this.#classroom.name);
      this.#items.set(message, item);
    }
    const state = item.querySelector(".state");
    const words = message.state === undefined ? "" : stateWords[message.state];
    if (state !== null && state.textContent !== words) state.textContent = words;
    if (item.dataset["state"] !== message.state) item.dataset["state"] = message.state ?? "kept";
    return item;
  }
}

function itemOf({ sender, text, timeMs }: Said, isOwn: boolean): HTMLElement {
  const time = new Date(timeMs);
  const clock = element(
    "time",
    { datetime: time.toISOString() },
    time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }),
  );
  if (sender === "") return element("li", { class: "notice" }, element("p", {}, text), clock);
  return element(
    "li",
    { class: isOwn ? "own" : sender === "Server" ? "from-server" : "other" },
    element("p", { class: "head" }, element("b", {}, sender), " ", clock),
    element("p", { class: "text" }, text),
    isOwn ? element("p", { class: "state" }) : undefined,
  );
}
