/** What the server's frames mean to the page. A frame that has not its shape, or is not known, is passed over. */
import { encodeFrame } from "../../src/classroom/protocol/frame.ts";
import { decodeControl, type Control, type ControlHeader } from "../../src/classroom/protocol/v2/control.ts";
import { decodeAcks, decodePrivate, decodeRoomMessage } from "../../src/classroom/protocol/v2/message.ts";
import type { Classroom } from "./classroom.ts";
import { shownHistory } from "./limits.ts";

type Hear = (classroom: Classroom, bytes: Uint8Array, start: number, end: number) => void;

function control<H extends ControlHeader>(
  header: H,
  hear: (classroom: Classroom, content: Control<H>) => void,
): Hear {
  return (classroom, bytes, start, end) => {
    const content = decodeControl(header, bytes, start, end);
    if (content !== undefined) hear(classroom, content);
  };
}

const table: Record<string, Hear> = {
  m(classroom, bytes, start, end) {
    const message = decodeRoomMessage(bytes, start, end);
    const conversation = message === undefined ? undefined : classroom.room(message.room);
    if (message === undefined || conversation === undefined) return;
    const isOwn = message.sender === classroom.name;
    if (classroom.memory.hear(conversation.name, message.id, isOwn)) classroom.hear(conversation, message);
    else if (isOwn) classroom.hearOwn(conversation, message);
  },
  old(classroom, bytes, start, end) {
    const message = decodeRoomMessage(bytes, start, end);
    if (message !== undefined) classroom.past.hear(message);
  },
  p(classroom, bytes, start, end) {
    const message = decodePrivate(bytes, start, end);
    if (message === undefined || !classroom.memory.hearPrivately(message.id)) return;
    const { id, timeMs, from: sender, text } = message;
    classroom.hear(classroom.conversation("person", sender), { id, timeMs, sender, text });
  },
  ack(classroom, bytes, start, end) {
    for (const { tag, id } of decodeAcks(bytes, start, end) ?? []) classroom.requests.acknowledged(tag, id);
  },
  ping: (classroom, bytes, start, end) =>
    classroom.link?.sendFrame(encodeFrame("pong", bytes.slice(start, end))),
  part: control("part", (classroom, { number }) => {
    const conversation = classroom.room(number);
    if (conversation !== undefined) classroom.forget(conversation);
  }),
  rooms: control("rooms", (classroom, { rooms }) => {
    classroom.rooms = rooms ?? [];
    classroom.changes.tell("rooms");
  }),
  history: control("history", (classroom, end) => classroom.past.end(end)),
  search: control("search", (classroom, answer) => {
    classroom.past.search.answered(answer);
    classroom.changes.tell("search");
  }),
  presence: control("presence", (classroom, { number, name, here }) => {
    const conversation = classroom.room(number);
    if (here) conversation?.members.add(name);
    else conversation?.members.delete(name);
    conversation?.typing.delete(name);
    classroom.askPeople();
    classroom.changes.tell("people");
    classroom.changes.tell("typing");
  }),
  typing: control("typing", (classroom, { number, name }) => {
    if (name === undefined) return;
    classroom.room(number)?.typing.set(name, performance.now());
    classroom.changes.tell("typing");
  }),
  notice: control("notice", (classroom, { text }) => {
    const main = classroom.conversation("room", classroom.mainRoom);
    classroom.hear(main, { id: 0, timeMs: Date.now(), sender: "", text });
  }),
  mode: control("mode", (classroom, mode) => {
    classroom.mode = mode;
    classroom.changes.tell("mode");
  }),
  error: control("error", (classroom, { text, tag, ask, transfer }) => {
    if (ask !== undefined && classroom.past.refused(ask, text)) return;
    if (tag !== undefined && classroom.requests.refused(tag, text)) return;
    if (transfer === undefined) classroom.note(text);
  }),
  role: control("role", (classroom, { role }) => {
    classroom.setRole(role);
    classroom.note(role === "teacher" ? "You are a teacher now." : "You are a student now.");
  }),
  people: control("people", (classroom, people) => {
    classroom.teach.hearPeople(people);
    classroom.changes.tell("teach");
  }),
  hand: control("hand", (classroom, { up }) => {
    classroom.teach.isHandUp = up;
    classroom.changes.tell("people");
  }),
  hands: control("hands", (classroom, hands) => {
    classroom.teach.hands = hands;
    classroom.changes.tell("teach");
  }),
  banks: control("banks", (classroom, { files }) => {
    classroom.teach.banks = files ?? [];
    classroom.changes.tell("teach");
  }),
  done: control("done", (classroom, { text }) => {
    classroom.teach.hearDone(text);
    classroom.changes.tell("teach");
    classroom.askPeople();
  }),
  count: control("count", (classroom, count) => {
    classroom.teach.hearCount(count);
    classroom.changes.tell("teach");
  }),
  offer: control("offer", (classroom, offer) => classroom.downloads.offered(offer)),
  chunk: (classroom, bytes, start, end) => classroom.downloads.chunk(bytes, start, end),
  end: control("end", (classroom, end) => classroom.downloads.end(end)),
  accept: control("accept", (classroom, accept) => classroom.uploads.accepted(accept)),
  credit: (classroom, bytes, start, end) => classroom.uploads.credit(bytes, start, end),
  collect: control("collect", (classroom, collect) => {
    const news = classroom.collections.hear(collect);
    if (news !== undefined && !classroom.isTeacher) classroom.note(news);
    classroom.changes.tell("files");
  }),
  receipt: control("receipt", (classroom, receipt) => {
    classroom.collections.hearReceipt(receipt);
    classroom.note(`'${receipt.name}' is handed in: ${receipt.receipt.file}.`);
    classroom.changes.tell("files");
  }),
  handins: control("handins", (classroom, handins) => {
    classroom.handins.hear(handins);
    classroom.changes.tell("teach");
  }),
  findings: control("findings", (classroom, findings) => classroom.uploads.found(findings)),
  push: control("push", (classroom, push) => {
    classroom.pushes.hear(push);
    classroom.changes.tell("files");
  }),
  received: control("received", (classroom, received) => classroom.uploads.received(received)),
  cancel: control("cancel", (classroom, cancel) => {
    classroom.uploads.cancelled(cancel);
    classroom.downloads.cancelled(cancel);
  }),
  quiz: control("quiz", (classroom, quiz) => {
    classroom.quiz.begin(quiz);
    classroom.changes.tell("quiz");
  }),
  question: control("question", (classroom, question) => {
    classroom.quiz.ask(question, performance.now());
    classroom.changes.tell("quiz");
  }),
  phase: control("phase", (classroom, phase) => {
    classroom.quiz.enter(phase, performance.now());
    classroom.changes.tell("quiz");
  }),
  result: control("result", (classroom, result) => {
    classroom.quiz.tell(result);
    classroom.changes.tell("quiz");
  }),
};

export function hearFrame(
  classroom: Classroom,
  header: string,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  if (Object.hasOwn(table, header)) table[header]?.(classroom, bytes, start, end);
}

/** A room is joined over the present connection: what was missed follows. */
export function hearJoined(classroom: Classroom, joined: Control<"joined">): void {
  const { room, number, members, missed, keeps, skipped } = joined;
  const conversation = classroom.conversation("room", room);
  const isNew = !classroom.memory.rooms.has(room);
  if (isNew) classroom.memory.rooms.set(room, undefined);
  conversation.number = number;
  conversation.members.clear();
  for (const name of members) conversation.members.add(name);
  conversation.welcome(joined);
  if (conversation.messages.length === 0) conversation.mayHaveOlder = keeps && missed === shownHistory;
  if (skipped) classroom.note(`More was said in ${room} than is shown here.`);
  if (isNew || classroom.current === undefined) classroom.open(conversation);
  classroom.changes.tell("people");
  classroom.changes.tell("rooms");
}
