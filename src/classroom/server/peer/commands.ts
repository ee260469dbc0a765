/**
 * The command table of the second protocol: what each header does, and who may send it. It is checked in one place;
 * the handlers deal with a frame that is allowed and has its shape.
 */
import { isUtf8 } from "node:buffer";
import { encodeFrame } from "../../protocol/frame.ts";
import { readUint32 } from "../../protocol/v2/binary.ts";
import { decodeControl, type Control, type ControlHeader } from "../../protocol/v2/control.ts";
import { v2HeaderNames, type V2HeaderName } from "../../protocol/v2/header.ts";
import { decodeCredit } from "../../protocol/v2/chunk.ts";
import { maxPingBytes, maxTextBytes } from "../../protocol/v2/limits.ts";
import { dearLookUpMs, maxAnsweredBytes, restOfLookUp } from "../limits.ts";
import { decodeTell, sayHeadBytes } from "../../protocol/v2/message.ts";
import { sayInRoom } from "../chat/deliver.ts";
import type { Refusal } from "../admission.ts";
import { overKeptSentence } from "../pace.ts";
import { onlyTeachers } from "../refusals.ts";
import type { Peer } from "./peer.ts";
import { answerQuizAsPeer, chooseTeam } from "./quiz.ts";
import { searchMessages } from "./search.ts";
import { joinRoom, listRooms, noteRead, partRoom, sendHistory, tellTyping } from "./rooms.ts";
import { listBanks, steerQuiz } from "./steer.ts";
import { listPeople, moderateAsPeer, moveHand, redeemAsPeer, stopPush } from "./teaching.ts";
import { collectAsPeer } from "./collect.ts";
import type { Place } from "../chat/room.ts";

type BinaryHandler = (peer: Peer, bytes: Uint8Array, start: number, end: number) => void;

interface Command {
  /** `member`: only after the login. */
  by: "anybody" | "newcomer" | "member";
  run: BinaryHandler;
}

function control<H extends ControlHeader>(
  header: H,
  by: Command["by"],
  run: (peer: Peer, content: Control<H>) => void,
): Command {
  return {
    by,
    run(peer, bytes, start, end) {
      const content = decodeControl(header, bytes, start, end);
      if (content === undefined) peer.refuse("malformed", `This ${header} has not the shape it must have.`);
      else run(peer, content);
    },
  };
}

/** A request that has to happen once: what was asked before is only acknowledged again. */
function once<H extends ControlHeader>(
  header: H,
  run: (peer: Peer, content: Control<H> & { tag: number }) => void,
): Command {
  return control(header, "member", (peer, content) => {
    const tagged = content as Control<H> & { tag: number };
    if (takeTag(peer, tagged.tag)) run(peer, tagged);
  });
}

/** What is read out of a list or the history. */
function lookUp<H extends ControlHeader>(header: H, run: (peer: Peer, content: Control<H>) => void): Command {
  return control(header, "member", (peer, content) => {
    peer.count("joins");
    const { now } = peer.classroom.ports;
    const beganMs = now();
    run(peer, content);
    restAfter(peer, now() - beganMs);
    holdWhileMuchWaits(peer);
  });
}

/** What took long to look up is followed by a rest, so that whoever asks for much has a part of the server only. */
function restAfter({ connection }: Peer, tookMs: number): void {
  if (tookMs < dearLookUpMs) return;
  connection.hold();
  setTimeout(() => connection.release(), tookMs * restOfLookUp);
}

/** What was asked for is long: what is asked behind it is answered when that has gone out. */
function holdWhileMuchWaits({ connection, classroom }: Peer): void {
  if (connection.queue.queuedBytes < maxAnsweredBytes) return;
  connection.hold();
  classroom.background(connection.whenEmpty().then(() => connection.release()));
}

/** Only for teachers. */
function teacher<H extends ControlHeader>(
  header: H,
  run: (peer: Peer, content: Control<H> & { ask: number }) => void,
): Command {
  return control(header, "member", (peer, content) => {
    const asked = content as Control<H> & { ask: number };
    peer.count("commands");
    if (peer.role === "teacher") return run(peer, asked);
    peer.refuse(onlyTeachers.code, onlyTeachers.text, { ask: asked.ask });
  });
}

