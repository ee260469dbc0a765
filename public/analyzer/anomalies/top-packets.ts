/** The strangest packets, each once for those that are alike. */
import type { AnomaliesAnswer } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount, formatMoment } from "../format.ts";
import { reasonList } from "./reason-list.ts";
import { scoreBadge } from "./score-badge.ts";

type TopPacket = AnomaliesAnswer["top"][number];

/** @param onPacket is given the packet's number when its button was pressed; undefined where none can be opened */
export function topPacket(packet: TopPacket, onPacket: ((number: number) => void) | undefined): HTMLElement {
  const { number, score, source, destination, reasons } = packet;
  const open = element("button", { type: "button" }, "Open");
  open.setAttribute("aria-label", `Open packet ${formatCount(number)}`);
  open.addEventListener("click", () => onPacket?.(number));
  return element(
    "article",
    { class: "episode" },
    scoreBadge(score, "score"),
    element(
      "div",
      { class: "episode-text" },
      element("h4", {}, `Packet ${formatCount(number)}: ${source} → ${destination}`),
      element("p", { class: "episode-facts" }, factsOf(packet)),
      reasonList(reasons),
    ),
    onPacket === undefined ? undefined : element("div", { class: "actions" }, open),
  );
}

function factsOf({ time, protocol, size }: TopPacket): string {
  const moment = time === null ? [] : [formatMoment(time)];
  return [...moment, protocol, `${formatCount(size)} bytes`].join(" · ");
}
