/**
 * The input of the display filter: proposals while typing, and a mark under what the server found wrong. An input
 * cannot underline a part of its text, so the same text lies behind it, unseen but for its underline.
 */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { applyProposal, completionAt, type Completion, type Proposal } from "./completion.ts";
import { ProposalList } from "./proposal-list.ts";

const example = "src 10.0.0.0/8 and tcp.port 443 and not dns";

export class QueryInput {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  fields: Answers["/api/fields"] = [];
  addresses: readonly string[] = [];
  private readonly list: ProposalList;
  private readonly before = element("span", {});
  private readonly wrong = element("mark", {});
  private readonly mirror = element(
    "div",
    { class: "query-mirror", "aria-hidden": "true" },
    this.before,
    this.wrong,
  );
  private readonly apply: () => void;
  private completion: Completion = { start: 0, end: 0, proposals: [] };

  /** @param apply is called when the person wants what is written to be used */
  constructor(apply: () => void) {
    this.apply = apply;
    this.input = element("input", {
      id: "filter-q",
      type: "text",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "proposals",
      "aria-describedby": "filter-problem",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      maxlength: "4096",
      placeholder: example,
    });
    this.list = new ProposalList(this.input, (proposal) => this.insert(proposal));
    this.input.addEventListener("input", () => {
      this.unmark();
      this.propose();
    });
    this.input.addEventListener("scroll", () => this.align());
    this.input.addEventListener("blur", () => this.list.close());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.element = element("div", { class: "query" }, this.mirror, this.input, this.list.element);
  }

  /** Underlines what is wrong. @param at in UTF-16 units of the text that stands there */
  mark(at: { start: number; end: number }): void {
    const text = this.input.value;
    const end = Math.max(at.end, at.start + 1);
    this.before.textContent = text.slice(0, at.start);
    // What is missing at the end is a blank behind it.
    this.wrong.textContent = text.slice(at.start, end).padEnd(1, "\u00a0");
    this.align();
  }

  unmark(): void {
    this.before.textContent = "";
    this.wrong.textContent = "";
    this.input.removeAttribute("aria-invalid");
  }

  private align(): void {
    this.mirror.scrollLeft = this.input.scrollLeft;
  }

  private propose(): void {
    const caret = this.input.selectionStart ?? this.input.value.length;
    this.completion = completionAt(this.input.value, caret, this.fields, this.addresses);
    this.list.show(this.completion.proposals);
  }

  private insert(proposal: Proposal): void {
    const { text, caret } = applyProposal(this.input.value, this.completion, proposal);
    this.input.value = text;
    this.input.setSelectionRange(caret, caret);
    this.propose();
  }

  private press(event: KeyboardEvent): void {
    const { key } = event;
    const { chosen } = this.list;
    if (key === "ArrowDown" && !this.list.isOpen) this.propose();
    else if (key === "ArrowDown" || key === "ArrowUp") this.list.move(key === "ArrowDown" ? 1 : -1);
    else if ((key === "Enter" || key === "Tab") && chosen !== undefined) this.insert(chosen);
    else if (key === "Enter") this.leaveTo(this.apply);
    else if (key === "Escape" && this.list.isOpen) this.list.close();
    else if (key === "Escape") this.input.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private leaveTo(next: () => void): void {
    this.list.close();
    next();
  }
}
