/**
 * Keeps one panel up to date while it is shown: a newer state ends what an older one asked for; what is shown
 * stays until its successor is there; what went wrong is told in the panel's own place.
 */
import { Refusal, sentenceOf } from "./refusal.ts";
import { element } from "../lib/dom.ts";
import type { Panel } from "./panel.ts";
import { selectionKey, type ViewState } from "./view-state.ts";

export class PanelRunner {
  /** The panel, and above it what stands in its way. */
  readonly element: HTMLElement;
  private readonly panel: Panel;
  private readonly note = element("div", { class: "panel-note" });
  private running: AbortController | undefined;
  private shownKey: string | undefined;
  private wanted: ViewState | undefined;

  constructor(panel: Panel) {
    this.panel = panel;
    this.element = element("div", { class: "panel", "aria-busy": "true" }, this.note, panel.element);
    this.element.dataset["state"] = "empty";
  }

  /** Shows `state`, unless it is what is shown already. */
  show(state: ViewState): void {
    this.wanted = state;
    const key = this.keyOf(state);
    if (key === this.shownKey) return;
    this.shownKey = key;
    this.running?.abort();
    void this.run(state, false);
  }

  /** Shows again what is shown, because the capture grew; not while the last answer is still awaited. */
  refresh(): void {
    if (this.wanted !== undefined && this.running === undefined) void this.run(this.wanted, true);
  }

  private async run(state: ViewState, grew: boolean): Promise<void> {
    const running = new AbortController();
    this.running = running;
    this.element.setAttribute("aria-busy", "true");
    try {
      await this.panel.update(state, running.signal, grew);
      if (running.signal.aborted) return;
      this.element.dataset["state"] = "shown";
      this.note.replaceChildren();
    } catch (error) {
      if (running.signal.aborted) return;
      this.tell(error);
    }
    this.running = undefined;
    this.element.setAttribute("aria-busy", "false");
  }

  private tell(error: unknown): void {
    const hadContent = this.element.dataset["state"] !== "empty";
    this.element.dataset["state"] = hadContent ? "stale" : "empty";
    // What is wrong with the filter, the filter bar says once for all.
    const isOfFilter = error instanceof Refusal && error.status === 400;
    this.element.toggleAttribute("data-of-filter", isOfFilter);
    const sentence = isOfFilter ? "The filter above cannot be used as it is." : sentenceOf(error);
    const again = element("button", { type: "button" }, "Try again");
    again.addEventListener("click", () => this.refresh());
    const told = element("p", { class: "panel-problem" }, sentence);
    if (!isOfFilter) told.setAttribute("role", "alert");
    this.note.replaceChildren(told, ...(isOfFilter ? [] : [again]));
  }

  private keyOf(state: ViewState): string {
    return this.panel.dependsOn?.(state) ?? selectionKey(state.selection);
  }
}
