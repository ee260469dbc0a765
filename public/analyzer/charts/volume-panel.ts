/**
 * The panel of the volume charts. It asks for the whole time of the selection and shows the chosen span of it, so
 * that looking closer and going back need no answer; what is dragged over becomes the span of everything else.
 */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { choice } from "../choice.ts";
import { element } from "../../lib/dom.ts";
import { formatMoment } from "../format.ts";
import type { Panel, PanelContext } from "../panel.ts";
import { isFiltered, measures, selectionKey, splits, type ViewState } from "../view-state.ts";
import { curvesOf, inSight, type CountSeries, type Curve } from "./curves.ts";
import { Legend } from "./legend.ts";
import { Readout } from "./readout.ts";
import {
  clampSpan,
  joinSpans,
  snapSpan,
  spanAfterKey,
  spanOfSelection,
  zoomSpan,
  type Span,
} from "./span.ts";
import { VolumeCharts, type VolumeData } from "./volume-charts.ts";

/** After the wheel stood still for so long, what it chose is asked for. */
const wheelRestMs = 250;

/** Of a running capture that is followed, so much is in sight. */
const followedSeconds = 120;

export class VolumePanel implements Panel {
  readonly element: HTMLElement;
  private readonly context: PanelContext;
  private readonly charts: VolumeCharts;
  private readonly legend: Legend;
  private readonly readout = new Readout();
  private readonly back = button("Back", "Back to the span before");
  private readonly all = button("Whole capture", "No span: the whole capture");
  private readonly controls = element("div", { class: "tools" });
  private readonly splitBy = choice("By protocol", splits, (split) =>
    this.context.view.set({ split }, "replace"),
  );
  private readonly none = element("p", { class: "hint", hidden: "" });
  private readonly plots: HTMLElement;
  /** Spans to go back to. */
  private readonly earlier: (Span | undefined)[] = [];
  private series: Answers["/api/series"] | undefined;
  private loadedKey = "";
  private curves: readonly Curve[] = [];
  /** How they are drawn, and what of them. */
  private look: Pick<VolumeData, "colors" | "measure" | "split"> | undefined;
  private drawn: { series: CountSeries; curves: readonly Curve[] } | undefined;
  /** All that was seen of a capture: a filter must not move what stays. */
  private whole: Span = [0, 1];
  /** Its capture; null before there is one. */
  private wholeOf: string | undefined | null = null;
  private shown: Span = [0, 1];
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(context: PanelContext) {
    this.context = context;
    const { view } = context;
    this.legend = new Legend(context);
    this.charts = new VolumeCharts(
      {
        selected: (span) => this.choose(span),
        zoomed: (factor, at) => this.zoom(factor, at),
        pointed: (row) => this.tell(row),
      },
      "volume",
    );
    this.plots = element(
      "div",
      {
        class: "plot-keys",
        tabindex: "0",
        role: "group",
        "aria-label":
          "Traffic over time. Plus and minus zoom, the arrow keys move, Backspace goes back, 0 shows the whole capture.",
      },
      this.charts.element,
    );
    this.plots.addEventListener("keydown", (event) => this.press(event));
    this.plots.addEventListener("dblclick", () => this.goBack());
    this.back.addEventListener("click", () => this.goBack());
    this.all.addEventListener("click", () => this.select(undefined));
    const [closer, wider] = [button("+", "Look closer"), button("−", "See more")];
    closer.addEventListener("click", () => this.choose(zoomSpan(this.shown, 1 / 2)));
    wider.addEventListener("click", () => this.choose(zoomSpan(this.shown, 2)));
    const drawnAs = choice("Show", measures, (measure) => view.set({ measure }, "replace"));
    const { splitBy } = this;
    view.subscribe(({ measure, split }) => (drawnAs.choose(measure), splitBy.choose(split)));
    drawnAs.choose(view.state.measure);
    splitBy.choose(view.state.split);
    this.controls.append(
      drawnAs.element,
      splitBy.element,
      element("span", { class: "zoom" }, closer, wider, this.back, this.all),
    );
    this.element = element(
      "section",
      { class: "card over-time" },
      element("div", { class: "card-head" }, element("h2", {}, "Traffic over time"), this.controls),
      this.readout.element,
      this.plots,
      this.legend.element,
      this.none,
    );
  }

  dependsOn({ selection, split, measure, follow }: ViewState): string {
    return [selectionKey(selection), split, measure, follow].join();
  }

