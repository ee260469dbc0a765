/** Who is here. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";

export class PeoplePanel {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #open: (panel: "chat") => void;
  #title = element("h2");
  #list = element("ul", { class: "people" });
  #hand = element("button", { type: "button", "aria-pressed": "false", class: "hand" }, "Raise your hand");
  #code = element("input", { id: "teacher-code", autocomplete: "off", maxlength: "64" });
  #becomeTeacher: HTMLElement;

  /** @param open shows the chat where it is not in sight */
  constructor(classroom: Classroom, open: (panel: "chat") => void) {
    this.#classroom = classroom;
    this.#open = open;
    this.#hand.addEventListener("click", () => classroom.send("hand", { up: !classroom.teach.isHandUp }));
    this.#becomeTeacher = this.#makeCodeForm();
    this.root = element(
      "section",
      { class: "card people-panel", "aria-label": "People", "data-panel": "people" },
      this.#title,
      this.#hand,
      this.#list,
      this.#becomeTeacher,
    );
    classroom.changes.on(["people"], () => this.#show());
    this.#show();
  }

  /** The server's console shows a code that makes a teacher, once. */
  #makeCodeForm(): HTMLElement {
    const form = element(
      "form",
      { class: "join" },
      element("label", { for: "teacher-code" }, "The code from the server's console"),
      element("div", { class: "line" }, this.#code, element("button", { type: "submit" }, "Redeem")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const code = this.#code.value.trim();
      if (code !== "") this.#classroom.send("redeem", { ask: this.#classroom.nextAsk(), code });
      this.#code.value = "";
    });
    return element("details", {}, element("summary", {}, "I am a teacher"), form);
  }

  #show(): void {
    const { people, isTeacher, teach } = this.#classroom;
    this.#hand.hidden = isTeacher;
    this.#becomeTeacher.hidden = isTeacher;
    this.#hand.setAttribute("aria-pressed", String(teach.isHandUp));
    this.#hand.textContent = teach.isHandUp ? "Your hand is up" : "Raise your hand";
    this.#title.textContent = `Here: ${people.length}`;
    this.#list.replaceChildren(...people.map((name) => this.#item(name)));
  }

  #item(name: string): HTMLElement {
    if (name === this.#classroom.name)
      return element(
        "li",
        {},
        element("span", { class: "name" }, name),
        element("span", { class: "hint" }, "you"),
      );
    const write = element("button", { type: "button", "aria-label": `Write to ${name} alone` }, "Write");
    write.addEventListener("click", () => {
      this.#classroom.open(this.#classroom.conversation("person", name));
      this.#open("chat");
    });
    return element("li", {}, element("span", { class: "name" }, name), write);
  }
}
