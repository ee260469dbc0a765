/** Who is here. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";

export class PeoplePanel {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #open: (panel: "chat") => void;
  #title = element("h2");
  #list = element("ul", { class: "people" });

  /** @param open shows the chat where it is not in sight */
  constructor(classroom: Classroom, open: (panel: "chat") => void) {
    this.#classroom = classroom;
    this.#open = open;
    this.root = element(
      "section",
      { class: "card people-panel", "aria-label": "People", "data-panel": "people" },
      this.#title,
      this.#list,
    );
    classroom.changes.on(["people"], () => this.#show());
    this.#show();
  }

  #show(): void {
    const { people } = this.#classroom;
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
