/**
 * The command table: what each header does, and who may send it. It is checked in one place; the handlers deal
 * with a frame that is allowed.
 */
import { isUtf8 } from "node:buffer";
import { headerCode, type HeaderName } from "../../protocol/header.ts";
import { maxPayloadBytes } from "../../protocol/limits.ts";
import * as messages from "../../protocol/messages.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import { answerQuiz } from "./answer-quiz.ts";
import { screenLine } from "../chat/deliver.ts";
import { overKeptSentence } from "../pace.ts";
import type { Session } from "./session.ts";
import { beginUpload } from "./upload.ts";

/** The payload of one frame. It is valid only until the handler returns. */
export interface Payload {
  bytes: Uint8Array;
  start: number;
  end: number;
}

interface Command {
  header: HeaderName;
  /** `newcomer`: only before the login; `member`: only after it. What is not allowed is told, or passed over. */
  by: "newcomer" | "member";
  run: (session: Session, payload: Payload) => void;
}

const commands: Command[] = [
  { header: "info", by: "newcomer", run: (session, payload) => session.login?.answer(textOf(payload)) },
  { header: "msg", by: "member", run: sendToGroup },
  { header: "to", by: "member", run: sendToOne },
  { header: "cmd", by: "member", run: runLine },
  { header: "file_transfer", by: "member", run: (session, payload) => beginUpload(session, textOf(payload)) },
  { header: "quiz_answer", by: "member", run: (session, payload) => answerQuiz(session, textOf(payload)) },
  // The first protocol lets a client send these two to no effect.
  { header: "info", by: "member", run: () => {} },
  { header: "quiz_question", by: "member", run: () => {} },
];

/** By the header's code, so that a frame is dispatched by two array reads. */
const byMember = tableFor("member");
const byNewcomer = tableFor("newcomer");

function tableFor(by: Command["by"]): (Command["run"] | undefined)[] {
  const table: (Command["run"] | undefined)[] = [];
  for (const command of commands) if (command.by === by) table[headerCode[command.header]] = command.run;
  return table;
}

const payload: Payload = { bytes: new Uint8Array(0), start: 0, end: 0 };
const msgHeader = new TextEncoder().encode("msg");

/** Runs what one frame asks for. Whatever a member sends, sense or not, counts against the rate. */
export function runCommand(
  session: Session,
  header: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  ascii: boolean,
): void {
  if (!session.connection.isOpen) return;
  const run = (session.isMember ? byMember : byNewcomer)[header];
  if (!session.isMember) session.countStranger();
  if (run === undefined || (!ascii && !isUtf8(bytes.subarray(start, end)))) {
    session.connection.send(encodeFrame("error", messages.invalidMessage));
  } else {
    payload.bytes = bytes;
    payload.start = start;
    payload.end = end;
    run(session, payload);
  }
  if (session.isMember && session.connection.isOpen) session.throttle(end - start);
}

const decoder = new TextDecoder();

function textOf({ bytes, start, end }: Payload): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** What the second protocol puts in front of a text is longer than `Client NAME: ` by less than this. */
const moreInV2Bytes = 16;

function sendToGroup(session: Session, { bytes, start, end }: Payload): void {
  const { classroom, groupPrefix } = session;
  if (isGagged(session)) return;
  if (groupPrefix.length + end - start + moreInV2Bytes > maxPayloadBytes)
    return session.refuse("This message is too long to be passed on.");
  if (!session.mayKeep(end - start)) return session.refuse(overKeptSentence);
  classroom.room.sendLine(msgHeader, groupPrefix, bytes, start, end, session.connection.queue);
  const text = decoder.decode(bytes.subarray(start, end));
  classroom.ports.screen.line(screenLine(session.name, text));
  classroom.log.toRoom(session.place, session.name, text, undefined, undefined, 0);
  classroom.log.holdIfFull(session.connection);
}

/** Tells who may not speak now why. */
function isGagged(session: Session): boolean {
  if (session.gag === undefined) return false;
  session.classroom.counters.gagged++;
  session.inform(session.gag.text);
  return true;
}

function sendToOne(session: Session, payload: Payload): void {
  if (isGagged(session)) return;
  const parsed = messages.parsePrivate(textOf(payload));
  if (parsed === undefined) return session.refuse("A private message needs a name: to:NAME:TEXT.");
  const name = parsed.name.trim();
  const { roster, peers, log } = session.classroom;
  const recipient = roster.find(name);
  const text = messages.privateText(session.name, parsed.text);
  if (Buffer.byteLength(text) > maxPrivateBytes) session.refuse("This message is too long to be passed on.");
  else if (recipient !== undefined) recipient.info(text);
  else if (peers.find(name) === undefined) session.refuse(`There is no client named '${shown(name)}' here.`);
  else if (!session.mayKeep(payload.end - payload.start)) session.refuse(overKeptSentence);
  else log.toPerson(session.name, name, parsed.text, undefined, 0);
  log.holdIfFull(session.connection);
}

/** Room is left for what the second protocol puts in front. */
const maxPrivateBytes = maxPayloadBytes - 512;

function runLine(session: Session, payload: Payload): void {
  const line = textOf(payload).trim();
  if (line === "disconnect") {
    session.leave();
    session.connection.close();
  } else session.refuse(`There is no command '${shown(line)}'; 'disconnect' is one.`);
}

/** What somebody sent, as part of a sentence to the same person. */
function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
