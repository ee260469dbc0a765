/** Conversations, what is said in the one that is open, and where one writes. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { maxTextBytes } from "../../../src/classroom/protocol/v2/limits.ts";
import { typingHoldsMs } from "../limits.ts";
import { ConversationList } from "./conversation-list.ts";
import { MessageList } from "./message-list.ts";

export class ChatPanel {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #messages: MessageList;
  #typing = element("p", { class: "typing" });
  #text = element("textarea", { id: "say", rows: "1", enterkeyhint: "send" });
  #label = element("label", { for: "say", class: "visually-hidden" });
  #button = element("button", { type: "submit", class: "main" }, "Send");

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.#messages = new MessageList(classroom);
    const form = element("form", { class: "composer" }, this.#label, this.#text, this.#button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say();
    });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#say();
    });
    this.#text.addEventListener("input", () => {
      const { current } = classroom;
      if (current !== undefined && this.#text.value !== "") classroom.tellTyping(current);
    });
    this.root = element(
      "section",
      { class: "card chat", "aria-label": "Chat", "data-panel": "chat" },
      new ConversationList(classroom).root,
      this.#messages.root,
      this.#typing,
      form,
    );
    classroom.changes.on(["rooms", "messages", "mode"], () => this.#showComposer());
    classroom.changes.on(["typing", "rooms", "messages"], () => this.#showTyping());
    setInterval(() => this.#showTyping(), 1_000);
    this.#showComposer();
  }

  #say(): void {
    const { current, mode } = this.#classroom;
    const text = this.#text.value.trimEnd();
    if (text === "" || current === undefined || !mode.chat) return;
    if (new TextEncoder().encode(text).length > maxTextBytes)
      return this.#classroom.note(`A message has at most ${maxTextBytes} bytes; send it as a file.`);
    this.#classroom.say(current, text);
    this.#text.value = "";
  }

  #showComposer(): void {
    const { current, mode } = this.#classroom;
    const to =
      current === undefined
        ? ""
        : current.kind === "room"
          ? `to ${current.name}`
          : `to ${current.name} alone`;
    this.#label.textContent = `Message ${to}`;
    this.#text.placeholder = mode.chat ? `Message ${to}` : "Chat is off now";
    this.#text.disabled = !mode.chat;
    this.#button.disabled = !mode.chat;
  }

  #showTyping(): void {
    const now = performance.now();
    const names = [...(this.#classroom.current?.typing ?? [])]
      .filter(([, sinceMs]) => now - sinceMs < typingHoldsMs)
      .map(([name]) => name);
    const words =
      names.length === 0
        ? ""
        : names.length < 3
          ? `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} writing …`
          : "Several are writing …";
    if (this.#typing.textContent !== words) this.#typing.textContent = words;
  }
}
