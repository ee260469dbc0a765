/** An episode: what happened, when, to whom, how grave it is and why, and what may be done about it. */
import type { EpisodeRow } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatBytes, formatCount, formatDuration, formatMoment } from "../format.ts";
import { reasonList } from "./reason-list.ts";
import { scoreBadge } from "./score-badge.ts";

/** Addresses that are named; the others are counted. */
const namedHosts = 4;

export interface EpisodeActions {
  /** Selects its packets. */
  onShow: (episode: EpisodeRow) => void;
  /** Marks it as expected, or takes the mark away. */
  onExpect: (episode: EpisodeRow, isExpected: boolean) => void;
}

/** @param actions undefined where nothing can be asked or changed */
export function episodeCard(
  episode: EpisodeRow,
  place: number,
  actions: EpisodeActions | undefined,
): HTMLElement {
  const { title, score, reasons, expected = false } = episode;
  const heading = element("h4", { id: `episode-${place}` }, capital(title));
  return element(
    "article",
    {
      class: expected ? "episode expected" : "episode",
      "aria-labelledby": `episode-${place}`,
      tabindex: "-1",
    },
    scoreBadge(score, expected ? "expected" : "score"),
    element(
      "div",
      { class: "episode-text" },
      heading,
      element("p", { class: "episode-facts" }, factsOf(episode)),
      element("p", { class: "episode-hosts" }, hostsOf(episode)),
      reasonList(reasons, title),
    ),
    element("div", { class: "actions" }, ...buttonsOf(episode, actions)),
  );
}

function factsOf({ start, end, packets, bytes, protocols }: EpisodeRow): string {
  const counted = packets === 1 ? "1 packet" : `${formatCount(packets)} packets`;
  return [...spanText(start, end), counted, formatBytes(bytes), protocols.join(", ")].join(" · ");
}

/** `10:53:20`, and how long it went on; nothing where the capture has no times. */
function spanText(start: number | null, end: number | null): string[] {
  if (start === null || end === null) return [];
  return end > start ? [formatMoment(start), `for ${formatDuration(end - start)}`] : [formatMoment(start)];
}

function hostsOf({ hosts, hostCount }: EpisodeRow): string {
  const named = hosts.slice(0, namedHosts);
  const others = hostCount - named.length;
  return others > 0 ? `${named.join(", ")} and about ${formatCount(others)} more` : named.join(", ");
}

function buttonsOf(episode: EpisodeRow, actions: EpisodeActions | undefined): HTMLElement[] {
  if (actions === undefined) return [];
  const { onShow, onExpect } = actions;
  const show = element("button", { type: "button" }, "Show its packets");
  show.addEventListener("click", () => onShow(episode));
  const isExpected = episode.expected ?? false;
  const expect = element(
    "button",
    { type: "button" },
    isExpected ? "No longer expected" : "Mark as expected",
  );
  expect.addEventListener("click", () => {
    expect.disabled = true;
    onExpect(episode, !isExpected);
  });
  return [show, expect];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
