/**
 * The view state and who wants to know of it. It lies in the address: what a person chooses is a step that the
 * browser's buttons go back over; what only follows from scrolling or zooming replaces the step it is in.
 */
import type { SelectionQuery } from "../../src/analyzer/dashboard/contract.ts";
import {
  bothFilters,
  changeSelection,
  formatViewState,
  parseViewState,
  type ViewState,
} from "./view-state.ts";

/** What of the address and the history the store needs; `window` in the page. */
export interface AddressBar {
  readonly location: { readonly search: string; readonly pathname: string };
  readonly history: {
    pushState(data: null, unused: string, address: string): void;
    replaceState(data: null, unused: string, address: string): void;
  };
  addEventListener(kind: "popstate", listener: () => void): void;
}

export class ViewStore {
  private current: ViewState;
  private readonly listeners = new Set<(state: ViewState) => void>();
  private readonly bar: AddressBar;

  constructor(bar: AddressBar) {
    this.bar = bar;
    this.current = parseViewState(bar.location.search);
    bar.addEventListener("popstate", () => this.show(parseViewState(bar.location.search)));
  }

  get state(): ViewState {
    return this.current;
  }

  /** Calls `listener` after each change. @returns what ends that */
  subscribe(listener: (state: ViewState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Changes some of the state. @param step `push` for what the back button undoes, `replace` for what it does not */
  set(changes: Partial<ViewState>, step: "push" | "replace" = "push"): void {
    const next = { ...this.current, ...changes };
    const search = formatViewState(next);
    if (search === formatViewState(this.current)) return;
    const address = this.bar.location.pathname + search;
    if (step === "push") this.bar.history.pushState(null, "", address);
    else this.bar.history.replaceState(null, "", address);
    this.show(next);
  }

  /** Changes parts of the selection; `undefined` takes one away. The chosen packet and flow go with it. */
  select(
    changes: { readonly [Part in keyof SelectionQuery]: string | undefined },
    step: "push" | "replace" = "push",
  ): void {
    const selection = changeSelection(this.current.selection, changes);
    this.set({ selection, packet: undefined, flow: undefined }, step);
  }

  /** Narrows the display filter: `host 10.0.0.1`. @param more other changes that go with it, as one step */
  narrow(filter: string, more: Partial<ViewState> = {}): void {
    const q = bothFilters(this.current.selection.q, filter);
    const selection = changeSelection(this.current.selection, { q });
    this.set({ packet: undefined, flow: undefined, ...more, selection });
  }

  private show(next: ViewState): void {
    this.current = next;
    for (const listener of this.listeners) listener(next);
  }
}
