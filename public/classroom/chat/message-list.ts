/** What was said, as a log that a screen reader reads on as it grows. Text is only ever text. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import type { Conversation, Said } from "../conversation.ts";

const stateWords = { waiting: "on its way", refused: "not sent" } as const;

/** Pixels from the end within which one is at the end. */
const nearEnd = 60;

export class MessageList {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #scrolled = element("div", { class: "scrolled", tabindex: "0", role: "group" });
  #log = element("ol");
  /** What is shown: a conversation's latest, or some of its past. */
  #shown: Conversation | Conversation["past"];
  #items = new Map<Said, HTMLElement>();
  #older = element("button", { type: "button" }, "Show older messages");
  #latest = element("button", { type: "button", class: "latest" }, "To the latest");
  #line = element("li", { class: "new-line" }, "New since you left");
  /** Whether it goes along with what comes. */
  #isAtEnd = true;
  /** Whether the line is brought into sight: until one scrolls. */
  #isAtLine = false;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.root = element("div", { class: "messages" }, this.#scrolled, this.#latest);
    this.#older.addEventListener("click", () => {
      if (classroom.current !== undefined) classroom.past.askOlder(classroom.current);
    });
    this.#latest.addEventListener("click", () => this.#goToLatest());
    this.#scrolled.addEventListener("scroll", () => this.#scroll());
    for (const event of ["wheel", "touchmove", "pointerdown", "keydown"])
      this.#scrolled.addEventListener(event, () => (this.#isAtLine = false), { passive: true });
    // A keyboard that comes up on a phone takes room from the end.
    new ResizeObserver(() => this.#place()).observe(this.#scrolled);
    classroom.changes.on(["messages"], () => this.#show());
    this.#show();
  }

  #show(): void {
    const { current } = this.#classroom;
    if (current === undefined) return;
    const { shown, past } = current;
    const heightBefore = this.#scrolled.scrollHeight;
    const isNew = (past ?? current) !== this.#shown;
    const hasOlder = !isNew && this.#items.size > 0 && !this.#items.has(shown[0]!);
    if (isNew || hasOlder) this.#begin(current);
    if (isNew) {
      this.#isAtEnd = past === undefined;
      this.#isAtLine = false;
    }
    const kept = new Set(shown);
    for (const [message, item] of this.#items) {
      if (kept.has(message)) continue;
      item.remove();
      this.#items.delete(message);
    }
    const firstNew = current.firstNew(this.#classroom.name);
    if (firstNew === undefined) this.#line.remove();
    else if (!this.#line.isConnected) this.#isAtLine = past === undefined;
    let next = this.#log.firstElementChild;
    const put = (item: HTMLElement): void => {
      if (item === next) next = item.nextElementSibling;
      else this.#log.insertBefore(item, next);
    };
    for (const message of shown) {
      if (message === firstNew) put(this.#line);
      put(this.#itemOf(message));
    }
    this.#older.hidden = !current.showsOlder;
    if (hasOlder) this.#scrolled.scrollTop += this.#scrolled.scrollHeight - heightBefore;
    this.#place();
  }

  /** A log of its own, so that nothing old is read out as if it came now. */
  #begin(conversation: Conversation): void {
    this.#shown = conversation.past ?? conversation;
    this.#items.clear();
    this.#log = element("ol");
    const isPast = conversation.past !== undefined;
    const log = element(
      "div",
      {
        role: "log",
        "aria-live": isPast ? "off" : "polite",
        "aria-label": `${isPast ? "Older messages" : "Messages"} in ${conversation.name}`,
      },
      this.#log,
    );
    this.#scrolled.replaceChildren(this.#older, log);
    this.#scrolled.setAttribute("aria-label", `Conversation: ${conversation.name}`);
  }

  /** Brings into sight what is to be seen: what was looked for, what is new, or the end. */
  #place(): void {
    const { past, current } = this.#classroom;
    const { sought } = past;
    const scrolled = this.#scrolled;
    if (scrolled.clientHeight === 0) return;
    const found = sought?.conversation === current && this.#find(sought?.id);
    if (found) {
      past.sought = undefined;
      this.#isAtLine = false;
      this.#isAtEnd = false;
      found.scrollIntoView({ block: "center" });
      found.classList.add("sought");
      found.addEventListener("blur", () => found.classList.remove("sought"), { once: true });
      found.tabIndex = -1;
      found.focus({ preventScroll: true });
    } else if (this.#isAtLine && this.#line.isConnected)
      scrolled.scrollTop += this.#line.getBoundingClientRect().top - scrolled.getBoundingClientRect().top - 4;
    else if (this.#isAtEnd) scrolled.scrollTop = scrolled.scrollHeight;
    this.#showWay();
  }

  #find(id: number | undefined): HTMLElement | undefined {
    for (const [message, item] of this.#items) if (message.id === id) return item;
    return undefined;
  }

  #scroll(): void {
    if (this.#scrolled.clientHeight === 0) return;
    this.#isAtEnd = this.#classroom.current?.past === undefined && this.#isNearEnd;
    this.#showWay();
  }

  get #isNearEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scrolled;
    return scrollHeight - scrollTop - clientHeight < nearEnd;
  }

  #showWay(): void {
    this.#latest.hidden = this.#classroom.current?.past === undefined && this.#isNearEnd;
  }

  #goToLatest(): void {
    this.#isAtLine = false;
    this.#isAtEnd = true;
    this.#classroom.past.showLatest();
    this.#place();
    this.#scrolled.focus({ preventScroll: true });
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
  const clock = element("time", { datetime: time.toISOString() }, clockOf(time));
  if (sender === "") return element("li", { class: "notice" }, element("p", {}, text), clock);
  return element(
    "li",
    { class: isOwn ? "own" : sender === "Server" ? "from-server" : "other" },
    element("p", { class: "head" }, element("b", {}, sender), " ", clock),
    element("p", { class: "text" }, text),
    isOwn ? element("p", { class: "state" }) : undefined,
  );
}

/** Of another day with the day. */
function clockOf(time: Date): string {
  const isToday = time.toDateString() === new Date().toDateString();
  return isToday
    ? time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    : time.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}
