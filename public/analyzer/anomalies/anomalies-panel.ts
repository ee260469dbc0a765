/** The tab of the anomalies: how they were looked for, when they were, and what each of them is. */
import type { AnomaliesAnswer, EpisodeRow, ExpectedRow } from "../../../src/analyzer/dashboard/contract.ts";
import { post } from "../api.ts";
import { sentenceOf } from "../refusal.ts";
import { element } from "../../lib/dom.ts";
import { formatCount } from "../format.ts";
import type { Panel, PanelContext } from "../panel.ts";
import { firstState, type ViewState } from "../view-state.ts";
import { detectorNote } from "./detector-note.ts";
import { episodeCard, type EpisodeActions } from "./episode-card.ts";
import { episodeSelection } from "./episode-selection.ts";
import { episodeTimeline } from "./episode-timeline.ts";
import { expectedList } from "./expected-list.ts";
import { longList } from "./long-list.ts";
import { topPacket } from "./top-packets.ts";

/** Shown at first; the gravest come first. */
const firstEpisodes = 10;
const firstPackets = 8;

export class AnomaliesPanel implements Panel {
  readonly element: HTMLElement;
  private readonly context: PanelContext;
  private readonly content = element("div", { class: "anomalies-content" });
  private readonly told = element("p", { class: "told", role: "status" });
  /** What is shown, so that a running capture that brings nothing new leaves the page in peace. */
  private shownText = "";
  /** How much of the long lists a person asked for. */
  private episodesShown = firstEpisodes;
  private packetsShown = firstPackets;

  constructor(context: PanelContext) {
    this.context = context;
    this.element = element(
      "section",
      { class: "card anomalies" },
      element("h2", {}, "Anomalies"),
      this.told,
      this.content,
    );
  }

  async update({ selection }: ViewState, signal: AbortSignal): Promise<void> {
    const { data } = this.context;
    const [answer, { firstTime, lastTime, live }, expected] = await Promise.all([
      data.get("/api/anomalies", selection, signal),
      data.get("/api/report", selection, signal),
      data.isFile ? [] : data.get("/api/expected", {}, signal),
    ]);
    if (signal.aborted) return;
    const text = JSON.stringify([answer, firstTime, lastTime, live, expected]);
    if (text === this.shownText) return;
    this.shownText = text;
    this.show(answer, { firstTime, lastTime, live: live ?? false }, expected);
  }

  private show(
    answer: AnomaliesAnswer,
    { firstTime, lastTime, live }: { firstTime: number | null; lastTime: number | null; live: boolean },
    expected: readonly ExpectedRow[],
  ): void {
    const { episodes, top } = answer;
    const cards = episodes.map((episode, place) => episodeCard(episode, place, this.episodeActions()));
    const list = longList(cards, this.episodesShown, "episodes", () => {
      this.episodesShown = Number.POSITIVE_INFINITY;
    });
    const timeline = episodeTimeline(episodes, firstTime, lastTime, (at) => {
      list.showAll();
      cards[at]?.focus({ preventScroll: true });
      cards[at]?.scrollIntoView({ block: "center" });
    });
    const parts = [
      detectorNote(answer, live),
      timeline,
      episodes.length === 0 ? nothingFound(answer, live) : element("h3", {}, episodesTitle(answer)),
      list.element,
      expectedList(expected, (key) => void this.mark(key, false, "")),
      ...(top.length === 0 ? [] : [element("h3", {}, "Strangest packets"), this.packetsView(top)]),
    ];
    const isOpen = this.content.querySelector<HTMLDetailsElement>(".expected-list")?.open ?? false;
    this.content.replaceChildren(...parts.filter((part) => part !== undefined));
    const marked = this.content.querySelector<HTMLDetailsElement>(".expected-list");
    if (marked !== null) marked.open = isOpen;
  }

  private packetsView(top: AnomaliesAnswer["top"]): HTMLElement {
    const open = this.context.data.isFile ? undefined : (number: number): void => this.openPacket(number);
    const cards = top.map((packet) => topPacket(packet, open));
    return longList(cards, this.packetsShown, "packets", () => {
      this.packetsShown = Number.POSITIVE_INFINITY;
    }).element;
  }

  /** Undefined in a report file, of which nothing can be asked. */
  private episodeActions(): EpisodeActions | undefined {
    if (this.context.data.isFile) return undefined;
    const onShow = (episode: EpisodeRow): void => this.showPackets(episode);
    return { onShow, onExpect: ({ key, title }, isExpected) => void this.mark(key, isExpected, title) };
  }

  private async mark(key: string, expected: boolean, title: string): Promise<void> {
    const { view } = this.context;
    const { capture } = view.state.selection;
    try {
      await post("/api/expected", { key, expected, ...(capture === undefined ? {} : { capture }) });
      this.told.replaceChildren(expected ? `Marked as expected: ${title}. ` : "It is no longer expected.");
      if (expected) this.told.append(this.undoButton(key));
    } catch (error) {
      this.told.replaceChildren(sentenceOf(error));
    }
    // Buttons that were disabled are drawn anew also where nothing has changed.
    this.shownText = "";
    await this.update(view.state, new AbortController().signal).catch((error: unknown) =>
      this.told.append(" ", sentenceOf(error)),
    );
  }

  private undoButton(key: string): HTMLElement {
    const undo = element("button", { type: "button" }, "Undo");
    undo.addEventListener("click", () => void this.mark(key, false, ""));
    return undo;
  }

  private showPackets(episode: EpisodeRow): void {
    const { view } = this.context;
    const selection = episodeSelection(episode, view.state.selection.capture);
    view.set({ selection, tab: "packets", packet: episode.number, flow: firstState.flow });
  }

  private openPacket(packet: number): void {
    this.context.view.set({ tab: "packets", packet });
  }
}

/** As the detector has them. */
const order = ", by tenths of their score and then by packets";

function episodesTitle({ episodesTotal, episodesEvicted, episodes }: AnomaliesAnswer): string {
  const counted = episodes.length === 1 ? "1 episode" : `${formatCount(episodes.length)} episodes`;
  if (episodesTotal <= episodes.length && episodesEvicted === 0) return `${counted}${order}`;
  return `${counted} of ${formatCount(episodesTotal)}${order}`;
}

function nothingFound({ scored }: AnomaliesAnswer, isLive: boolean): HTMLElement {
  const how =
    scored === 0
      ? `No packet of what is selected has a score${isLive ? " yet" : ""}.`
      : "Each packet was compared with what is usual in this capture, and held against the rules for known attacks.";
  return element(
    "div",
    { class: "nothing" },
    element("h3", {}, scored === 0 ? "Nothing to judge" : "Nothing abnormal found"),
    element("p", {}, how),
  );
}
