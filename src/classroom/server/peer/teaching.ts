/** What teachers do over the second protocol, and the two things that everybody may: redeem a code, raise a hand. */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import type { Ban } from "../../accounts/moderation-store.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { currentBan } from "../admission.ts";
import type { Classroom } from "../classroom.ts";
import { maxBansAtOnce, maxPeopleAtOnce } from "../limits.ts";
import { moderate, redeemCode, RefusedWish } from "../moderation/moderate.ts";
import type { Peer } from "./peer.ts";

export function redeemAsPeer(peer: Peer, { ask, code }: Control<"redeem">): void {
  peer.count("commands");
  orRefuse(peer, ask, () => {
    redeemCode(peer.classroom, peer, code);
    peer.send(encodeControl("role", { ask, role: "teacher" }));
    peer.classroom.moderation.hands.tell(peer);
    peer.hearTeaching();
  });
}

export function moderateAsPeer(peer: Peer, { ask, ...wish }: Control<"moderate">): void {
  orRefuse(peer, ask, () => {
    const text = moderate(peer.classroom, peer.name, wish);
    peer.send(encodeControl("done", { ask, text }));
  });
}

/** A file that goes to a whole room is not sent any further. */
export function stopPush(peer: Peer, { ask, do: what, push }: Control<"push"> & { ask: number }): void {
  if (what !== "stop") return peer.refuse("malformed", "This push has not the shape it must have.", { ask });
  const { pushes, ports } = peer.classroom;
  const text = pushes.stop(push);
  if (text === undefined) return peer.refuse("refused", "This file is not being sent any more.", { ask });
  ports.audit.write({ by: peer.name, did: "push-stopped", what: text });
  peer.send(encodeControl("done", { ask, text }));
}

export function moveHand(peer: Peer, { up, name }: Control<"hand">): void {
  const { classroom } = peer;
  const { hands } = classroom.moderation;
  peer.count("commands");
  if (name !== undefined && peer.role === "teacher") {
    if (up) return peer.refuse("refused", "A student raises the hand, and a teacher lowers it.");
    if (!lowerHand(classroom, name)) peer.refuse("nobody", "This hand is not raised.");
    return;
  }
  if (peer.role === "teacher") return peer.refuse("refused", "A teacher need not raise a hand.");
  if (up ? hands.raise(peer.name) : hands.lower(peer.name)) tellOperator(peer, up);
  peer.send(encodeControl("hand", { up }));
}

/** Takes somebody's hand down and tells this person. @returns false where it was not up */
export function lowerHand({ moderation, peers }: Classroom, name: string): boolean {
  if (!moderation.hands.lower(name)) return false;
  peers.find(name)?.send(encodeControl("hand", { up: false }));
  return true;
}

function tellOperator(peer: Peer, up: boolean): void {
  const { ports, moderation } = peer.classroom;
  if (up && moderation.hands.isNews(peer.name, ports.now())) ports.screen.line(`${peer.name} raises a hand.`);
}

/** Everybody who is here, and who is banned, in as many frames as it takes. */
export function listPeople(peer: Peer, { ask }: Control<"people">): void {
  const { classroom } = peer;
  const people = peopleOf(classroom);
  const bans = bansOf(classroom);
  const frames: Control<"people">[] = [];
  for (let at = 0; at < people.length; at += maxPeopleAtOnce)
    frames.push({ ask, people: people.slice(at, at + maxPeopleAtOnce) });
  for (let at = 0; at < bans.length; at += maxBansAtOnce)
    frames.push({ ask, bans: bans.slice(at, at + maxBansAtOnce) });
  for (const [index, frame] of frames.entries())
    peer.send(encodeControl("people", index === frames.length - 1 ? frame : { ...frame, more: true }));
}

type Person = NonNullable<Control<"people">["people"]>[number];

export function peopleOf(classroom: Classroom): Person[] {
  const { moderation } = classroom;
  return Array.from(classroom.members(), ({ name, role, group, via, connection }) => {
    return {
      name,
      role,
      muted: moderation.isMuted(name),
      hand: moderation.hands.has(name),
      via,
      secure: connection.isSecure,
      ...(group === "" ? {} : { group }),
    };
  });
}

export function bansOf({ ports }: Classroom): NonNullable<Control<"people">["bans"]> {
  const now = ports.wallClock();
  return ports.moderation
    .bans()
    .filter((ban) => currentBan(ban, now) !== undefined)
    .map(shownBan);
}

function shownBan({ name, untilMs, reason }: Ban): NonNullable<Control<"people">["bans"]>[number] {
  const time = untilMs === undefined ? {} : { untilMs };
  return { name, ...time, ...(reason === "" ? {} : { text: reason }) };
}

/** Does something that may be refused. */
function orRefuse(peer: Peer, ask: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const isRefusal = error instanceof RefusedWish;
    if (!isRefusal) peer.classroom.ports.screen.line(asSentence(error.message));
    peer.refuse(isRefusal ? error.code : "not-kept", asSentence(error.message), { ask });
  }
}
