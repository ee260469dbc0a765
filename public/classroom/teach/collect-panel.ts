/** Collect a file from every student: ask, see who has handed in and who is missing, end it. */
import { element, showChildren } from "../../lib/dom.ts";
import type { Classroom } from "../classroom.ts";
import { fileButton } from "../files/file-rows.ts";
import { receiptText } from "../files/receipt-text.ts";
import { missingOf, type Collecting, type Handin } from "./handins.ts";

/** One collection: made once, and from then on written into what is there. */
class ShownCollecting {
  readonly root: HTMLElement;
  readonly #classroom: Classroom;
  readonly #words = element("p", { class: "hint" });
  readonly #missing = element("p", { class: "missing" });
  readonly #list: HTMLElement;
  readonly #details: HTMLElement;
  readonly #end: HTMLElement;
  readonly #hide: HTMLElement;
  readonly #rows = new Map<string, { handin: Handin; row: HTMLElement }>();

  constructor(classroom: Classroom, collecting: Collecting) {
    this.#classroom = classroom;
    const { name } = collecting;
    this.#list = element("ul", { class: "receivers", tabindex: "0", "aria-label": `Handed in for ${name}` });
    this.#details = element("details", {}, element("summary", {}, "Who has handed in"), this.#list);
    this.#end = fileButton("End", name, () =>
      classroom.send("collect", { ask: classroom.nextAsk(), do: "end", name }),
    );
    this.#hide = fileButton("Hide", name, () => {
      classroom.handins.hide(collecting);
      classroom.changes.tell("teach");
    });
    this.root = element(
      "li",
      {},
      element("p", { class: "file-name" }, name),
      this.#words,
      this.#missing,
      this.#details,
      element("p", { class: "actions" }, this.#end, this.#hide),
    );
  }

  show(collecting: Collecting): void {
    const { isOpen, receipts, more } = collecting;
    const { teach, people } = this.#classroom;
    const teachers = new Set(teach.people.filter(({ role }) => role === "teacher").map(({ name }) => name));
    const missing = missingOf(collecting, teachers);
    const here = new Set(people);
    const asked = receipts.size + missing.length + more;
    this.root.dataset["state"] = isOpen ? "due" : "sent";
    this.#words.textContent = `${receipts.size} of ${asked} handed in${isOpen ? "" : "; it is not collected any more"}`;
    const names = missing.map((name) => (here.has(name) ? name : `${name} (not here)`));
    if (more > 0) names.push(`and ${more} more may be`);
    this.#missing.textContent = names.length === 0 ? "" : `Missing: ${names.join(", ")}`;
    this.#missing.hidden = names.length === 0;
    this.#details.hidden = receipts.size === 0;
    this.#end.hidden = !isOpen;
    this.#hide.hidden = isOpen;
    for (const handin of receipts.values()) this.#showHandin(handin);
  }

  #showHandin(handin: Handin): void {
    const { student, sha256 } = handin;
    const shown = this.#rows.get(student);
    if (shown?.handin === handin) return;
    const row = element(
      "li",
      {},
      element("span", { class: "name" }, student),
      element("span", { class: "hint" }, receiptText(handin, Date.now())),
      element("span", { class: "hash" }, `SHA-256 ${sha256}`),
    );
    if (shown === undefined) this.#list.append(row);
    else shown.row.replaceWith(row);
    this.#rows.set(student, { handin, row });
  }
}

export class CollectPanel {
  readonly root: HTMLElement;
  readonly #classroom: Classroom;
  readonly #name = element("input", {
    id: "collect-name",
    maxlength: "32",
    required: "",
    autocomplete: "off",
  });
  readonly #list = element("ul", { class: "files", "aria-label": "What is collected" });
  readonly #shown = new Map<Collecting, ShownCollecting>();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    const form = element(
      "form",
      {},
      element("label", { for: "collect-name" }, "Ask every student for a file, under the name"),
      element(
        "div",
        { class: "line" },
        this.#name,
        element("button", { type: "submit", class: "main" }, "Ask for it"),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#begin();
    });
    this.root = element(
      "details",
      { class: "collect" },
      element("summary", {}, "Collect hand-ins"),
      form,
      this.#list,
    );
    classroom.changes.on(["teach", "people"], () => this.#show());
    this.#show();
  }

  #begin(): void {
    const name = this.#name.value.trim();
    if (name === "") return;
    this.#classroom.send("collect", { ask: this.#classroom.nextAsk(), do: "begin", name });
    this.#name.value = "";
  }

  #show(): void {
    const { list } = this.#classroom.handins;
    for (const each of this.#shown.keys()) if (!list.includes(each)) this.#shown.delete(each);
    for (const each of list)
      if (!this.#shown.has(each)) this.#shown.set(each, new ShownCollecting(this.#classroom, each));
    showChildren(
      this.#list,
      list.map((each) => this.#shown.get(each)!.root),
    );
    for (const each of list) this.#shown.get(each)?.show(each);
    this.#list.hidden = list.length === 0;
    if (
      list.some(({ isOpen }) => isOpen) &&
      this.#shown.size > 0 &&
      this.root.dataset["opened"] === undefined
    ) {
      // What runs is in sight; who closes it has it closed from then on.
      this.root.dataset["opened"] = "";
      this.root.setAttribute("open", "");
    }
  }
}
