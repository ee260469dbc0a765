/** A tab that is one table out of a route: sorted and paged by the server, a row a click away from its packets. */
import type { PageQuery, RowsAnswer } from "../../../src/analyzer/dashboard/contract.ts";
import { sentenceOf } from "../refusal.ts";
import { element } from "../../lib/dom.ts";
import type { Panel, PanelContext } from "../panel.ts";
import { selectionKey, type ViewState } from "../view-state.ts";
import { noneOf } from "../none-of.ts";
import { pageWindow, rowsOfTable } from "./page-window.ts";
import { rowsTable, type TableOptions } from "./rows-table.ts";

export interface TablePanelOptions<Row> extends TableOptions<Row> {
  /** What the rows are, and what a click does. */
  note: string;
  /** What the two colours of the volume's bars are. */
  ways: readonly [string, string];
  /** What a row is: `flow`. */
  noun: string;
  fetch: (parameters: PageQuery, signal: AbortSignal) => Promise<RowsAnswer<Row>>;
  onRow: (row: Row) => void;
}

export class TablePanel<Row> implements Panel {
  readonly element: HTMLElement;
  private readonly options: TablePanelOptions<Row>;
  private readonly context: PanelContext;
  private readonly content = element("div", { class: "table-scroll" });
  private readonly told = element("p", { class: "hint", "aria-live": "polite" });
  private readonly previous = element("button", { type: "button", disabled: "" }, "Previous");
  private readonly next = element("button", { type: "button", disabled: "" }, "Next");
  private shownKey = "";
  private offset = 0;
  private sort: string | undefined;
  private own: AbortController | undefined;

  constructor(context: PanelContext, options: TablePanelOptions<Row>) {
    this.context = context;
    this.options = options;
    this.previous.setAttribute("aria-label", "Previous rows");
    this.next.setAttribute("aria-label", "Next rows");
    this.element = element(
      "section",
      { class: "card table-panel" },
      element("h2", {}, options.label),
      element(
        "p",
        { class: "hint" },
        context.data.isFile ? undefined : `${options.note} `,
        element(
          "span",
          { class: "ways" },
          ...options.ways.map((way, i) => element("span", { class: i === 0 ? "way out" : "way" }, way)),
        ),
      ),
      this.content,
      element("div", { class: "tools pager" }, this.told, this.previous, this.next),
    );
  }

  async update(state: ViewState, signal: AbortSignal): Promise<void> {
    const key = selectionKey(state.selection);
    if (key !== this.shownKey) this.offset = 0;
    this.own?.abort();
    await this.load(state, signal);
    this.shownKey = key;
  }

  private async load({ selection }: ViewState, signal: AbortSignal): Promise<void> {
    const part = { offset: String(this.offset), limit: String(rowsOfTable) };
    const sort = this.sort === undefined ? {} : { sort: this.sort };
    const answer = await this.options.fetch({ ...selection, ...part, ...sort }, signal);
    if (!signal.aborted) this.show(answer, selection);
  }

  private show({ rows, offset, total }: RowsAnswer<Row>, selection: ViewState["selection"]): void {
    const { columns, noun, onRow } = this.options;
    const { previous, next, text } = pageWindow(offset, rows.length, total);
    const focused = this.focusedColumn();
    this.content.replaceChildren(
      total === 0
        ? element("p", { class: "nothing" }, noneOf(noun, selection))
        : rowsTable(this.options, rows, this.sort, {
            onRow: this.context.data.isFile ? undefined : onRow,
            onSort: (sort) => this.change(0, sort),
          }),
    );
    if (columns.some(({ sort }) => sort === focused)) this.headOf(focused)?.focus();
    this.told.textContent = text;
    const isWhole = previous === undefined && next === undefined;
    this.pageButton(this.previous, previous, isWhole);
    this.pageButton(this.next, next, isWhole);
  }

  private pageButton(button: HTMLButtonElement, offset: number | undefined, isHidden: boolean): void {
    button.hidden = isHidden;
    button.disabled = offset === undefined;
    button.onclick = () => this.change(offset ?? 0, this.sort);
  }

  /** Other rows of the same selection. */
  private change(offset: number, sort: string | undefined): void {
    this.own?.abort();
    const own = new AbortController();
    this.own = own;
    const before = { offset: this.offset, sort: this.sort };
    Object.assign(this, { offset, sort });
    this.load(this.context.view.state, own.signal).then(undefined, (error: unknown) => {
      if (own.signal.aborted) return;
      Object.assign(this, before);
      this.told.textContent = sentenceOf(error);
    });
  }

  /** The head that has the focus, which a new table must give back. */
  private focusedColumn(): string | undefined {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || !this.content.contains(activeElement)) return undefined;
    return activeElement.dataset["column"];
  }

  private headOf(column: string | undefined): HTMLElement | undefined {
    const heads = this.content.querySelectorAll<HTMLElement>("button.sort");
    return [...heads].find(({ dataset }) => dataset["column"] === column);
  }
}
