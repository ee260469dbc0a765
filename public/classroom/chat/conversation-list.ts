/** The rooms one is in and the people one talks with, and a way into other rooms. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import type { Conversation } from "../conversation.ts";
import { SearchDialog } from "./search-dialog.ts";

export class ConversationList {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #list = element("ul", { class: "conversations" });
  #dialog = element("dialog", { "aria-labelledby": "rooms-title" });
  #rooms = element("ul", { class: "rooms" });
  #name = element("input", { id: "room-name", maxlength: "32", autocomplete: "off" });

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    const open = element("button", { type: "button", class: "chip" }, "Rooms");
    open.addEventListener("click", () => {
      classroom.askRooms();
      this.#dialog.showModal();
    });
    this.#makeDialog();
    const search = new SearchDialog(classroom);
    this.root = element(
      "nav",
      { class: "conversation-bar", "aria-label": "Conversations" },
      this.#list,
      open,
      search.button,
      this.#dialog,
      search.root,
    );
    classroom.changes.on(["rooms"], () => this.#show());
    this.#show();
  }

  #makeDialog(): void {
    const close = element("button", { type: "button" }, "Close");
    close.addEventListener("click", () => this.#dialog.close());
    const form = element(
      "form",
      { class: "line" },
      element("label", { for: "room-name" }, "A room of another name"),
      this.#name,
      element("button", { type: "submit", class: "main" }, "Enter"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = this.#name.value.trim();
      if (name !== "") this.#enter(name);
      this.#name.value = "";
    });
    this.#dialog.append(
      element("h2", { id: "rooms-title" }, "Rooms"),
      this.#rooms,
      form,
      element("p", { class: "hint" }, "A room that is not there yet is made."),
      close,
    );
  }

  #enter(room: string): void {
    this.#dialog.close();
    const known = this.#classroom.conversation("room", room);
    if (known.number === undefined) {
      // The server says how it is written; until then there is none.
      this.#classroom.forget(known);
      this.#classroom.joinRoom(room);
    } else this.#classroom.open(known);
  }

  #show(): void {
    const { conversations, current, mainRoom, rooms } = this.#classroom;
    this.#list.replaceChildren(
      ...Array.from(conversations.values(), (each) =>
        this.#item(each, each === current, each.name === mainRoom),
      ),
    );
    this.#rooms.replaceChildren(
      ...rooms.map(({ room, members, unread = 0 }) => {
        const news = conversations.get(`room ${room.toLowerCase()}`)?.unread ?? unread;
        const button = element(
          "button",
          { type: "button" },
          `${room} (${members} here${news === 0 ? "" : `, ${news} unread`})`,
        );
        button.addEventListener("click", () => this.#enter(room));
        return element("li", {}, button);
      }),
    );
  }

  #item(conversation: Conversation, isCurrent: boolean, isMain: boolean): HTMLElement {
    const { name, kind, unread } = conversation;
    const button = element(
      "button",
      { type: "button", class: "chip", "aria-current": String(isCurrent) },
      kind === "person" ? `@${name}` : name,
      unread > 0 ? element("span", { class: "mark" }, String(unread)) : undefined,
      unread > 0 ? element("span", { class: "visually-hidden" }, " unread") : undefined,
    );
    button.addEventListener("click", () => this.#classroom.open(conversation));
    if (!isCurrent || isMain) return element("li", {}, button);
    const leave = element(
      "button",
      { type: "button", class: "chip close", "aria-label": `Leave ${name}` },
      "×",
    );
    leave.addEventListener("click", () => this.#classroom.leave(conversation));
    return element("li", {}, button, leave);
  }
}