const commands: Partial<Record<V2HeaderName, Command>> = {
  say: { by: "member", run: say },
  tell: { by: "member", run: tell },
  ping: { by: "anybody", run: ping },
  pong: {
    by: "anybody",
    run: (peer, bytes, start, end) => peer.roundTrip.heard(bytes, start, end, peer.classroom.ports.now()),
  },
  name: control("name", "newcomer", (peer, content) => peer.login?.askName(content)),
  login: control("login", "newcomer", (peer, content) => peer.login?.logIn(content)),
  bye: control("bye", "anybody", (peer) => {
    peer.leave();
    peer.connection.close();
  }),
  join: lookUp("join", (peer, join) =>
    peer.classroom.entrance.enterOver(peer.connection, () => joinRoom(peer, join)),
  ),
  part: control("part", "member", partRoom),
  rooms: lookUp("rooms", listRooms),
  history: lookUp("history", sendHistory),
  offer: control("offer", "member", (peer, offer) => {
    if (offer.tag === undefined) return peer.refuse("malformed", "An offer has a tag.");
    if (!takeTag(peer, offer.tag)) return;
    peer.count("uploads");
    peer.uploads.offer(offer);
    peer.classroom.log.done(peer, offer.tag);
  }),
  chunk: { by: "member", run: (peer, bytes, start, end) => peer.uploads.chunk(bytes, start, end) },
  end: control("end", "member", (peer, end) => peer.uploads.end(end)),
  accept: control("accept", "member", (peer, accept) => peer.outbox.accept(accept)),
  credit: {
    by: "member",
    run(peer, bytes, start, end) {
      const credit = decodeCredit(bytes, start, end);
      if (credit === undefined) peer.refuse("malformed", "This credit has not the shape it must have.");
      else peer.outbox.credit(credit.transfer, credit.upTo);
    },
  },
  received: control("received", "member", (peer, { transfer }) => peer.outbox.received(transfer)),
  cancel: control("cancel", "member", (peer, { transfer, text }) => {
    if (!peer.uploads.cancelled(transfer)) peer.outbox.cancelled(transfer, text ?? "");
  }),
  answer: once("answer", answerQuizAsPeer),
  team: once("team", chooseTeam),
  typing: control("typing", "member", tellTyping),
  search: lookUp("search", searchMessages),
  read: control("read", "member", noteRead),
  seen: control("seen", "member", (peer, { id }) => peer.mail.see(id)),
  redeem: control("redeem", "member", redeemAsPeer),
  hand: control("hand", "member", moveHand),
  people: teacher("people", listPeople),
  moderate: teacher("moderate", moderateAsPeer),
  steer: teacher("steer", steerQuiz),
  banks: teacher("banks", listBanks),
  collect: teacher("collect", collectAsPeer),
  push: teacher("push", stopPush),
};

/** By the header's code. */
const byCode: (Command | undefined)[] = v2HeaderNames.map((name) => commands[name]);

export function runPeerCommand(
  peer: Peer,
  header: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  const command = byCode[header];
  if (command === undefined) return peer.refuse("unknown", "This server knows no such header.");
  if (command.by === "member" && !peer.isMember)
    return peer.refuse("login-first", "Nothing else is possible before the login.");
  if (command.by === "newcomer" && peer.isMember)
    return peer.refuse("malformed", "You are logged in already.");
  command.run(peer, bytes, start, end);
}

/** @returns false where this tag was dealt with before; then it is acknowledged again */
export function takeTag(peer: Peer, tag: number): boolean {
  if (tag <= peer.lastTag) {
    peer.classroom.log.done(peer, tag);
    return false;
  }
  peer.lastTag = tag;
  return true;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The busiest of all: a room that keeps nothing costs no object and no string here. */
function say(peer: Peer, bytes: Uint8Array, start: number, end: number): void {
  const at = start + sayHeadBytes;
  const tag = end < at ? 0 : readUint32(bytes, start);
  if (tag === 0) return peer.refuse("malformed", "A say has a tag and a room before its text.");
  if (!takeTag(peer, tag)) return;
  if (peer.gag !== undefined) return refuseGagged(peer, peer.gag, tag);
  const place = peer.places.get(readUint32(bytes, start + 4));
  if (place === undefined) return peer.refuse("room", "You are not in this room.", { tag });
  if (end - at > maxTextBytes)
    return peer.refuse("too-long", `A message has at most ${maxTextBytes} bytes.`, { tag });
  if (!isPlain(bytes, at, end)) return peer.refuse("malformed", "A message is text in UTF-8.", { tag });
  if (place.room.keeps) keep(peer, place, bytes.slice(at, end), tag);
  else {
    const { log, ports, totals } = peer.classroom;
    totals.messages++;
    sayInRoom(peer.classroom, place, 0, ports.wallClock(), bytes, at, end, peer);
    log.done(peer, tag);
  }
}

/** It is dealt with all the same: a later acknowledgement covers it. */
function refuseGagged(peer: Peer, { code, text }: Refusal, tag: number): void {
  peer.classroom.counters.gagged++;
  peer.refuse(code, text, { tag });
}

function keep(peer: Peer, place: Place, bytes: Uint8Array, tag: number): void {
  const { log } = peer.classroom;
  if (!peer.mayKeep(bytes.length)) return peer.refuse("limit", overKeptSentence, { tag });
  log.toRoom(place, peer.name, decoder.decode(bytes), bytes, peer, tag);
  log.holdIfFull(peer.connection);
}

/** Whether it is UTF-8; short ASCII is told without a view of it. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at]! < 128) at++;
  return at === end || isUtf8(bytes.subarray(at, end));
}

function tell(peer: Peer, bytes: Uint8Array, start: number, end: number): void {
  const content = decodeTell(bytes, start, end);
  if (content === undefined)
    return peer.refuse("malformed", `A tell has a tag, a name, and at most ${maxTextBytes} bytes of text.`);
  const { tag, name, text } = content;
  if (!takeTag(peer, tag)) return;
  if (peer.gag !== undefined) return refuseGagged(peer, peer.gag, tag);
  const { classroom } = peer;
  const recipient = classroom.find(name)?.name ?? classroom.ports.accounts.nameOf(name);
  if (recipient === undefined) {
    const shown = name.length > 40 ? `${name.slice(0, 37)}...` : name;
    return peer.refuse("nobody", `There is no one named '${shown}'.`, { tag });
  }
  if (!peer.mayKeep(end - start)) return peer.refuse("limit", overKeptSentence, { tag });
  classroom.log.toPerson(peer.name, recipient, text, peer, tag);
  classroom.log.holdIfFull(peer.connection);
}

function ping(peer: Peer, bytes: Uint8Array, start: number, end: number): void {
  if (end - start > maxPingBytes) peer.refuse("malformed", `A ping has at most ${maxPingBytes} bytes.`);
  else peer.send(encodeFrame("pong", bytes.subarray(start, end)));
}