  async update(state: ViewState, signal: AbortSignal, grew: boolean): Promise<void> {
    const series = await this.load(state, signal, grew);
    this.series = series;
    const { time, step } = series;
    const isEmpty = time.length === 0;
    for (const part of [this.plots, this.controls, this.readout.element]) part.hidden = isEmpty;
    this.none.hidden = !isEmpty;
    if (isEmpty) {
      const where = isFiltered(state.selection) ? "of the selection" : "of this capture";
      this.none.textContent = `Nothing to draw: no packet ${where} has a time.`;
      this.legend.show([], false);
      return;
    }
    const seen: Span = [time[0]!, time.at(-1)! + step];
    const { capture } = state.selection;
    this.whole = capture === this.wholeOf ? joinSpans(this.whole, seen) : seen;
    this.wholeOf = capture;
    this.curves = curvesOf(series, state.split);
    // An answer without protocols, as that of a report file, is drawn as one curve.
    const isSplit = state.split !== "total" && series.protocols !== undefined;
    this.splitBy.element.hidden = this.context.data.isFile && series.protocols === undefined;
    const named = isSplit ? this.curves.map(({ name }) => name) : [];
    this.context.colors.learn(named.filter((name) => name !== "others"));
    const colors = isSplit ? named.map((name) => this.context.colors.of(name)) : undefined;
    this.look = { colors, measure: state.measure, split: isSplit ? state.split : "total" };
    this.draw(this.spanFor(state));
    this.legend.show(isSplit ? named : [], series.anomalies?.some((count) => count > 0) ?? false);
    this.describe(state);
  }

  /** Draws a span of what is there. */
  private draw(span: Span): void {
    if (this.series === undefined || this.look === undefined) return;
    this.shown = span;
    this.drawn = inSight(this.series, this.curves, span);
    this.charts.show({ ...this.drawn, ...this.look }, span);
  }

  /** Of the whole time; what was asked last is kept, for another span of the same. */
  private async load(
    { selection, split }: ViewState,
    signal: AbortSignal,
    grew: boolean,
  ): Promise<Answers["/api/series"]> {
    const { from: _from, to: _to, ...rest } = selection;
    const key = `${selectionKey(rest)} ${split === "total"}`;
    if (this.series !== undefined && key === this.loadedKey && !grew) return this.series;
    const by = split === "total" ? undefined : "protocol";
    const series = await this.context.data.get("/api/series", { ...rest, by }, signal);
    this.loadedKey = key;
    return series;
  }

  /** The chosen span, else the newest part of a capture that is followed, else the whole. */
  private spanFor({ selection, follow }: ViewState): Span {
    const least = 2 * (this.series?.step ?? 1);
    const chosen = spanOfSelection(selection, this.whole);
    if (chosen !== undefined) return [chosen[0], Math.max(chosen[1], chosen[0] + (this.series?.step ?? 1))];
    if (follow) return clampSpan([this.whole[1] - followedSeconds, this.whole[1]], this.whole, least);
    return this.whole;
  }

  private choose(span: Span): void {
    const step = this.drawn?.series.step ?? 1;
    const wanted = snapSpan(clampSpan(span, this.whole, step), step);
    const chosen = spanOfSelection(this.context.view.state.selection, this.whole);
    // The charts share what is dragged over, and each of them tells of it.
    if (chosen?.[0] === wanted[0] && chosen[1] === wanted[1]) return;
    const isWhole = wanted[0] <= this.whole[0] && wanted[1] >= this.whole[1];
    this.earlier.push(chosen);
    if (this.earlier.length > 50) this.earlier.shift();
    this.select(isWhole ? undefined : wanted);
  }

  private goBack(): void {
    this.select(this.earlier.pop());
  }

  private select(span: Span | undefined): void {
    if (span === undefined) this.earlier.length = 0;
    clearTimeout(this.resting);
    const [from, to] = span ?? [undefined, undefined];
    this.context.view.select({ from: from?.toString(), to: to?.toString() });
  }

  private zoom(factor: number, at: number): boolean {
    if (this.series === undefined) return false;
    const wanted = clampSpan(zoomSpan(this.shown, factor, at), this.whole, 2 * this.series.step);
    if (wanted[0] === this.shown[0] && wanted[1] === this.shown[1]) return false;
    this.draw(wanted);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.choose(this.shown), wheelRestMs);
    return true;
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const span = spanAfterKey(event.key, this.shown);
    if (event.key === "Backspace" || event.key === "Escape") this.goBack();
    else if (span === "whole") this.select(undefined);
    else if (span !== undefined) this.choose(span);
    else return;
    event.preventDefault();
  }

  private tell(row: number | undefined): void {
    this.readout.tell(this.drawn?.series, row);
    this.legend.tell(this.drawn, row, this.context.view.state.measure);
  }

  private describe({ selection }: ViewState): void {
    const span = spanOfSelection(selection, this.whole);
    this.all.disabled = span === undefined;
    this.back.disabled = span === undefined;
    this.readout.showSpan(span);
    const [first, last] = this.whole;
    const flagged = (this.series?.anomalies ?? []).filter((count) => count > 0).length;
    this.plots.setAttribute(
      "aria-description",
      `${formatMoment(first)} to ${formatMoment(last)}. ${flagged} steps with abnormal packets.`,
    );
  }
}

function button(text: string, title: string): HTMLButtonElement {
  return element("button", { type: "button", title, "aria-label": title }, text);
}
