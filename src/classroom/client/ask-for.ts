/** What a person asks the server for that is not said again after a lost connection. */
import type { Control } from "../protocol/v2/control.ts";
import type { PeerSeat } from "./peer-seat.ts";

/** Asks for something that is answered by `done`, `error` or the same header. */
export function askFor<H extends "redeem" | "people" | "moderate" | "steer" | "banks" | "collect">(
  seat: PeerSeat,
  header: H,
  content: Omit<Control<H>, "ask">,
): void {
  if (isHere(seat)) seat.link?.send(header, { ask: seat.nextAsk(), ...content } as Control<H>);
}

export function moveHand(seat: PeerSeat, hand: Control<"hand">): void {
  if (isHere(seat)) seat.link?.send("hand", hand);
}

function isHere({ isEntered, presenter }: PeerSeat): boolean {
  if (!isEntered) presenter.note("Not now: the connection is being made again.");
  return isEntered;
}
