/** The head of the inspector: which packet it is, how it was judged, and what may be filtered by it. */
import { element } from "../../lib/dom.ts";
import { formatCount, formatMoment } from "../format.ts";
import { isIpAddress } from "../ip-address.ts";
import type { Inspected } from "./packet-inspector.ts";
import { endText } from "./end-text.ts";
import { formatPacketTime } from "./packet-time.ts";
import { verdictView } from "./packet-verdict.ts";

export interface PacketActions {
  /** Shows the packets of a flow alone. */
  followFlow: (flow: number) => void;
  /** Shows the packets that are equal in this alone. */
  filterBy: (part: "src" | "dst" | "protocol", value: string) => void;
}

export function packetHead(inspected: Inspected, actions: PacketActions): HTMLElement {
  const { details } = inspected;
  return element(
    "header",
    { class: "packet-head" },
    element("h3", {}, `Packet ${formatCount(details.number)}`),
    element("p", { class: "packet-facts" }, factsOf(inspected)),
    verdictView(details),
    element("div", { class: "actions" }, ...buttonsOf(inspected, actions)),
  );
}

function factsOf({ details }: Inspected): string {
  const { time, size, capturedBytes, protocol, linkType } = details;
  const source = endText(details.source, details.sourcePort);
  const destination = endText(details.destination, details.destinationPort);
  const moment =
    time === null
      ? "no time"
      : `${formatMoment(time).split(" ")[0]} ${formatPacketTime(time, null, "clock")}`;
  const length =
    capturedBytes < size
      ? `${formatCount(size)} bytes, ${formatCount(capturedBytes)} captured`
      : `${formatCount(size)} bytes`;
  const ends = source === "" && destination === "" ? [] : [`${source} → ${destination}`];
  return [protocol, ...ends, length, moment, linkType].join(" · ");
}

function buttonsOf({ details, row }: Inspected, actions: PacketActions): HTMLElement[] {
  const { source, destination, protocol } = details;
  const buttons: HTMLElement[] = [];
  if (row !== undefined && row.flow > 0)
    buttons.push(button("Follow its flow", () => actions.followFlow(row.flow)));
  buttons.push(element("span", { class: "hint" }, "Only with this:"));
  if (source !== null && isIpAddress(source))
    buttons.push(button(`Source ${source}`, () => actions.filterBy("src", source)));
  if (destination !== null && isIpAddress(destination))
    buttons.push(button(`Destination ${destination}`, () => actions.filterBy("dst", destination)));
  buttons.push(button(`Protocol ${protocol}`, () => actions.filterBy("protocol", protocol)));
  return buttons;
}

function button(text: string, act: () => void): HTMLElement {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", act);
  return made;
}
