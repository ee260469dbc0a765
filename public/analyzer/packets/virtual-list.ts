/**
 * A list of millions of rows, of which only those in sight are elements. Rows are of one height; each element
 * is used again for another row when its own has gone out of sight. It is a grid to assistive technology, with
 * the true number of rows, and one stop of the Tab key, in which the arrow keys move.
 */
import { element } from "../../lib/dom.ts";
import { rowAfterKey } from "./list-keys.ts";
import {
  isNearEnd,
  placeAfterScroll,
  placeAt,
  rowsOfPage,
  rowsToDraw,
  scrollHeightOf,
  topShowing,
  type RowSpace,
  type ScrollPlace,
} from "./row-window.ts";

/** How long the list rests before its scroll bar is put where it belongs. */
const restMs = 160;

/** Rows that are placed from the same one, so that no place is beyond what browsers can tell apart. */
const rowsOfBase = 10_000;

export interface ListActions {
  /** A new, empty row. */
  makeRow: () => HTMLElement;
  /** Shows row `index` in `row`. */
  fillRow: (row: HTMLElement, index: number) => void;
  /** These rows are in sight, or nearly: from `first` up to `end`. */
  onSight: (first: number, end: number) => void;
  /** A row was gone to, by a key or a click. */
  onChoose: (index: number) => void;
  /** The chosen row was opened by Enter. */
  onOpen: (index: number) => void;
}

export class VirtualList {
  /** What scrolls, and has the focus. */
  readonly view: HTMLElement;
  private readonly header: HTMLElement;
  private readonly actions: ListActions;
  private readonly spacer = element("div", { class: "spacer", role: "presentation" });
  private readonly layer = element("div", { class: "rows", role: "rowgroup" });
  /** Row `i` is drawn in element `i` modulo their number. */
  private elements: HTMLElement[] = [];
  private drawn: number[] = [];
  /** The row that elements are placed from: they stay where they are while their rows stay in sight. */
  private base = 0;
  private space: RowSpace = { rows: 0, rowHeight: 1, height: 0 };
  private place: ScrollPlace = { top: 0, scrollTop: 0 };
  private rest: ReturnType<typeof setTimeout> | undefined;
  private chosen = -1;

  constructor(label: string, header: HTMLElement, actions: ListActions) {
    this.header = header;
    this.actions = actions;
    this.view = element(
      "div",
      { class: "virtual-list", role: "grid", tabindex: "0", "aria-label": label, "aria-readonly": "true" },
      element("div", { class: "list-head", role: "rowgroup" }, header),
      this.spacer,
    );
    this.spacer.append(this.layer);
    this.view.setAttribute("aria-colcount", String(header.childElementCount));
    this.view.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.view.addEventListener("keydown", (event) => this.onKey(event));
    this.layer.addEventListener("click", (event) => this.onClick(event));
    new ResizeObserver(() => this.measure()).observe(this.view);
  }

  /** The row that is chosen, -1 for none. */
  get chosenRow(): number {
    return this.chosen;
  }

  /** There are `rows` rows now; whoever looked at a row goes on looking at it. */
  setRows(rows: number): void {
    if (rows === this.space.rows) return;
    this.space = { ...this.space, rows };
    if (this.chosen >= rows) this.chosen = -1;
    this.view.setAttribute("aria-rowcount", String(rows + 1));
    this.spacer.style.height = `${scrollHeightOf(this.space)}px`;
    this.goTo(this.place.top);
  }

  /** Draws all rows again, as what they show has changed. */
  redraw(): void {
    this.drawn.fill(-1);
    this.draw();
  }

  /** Chooses a row, -1 for none, and brings it into sight if it shall be. */
  choose(row: number, isShown = true): void {
    this.chosen = row < this.space.rows ? row : -1;
    if (isShown && this.chosen >= 0) this.goTo(topShowing(this.space, this.place.top, this.chosen));
    this.redraw();
  }

  /** Brings the first or the last row into sight. */
  scrollTo(end: "start" | "end"): void {
    this.goTo(end === "start" ? 0 : this.space.rows * this.space.rowHeight);
  }

