/** The head of the page: which capture this is, whether it runs, and the facts of what is selected. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import type { LiveFeed } from "../live/live-feed.ts";
import type { Panel, PanelContext } from "../panel.ts";
import type { ViewState } from "../view-state.ts";
import { CaptureSwitcher } from "./capture-switcher.ts";
import { LiveControls } from "./live-controls.ts";
import { loadHead } from "./load-head.ts";
import { factsView, warningsView } from "./facts-view.ts";
import { summaryFacts, warningSentences } from "./summary-facts.ts";

export class HeaderPanel implements Panel {
  readonly element: HTMLElement;
  private readonly context: PanelContext;
  private readonly feed: LiveFeed | undefined;
  private readonly title = element("div", { class: "title" });
  private readonly controls: LiveControls;
  private readonly switcher: CaptureSwitcher;
  private readonly facts = element("div", {});
  private readonly warnings = element("div", {});
  private report: Answers["/api/report"] | undefined;

  /** @param feed of live captures; undefined in a report file */
  constructor(context: PanelContext, feed: LiveFeed | undefined) {
    this.context = context;
    this.feed = feed;
    this.controls = new LiveControls(context.view, (paused) => feed?.setPaused(paused));
    this.switcher = new CaptureSwitcher(context, () => this.showFacts());
    const bar = element(
      "div",
      { class: "head-bar" },
      this.title,
      this.controls.element,
      this.switcher.element,
    );
    this.element = element(
      "div",
      { class: "summary" },
      bar,
      this.switcher.uploads,
      this.facts,
      this.warnings,
    );
    void this.switcher.load();
  }

  async update({ selection }: ViewState, signal: AbortSignal): Promise<void> {
    const report = await loadHead(this.context.data, selection, signal);
    this.report = report;
    document.title = `${report.source.name} · pcs analyze`;
    this.title.replaceChildren(...titleViews(report));
    const sentences = warningSentences(report);
    this.warnings.replaceChildren(...(sentences.length === 0 ? [] : [warningsView(sentences)]));
    this.showFacts();
  }

  /** Shows what is chosen, before any answer. */
  showState(state: ViewState): void {
    this.switcher.show(state);
  }

  /** Something about the running capture is new. */
  showLive(feed: LiveFeed): void {
    this.controls.show(feed);
    if (!feed.paused) this.showFacts();
  }

  private showFacts(): void {
    if (this.report === undefined) return;
    const { selection } = this.context.view.state;
    const snapshot = this.feed?.snapshot;
    const { captures } = this.switcher;
    const row = captures.find(({ id }) => id === selection.capture) ?? captures[0];
    const whole = this.report.selection !== undefined ? (snapshot?.packets ?? row?.packets) : undefined;
    this.facts.replaceChildren(factsView(summaryFacts(this.report, whole, snapshot)));
  }
}

function titleViews({ source }: Answers["/api/report"]): HTMLElement[] {
  const name = source.kind === "stdin" ? "standard input" : source.name;
  const short = name.split(/[\\/]/).at(-1) ?? name;
  const links = source.linkTypes.map((type) => element("span", { class: "chip" }, type));
  return [element("h1", { title: name }, short), element("p", { class: "links" }, ...links)];
}
