/** The one filter of everything on the page: fields, the display filter, and a chip for each part that holds. */
import type { SelectionQuery } from "../../../src/analyzer/dashboard/contract.ts";
import { Refusal } from "../refusal.ts";
import { element } from "../../lib/dom.ts";
import type { PanelContext } from "../panel.ts";
import { isFiltered, type ViewState } from "../view-state.ts";
import { chipsOf, type Chip } from "./chips.ts";
import { OwnTrafficButton } from "./own-traffic-button.ts";
import { QueryInput } from "./query-input.ts";
import { SeenNames } from "./seen-names.ts";

type Part = "src" | "dst" | "protocol" | "port";

export class FilterBar {
  readonly element: HTMLElement;
  private readonly context: PanelContext;
  private readonly query = new QueryInput(() => this.apply());
  private readonly protocol = element(
    "select",
    { id: "filter-protocol" },
    element("option", { value: "" }, "any"),
  );
  private readonly inputs: Readonly<Record<Part, HTMLInputElement | HTMLSelectElement>>;
  private readonly chips = element("ul", { class: "chips", "aria-label": "What is filtered" });
  private readonly problem = element("p", { class: "problem", id: "filter-problem", "aria-live": "polite" });
  private readonly own: OwnTrafficButton;
  private readonly names: SeenNames;
  private asking: AbortController | undefined;

  constructor(context: PanelContext) {
    this.context = context;
    this.names = new SeenNames(context.data);
    this.inputs = {
      src: textField("src", "address or CIDR"),
      dst: textField("dst", "address or CIDR"),
      protocol: this.protocol,
      port: textField("port", "443"),
    };
    this.inputs.port.setAttribute("inputmode", "numeric");
    const form = element(
      "form",
      { class: "filter", role: "search", "aria-label": "Filter of everything on this page" },
      labelled("Source", this.inputs.src),
      labelled("Destination", this.inputs.dst),
      labelled("Protocol", this.protocol),
      labelled("Port", this.inputs.port),
      labelled("Display filter", this.query.input, this.query.element),
      element("button", { type: "submit", class: "apply" }, "Apply"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.apply();
    });
    this.protocol.addEventListener("change", () => this.apply());
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
    });
    this.own = new OwnTrafficButton(context);
    const below = element("div", { class: "filter-below" }, this.chips, this.own.element);
    this.element = element(
      "section",
      { class: "filter-bar", "aria-label": "Filter" },
      form,
      this.problem,
      below,
    );
    if (context.data.isFile) this.disable(form);
    else this.listen();
  }

  /** Shows what is filtered, and asks the server whether it can be. */
  show(state: ViewState): void {
    const { selection } = state;
    for (const [part, input] of Object.entries(this.inputs)) input.value = selection[part as Part] ?? "";
    this.query.input.value = selection.q ?? "";
    this.clearProblem();
    this.showNames(selection);
    this.showChips(selection);
    void this.ask(selection);
  }

  /** The capture grew: there may be new names. */
  refresh(): void {
    if (this.asking === undefined) void this.ask(this.context.view.state.selection);
  }

  private async ask(selection: Readonly<SelectionQuery>): Promise<void> {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    try {
      const report = await this.context.data.get("/api/report", selection, asking.signal);
      if (asking.signal.aborted) return;
      await this.names.learn(report, selection, asking.signal);
      this.showNames(selection);
      await this.own.show(report, selection, asking.signal);
    } catch (error) {
      if (!asking.signal.aborted && error instanceof Refusal && error.status === 400) this.tell(error);
    }
    if (this.asking === asking) this.asking = undefined;
  }

  private apply(): void {
    const changes: Record<string, string> = { q: this.query.input.value };
    for (const [part, input] of Object.entries(this.inputs)) changes[part] = input.value;
    this.context.view.select(changes);
  }

  private tell({ message, at }: Refusal): void {
    this.problem.textContent = message;
    if (at !== undefined) {
      this.query.input.setAttribute("aria-invalid", "true");
      this.query.mark(at);
      return;
    }
    // The sentence quotes what is wrong, which tells whose it is.
    for (const input of Object.values(this.inputs))
      if (input.value !== "" && message.includes(`'${input.value}'`))
        input.setAttribute("aria-invalid", "true");
  }

  private clearProblem(): void {
    this.problem.textContent = "";
    this.query.unmark();
    for (const input of Object.values(this.inputs)) input.removeAttribute("aria-invalid");
  }

  private showNames({ protocol }: Readonly<SelectionQuery>): void {
    this.query.addresses = this.names.addresses;
    const groups = this.names.groups(protocol);
    const shown = [...this.protocol.querySelectorAll("option")].map(({ value }) => value).join();
    if (shown !== ["", ...groups.flatMap(({ names }) => names)].join())
      this.protocol.replaceChildren(
        element("option", { value: "" }, "any"),
        ...groups.map(({ label, names }) =>
          element("optgroup", { label }, ...names.map((name) => element("option", { value: name }, name))),
        ),
      );
    this.protocol.value = protocol ?? "";
  }

  private showChips(selection: Readonly<SelectionQuery>): void {
    const chips = chipsOf(selection).map((chip) => element("li", {}, this.chipView(chip)));
    if (chips.length > 1) chips.push(element("li", {}, this.clearView()));
    this.chips.replaceChildren(...chips);
    // What a link asks of a report file does not hold, but for the span of its charts.
    this.chips.hidden = !isFiltered(selection) || this.context.data.isFile;
  }

  private chipView({ label, value, parts }: Chip): HTMLElement {
    const remove = element("button", { type: "button", "aria-label": `Remove ${label} ${value}` }, "×");
    remove.addEventListener("click", () =>
      this.context.view.select(Object.fromEntries(parts.map((part) => [part, undefined]))),
    );
    return element(
      "span",
      { class: "chip part", title: value },
      element("span", { class: "chip-label" }, label),
      element("span", { class: "chip-value" }, value),
      remove,
    );
  }

  private clearView(): HTMLElement {
    const clear = element("button", { type: "button", class: "chip-button" }, "Clear all");
    clear.addEventListener("click", () => {
      const { capture } = this.context.view.state.selection;
      this.context.view.set({ selection: capture === undefined ? {} : { capture } });
    });
    return clear;
  }

  private disable(form: HTMLFormElement): void {
    for (const control of form.elements) control.setAttribute("disabled", "");
    const sentence =
      "This is a report file: it cannot be filtered, and holds no more than the first 1,000 flows, hosts, conversations and flagged packets. Open the capture with pcs analyze to filter it.";
    this.problem.classList.replace("problem", "hint");
    this.problem.before(element("p", { class: "hint" }, sentence));
  }

  private listen(): void {
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, select, textarea");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.query.input.focus();
      this.query.input.select();
    });
    void this.context.data.get("/api/fields", {}).then(
      (fields) => (this.query.fields = fields),
      // Without proposals a filter can still be written.
      () => undefined,
    );
  }
}

function textField(part: Part, placeholder: string): HTMLInputElement {
  return element("input", {
    type: "text",
    id: `filter-${part}`,
    placeholder,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": "filter-problem",
  });
}

function labelled(text: string, input: HTMLElement, view: HTMLElement = input): HTMLElement {
  const label = element("label", { for: input.id }, text);
  return element("div", { class: `field ${input.id}` }, label, view);
}