  private measure(): void {
    const height = Math.max(0, this.view.clientHeight - this.header.offsetHeight);
    // Hidden: nothing can be measured, and nothing is lost. No row is made either, as it would stand there empty.
    if (height === 0) return;
    const probe = this.elements[0] ?? this.addElement();
    const rowHeight = probe.offsetHeight || 1;
    const wasHidden = this.space.height === 0;
    const row = this.place.top / this.space.rowHeight;
    const isResized = rowHeight !== this.space.rowHeight;
    this.space = { rows: this.space.rows, rowHeight, height };
    this.spacer.style.height = `${scrollHeightOf(this.space)}px`;
    if (isResized) this.drawn.fill(-1);
    const top = isResized ? row * rowHeight : this.place.top;
    this.goTo(wasHidden && this.chosen >= 0 ? topShowing(this.space, 0, this.chosen) : top);
  }

  private goTo(top: number): void {
    const wanted = placeAt(this.space, top);
    this.view.scrollTop = wanted.scrollTop;
    // The browser rounds it.
    this.place = { top: wanted.top, scrollTop: this.view.scrollTop };
    this.draw();
  }

  private onScroll(): void {
    this.place = placeAfterScroll(this.space, this.place, this.view.scrollTop);
    if (isNearEnd(this.space, this.place)) this.goTo(this.place.top);
    else this.draw();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.goTo(this.place.top), restMs);
  }

  private draw(): void {
    if (this.space.height === 0) return;
    const [first, end] = rowsToDraw(this.space, this.place.top);
    while (this.elements.length < end - first) this.addElement();
    const base = Math.floor(first / rowsOfBase) * rowsOfBase;
    if (base !== this.base) this.drawn.fill(-1);
    this.base = base;
    const from = base * this.space.rowHeight - this.place.top + this.place.scrollTop;
    this.layer.style.transform = `translateY(${from}px)`;
    for (let row = first; row < first + this.elements.length; row++) this.drawRow(row, row < end);
    if (this.chosen >= first && this.chosen < end)
      this.view.setAttribute("aria-activedescendant", this.idOf(this.chosen));
    else this.view.removeAttribute("aria-activedescendant");
    this.actions.onSight(first, end);
  }

  private drawRow(row: number, isThere: boolean): void {
    const slot = row % this.elements.length;
    const view = this.elements[slot]!;
    if (view.hidden === isThere) view.hidden = !isThere;
    if (!isThere || this.drawn[slot] === row) return;
    this.drawn[slot] = row;
    view.style.transform = `translateY(${(row - this.base) * this.space.rowHeight}px)`;
    view.id = this.idOf(row);
    view.setAttribute("aria-rowindex", String(row + 2));
    view.setAttribute("aria-selected", String(row === this.chosen));
    this.actions.fillRow(view, row);
  }

  private addElement(): HTMLElement {
    const view = this.actions.makeRow();
    this.elements.push(view);
    this.layer.append(view);
    // The place of each row in them has changed.
    this.drawn = this.elements.map(() => -1);
    return view;
  }

  /** Where the keys go from: the chosen row, or the one above those in sight. */
  private get rowOfKeys(): number {
    return this.chosen >= 0 ? this.chosen : Math.ceil(this.place.top / this.space.rowHeight) - 1;
  }

  private idOf(row: number): string {
    return `packet-row-${row}`;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const opens = event.key === "Enter" && this.chosen >= 0;
    const row = opens
      ? undefined
      : rowAfterKey(event.key, this.rowOfKeys, this.space.rows, rowsOfPage(this.space));
    if (!opens && row === undefined) return;
    event.preventDefault();
    if (row === undefined) {
      this.actions.onOpen(this.chosen);
      return;
    }
    this.choose(row);
    this.actions.onChoose(row);
  }

  private onClick(event: MouseEvent): void {
    const slot = this.elements.findIndex((row) => event.target instanceof Node && row.contains(event.target));
    const row = this.drawn[slot] ?? -1;
    if (row < 0) return;
    this.choose(row);
    this.actions.onChoose(row);
  }
}
