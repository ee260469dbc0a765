/** The tabs: a list of buttons by ARIA's pattern, and under it the panel of the chosen one, made when first shown. */
import { element } from "../lib/dom.ts";
import type { PanelContext } from "./panel.ts";
import { PanelRunner } from "./panel-runner.ts";
import { tabEntries, type TabEntry } from "./panels.ts";
import type { Tab, ViewState } from "./view-state.ts";

export class TabList {
  readonly element: HTMLElement;
  private readonly context: PanelContext;
  private readonly buttons: ReadonlyMap<Tab, HTMLButtonElement>;
  private readonly place = element("div", { role: "tabpanel", id: "tab-panel", tabindex: "0" });
  private readonly runners = new Map<Tab, PanelRunner>();
  private shown: PanelRunner | undefined;

  constructor(context: PanelContext) {
    this.context = context;
    this.buttons = new Map(tabEntries.map((entry) => [entry.tab, this.button(entry)]));
    const list = element(
      "div",
      { role: "tablist", class: "tabs", "aria-label": "What of the selection to look at" },
      ...this.buttons.values(),
    );
    list.addEventListener("keydown", (event) => this.move(event));
    this.element = element("div", { class: "tabbed" }, list, this.place);
  }

  /** Shows the chosen tab's panel for `state`; the others are as they were. */
  show(state: ViewState): void {
    for (const [tab, button] of this.buttons) {
      const chosen = tab === state.tab;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    this.place.setAttribute("aria-labelledby", `tab-${state.tab}`);
    const runner = this.runnerOf(state.tab);
    if (runner !== this.shown) {
      this.shown = runner;
      this.place.replaceChildren(runner.element);
      this.showButton(state.tab);
    }
    runner.show(state);
  }

  /** Where the tabs are wider than the screen, the chosen one comes into sight; the page itself stays. */
  private showButton(tab: Tab): void {
    const button = this.buttons.get(tab)!;
    const list = button.parentElement!;
    const hidden = button.offsetLeft + button.offsetWidth - list.offsetLeft - list.clientWidth;
    list.scrollLeft = Math.min(Math.max(list.scrollLeft, hidden), button.offsetLeft - list.offsetLeft);
  }

  /** The capture grew. */
  refresh(): void {
    this.shown?.refresh();
  }

  private runnerOf(tab: Tab): PanelRunner {
    const found = this.runners.get(tab);
    if (found !== undefined) return found;
    const entry = tabEntries.find((entry) => entry.tab === tab)!;
    const runner = new PanelRunner(entry.make(this.context));
    this.runners.set(tab, runner);
    return runner;
  }

  private button({ tab, title }: TabEntry): HTMLButtonElement {
    const button = element(
      "button",
      { type: "button", role: "tab", id: `tab-${tab}`, "aria-controls": "tab-panel" },
      title,
    );
    button.addEventListener("click", () => this.context.view.set({ tab }));
    return button;
  }

  /** The arrow keys, Home and End go from tab to tab. */
  private move(event: KeyboardEvent): void {
    const all = tabEntries.map(({ tab }) => tab);
    const at = all.indexOf(this.context.view.state.tab);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
    const tab = to === undefined ? undefined : all.at(to % all.length);
    if (tab === undefined) return;
    event.preventDefault();
    this.context.view.set({ tab }, "replace");
    this.buttons.get(tab)?.focus();
  }
}
