/** The class: exam mode, hands that are up, and for each person mute, kick and ban. */
import { element } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import type { Person } from "./teach-model.ts";

const banMinutes = 60;

export class ClassControls {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #exam = element("button", { type: "button", "aria-pressed": "false" }, "Exam: chat and files off");
  #hands = element("ol", { class: "hands" });
  #noHands = element("p", { class: "hint" }, "No hand is up.");
  #people = element("ul", { class: "people" });
  #bans = element("ul", { class: "people" });

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    this.#exam.addEventListener("click", () =>
      classroom.moderate({ do: "exam", on: this.#exam.getAttribute("aria-pressed") !== "true" }),
    );
    this.root = element(
      "div",
      { class: "class-controls" },
      element("h2", {}, "Hands"),
      this.#noHands,
      this.#hands,
      element("h2", {}, "Class"),
      this.#exam,
      this.#people,
      this.#bans,
    );
    classroom.changes.on(["teach", "mode"], () => this.#show());
    this.#show();
  }

  #show(): void {
    const { teach, mode, name } = this.#classroom;
    this.#exam.setAttribute("aria-pressed", String(!mode.chat && !mode.files));
    this.#noHands.hidden = teach.hands.hands.length > 0;
    this.#hands.replaceChildren(...teach.hands.hands.map((each) => this.#hand(each.name)));
    const others = teach.people.filter((each) => each.name !== name);
    this.#people.replaceChildren(...others.map((each) => this.#person(each)));
    this.#bans.replaceChildren(
      ...teach.bans.map(({ name: banned, text }) =>
        element(
          "li",
          {},
          element("span", { class: "name" }, `${banned} is banned${text === undefined ? "" : `: ${text}`}`),
          this.#button(`Unban ${banned}`, "Unban", () =>
            this.#classroom.moderate({ do: "unban", name: banned }),
          ),
        ),
      ),
    );
  }

  #hand(name: string): HTMLElement {
    return element(
      "li",
      {},
      element("span", { class: "name" }, name),
      this.#button(`Lower the hand of ${name}`, "Lower", () =>
        this.#classroom.send("hand", { up: false, name }),
      ),
    );
  }

  #person({ name, role, muted, via, secure, group }: Person): HTMLElement {
    const about = [
      role === "teacher" ? "teacher" : "",
      group ?? "",
      via === "v1" ? "old client" : "",
      secure ? "" : "not encrypted",
      muted ? "muted" : "",
    ].filter((each) => each !== "");
    const word = muted ? "unmute" : "mute";
    const actions =
      role === "teacher"
        ? []
        : [
            this.#button(`${muted ? "Unmute" : "Mute"} ${name}`, muted ? "Unmute" : "Mute", () =>
              this.#classroom.moderate({ do: word, name }),
            ),
            this.#button(`Kick ${name}`, "Kick", () => this.#classroom.moderate({ do: "kick", name })),
            this.#button(`Ban 1 h: ${name}`, "Ban 1 h", () =>
              this.#classroom.moderate({ do: "ban", name, minutes: banMinutes }),
            ),
          ];
    return element(
      "li",
      {},
      element(
        "span",
        { class: "name" },
        name,
        about.length === 0 ? undefined : element("span", { class: "hint" }, ` ${about.join(", ")}`),
      ),
      ...actions,
    );
  }

  #button(label: string, words: string, press: () => void): HTMLElement {
    const button = element("button", { type: "button", "aria-label": label }, words);
    button.addEventListener("click", press);
    return button;
  }
}
