/** The list of proposals under the display filter, by ARIA's pattern for a combobox: the focus stays in the input. */
import { element } from "../../lib/dom.ts";
import type { Proposal } from "./completion.ts";

export class ProposalList {
  readonly element = element("ul", {
    role: "listbox",
    id: "proposals",
    "aria-label": "Proposals",
    hidden: "",
  });
  private readonly input: HTMLInputElement;
  private readonly take: (proposal: Proposal) => void;
  private proposals: readonly Proposal[] = [];
  private active = -1;

  /** @param take is called with the one that was chosen by the pointer */
  constructor(input: HTMLInputElement, take: (proposal: Proposal) => void) {
    this.input = input;
    this.take = take;
  }

  get isOpen(): boolean {
    return this.proposals.length > 0;
  }

  /** The one that the arrow keys went to. */
  get chosen(): Proposal | undefined {
    return this.proposals[this.active];
  }

  show(proposals: readonly Proposal[]): void {
    this.proposals = proposals;
    this.element.replaceChildren(...proposals.map((proposal, i) => this.option(proposal, i)));
    this.element.hidden = proposals.length === 0;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.mark(-1);
  }

  close(): void {
    this.show([]);
  }

  /** Goes on by `steps`, round the ends; none is marked between the last and the first. */
  move(steps: number): void {
    const places = this.proposals.length + 1;
    this.mark(((this.active + 1 + steps + places) % places) - 1);
  }

  private mark(active: number): void {
    this.active = active;
    [...this.element.children].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === active));
      if (i === active) option.scrollIntoView({ block: "nearest" });
    });
    if (active < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `proposal-${active}`);
  }

  private option(proposal: Proposal, place: number): HTMLElement {
    const option = element(
      "li",
      { role: "option", id: `proposal-${place}` },
      element("span", { class: "proposal" }, proposal.text),
      element("span", { class: "hint" }, proposal.help),
    );
    // Before the input loses the focus.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(proposal);
    });
    return option;
  }
}
