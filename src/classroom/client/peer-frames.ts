/** What the frames of a server mean to a stay, and how they are shown: in the words of the first protocol. */
import { counted } from "../../lib/counted.ts";
import { showable, showableLine } from "../../lib/showable.ts";
import { encodeFrame } from "../protocol/frame.ts";
import * as messages from "../protocol/messages.ts";
import { decodeControl, type Control, type ControlHeader } from "../protocol/v2/control.ts";
import { v2HeaderNames, type V2HeaderName } from "../protocol/v2/header.ts";
import { decodeAcks, decodePrivate, decodeRoomMessage, type RoomMessage } from "../protocol/v2/message.ts";
import { questionText, resultText } from "../protocol/v2/quiz-text.ts";
import { countText, handsText, peopleText } from "../protocol/v2/teaching-text.ts";
import { foundText } from "./found-text.ts";
import type { PeerFiles } from "./peer-files.ts";
import type { PeerSeat } from "./peer-seat.ts";

type Hear = (seat: PeerSeat, files: PeerFiles, bytes: Uint8Array, start: number, end: number) => void;

/** A frame that has not its shape is passed over: a later server may mean something by it. */
function control<H extends ControlHeader>(
  header: H,
  hear: (seat: PeerSeat, content: Control<H>, files: PeerFiles) => void,
): Hear {
  return (seat, files, bytes, start, end) => {
    const content = decodeControl(header, bytes, start, end);
    if (content !== undefined) hear(seat, content, files);
  };
}

const table: Partial<Record<V2HeaderName, Hear>> = {
  m(seat, _files, bytes, start, end) {
    const message = decodeRoomMessage(bytes, start, end);
    if (message !== undefined) hearMessage(seat, message);
  },
  old(seat, _files, bytes, start, end) {
    const message = decodeRoomMessage(bytes, start, end);
    if (message !== undefined) show(seat, message);
  },
  p(seat, _files, bytes, start, end) {
    const message = decodePrivate(bytes, start, end);
    if (message === undefined || !seat.memory.hearPrivately(message.id)) return;
    print(seat, "info", messages.privateText(message.from, message.text));
    seat.link?.send("seen", { id: message.id });
  },
  ack(seat, _files, bytes, start, end) {
    for (const { tag, id } of decodeAcks(bytes, start, end) ?? []) seat.acknowledged(tag, id);
  },
  chunk: (_stay, files, bytes, start, end) => files.downloads.chunk(bytes, start, end),
  credit: (_stay, files, bytes, start, end) => files.credit(bytes, start, end),
  name: control("name", (seat) => seat.login?.named()),
  seat: control("seat", (seat, given) => seat.seated(given)),
  joined: control("joined", (seat, joined) => seat.joined(joined)),
  part: control("part", (seat, { number }) => seat.parted(number)),
  rooms: control("rooms", (seat, { rooms }) => {
    for (const { room, members, keeps, unread } of rooms ?? []) {
      const count = seat.isIn(room) ? seat.unread.of(room) : (unread ?? 0);
      const news = count === 0 ? "" : `, ${count} unread`;
      seat.presenter.note(
        `${showableLine(room)}: ${members} here${keeps ? "" : ", keeps no history"}${news}`,
      );
    }
  }),
  search: control("search", (seat, answer) => {
    seat.searches.answered(answer);
    seat.presenter.note(foundText(answer));
  }),
  presence: control("presence", (seat, { number, name, here }) => {
    const text = here ? messages.joined(name) : messages.left(name);
    print(seat, "info", inRoom(seat, number) + text);
  }),
  notice: control("notice", (seat, { text }) => print(seat, "info", messages.fromServer(text))),
  error: control("error", (seat, error) => seat.refused(error)),
  bye: control("bye", (seat, bye) => {
    seat.goodbye = bye;
    if (bye.code === "closing") print(seat, "info", messages.shuttingDown);
    else print(seat, "error", messages.fromServer(bye.text ?? "The server ends this connection."));
  }),
  mode: control("mode", (seat, { chat, files }) =>
    print(seat, "info", messages.fromServer(`Chat is ${onOff(chat)}, files are ${onOff(files)}.`)),
  ),
  offer: control("offer", (_stay, offer, files) => files.downloads.offered(offer)),
  collect: control("collect", (seat, collect) => seat.desk.collections.hear(collect)),
  receipt: control("receipt", (seat, { name, receipt }) => seat.desk.collections.hearReceipt(name, receipt)),
  accept: control("accept", (_stay, accept, files) => files.accepted(accept)),
  end: control("end", (_stay, end, files) => files.downloads.end(end)),
  received: control("received", (_stay, received, files) => files.received(received)),
  cancel: control("cancel", (_stay, cancel, files) => files.cancelled(cancel)),
  quiz: control("quiz", (seat, quiz) => seat.quiz.begin(quiz)),
  question: control("question", (seat, question) => {
    if (seat.quiz.show(question)) print(seat, "quiz_question", questionText(question));
    seat.tellKept(seat.quiz.hearAnswered(question));
  }),
  phase: control("phase", (seat, { phase, number, round, paused }) => {
    seat.phase = {
      phase,
      ...(number === undefined ? {} : { number }),
      ...(round === undefined ? {} : { round }),
    };
    const which = number === undefined ? "The quiz" : `Question ${number}`;
    if (paused === true) print(seat, "info", messages.fromServer("The quiz is paused."));
    else if (phase === "closed") print(seat, "info", messages.fromServer(`${which} is closed.`));
  }),
  result: control("result", (seat, result) => {
    if (result.number !== undefined) print(seat, "info", messages.fromServer(resultText(result)));
    if (result.text !== undefined) print(seat, "info", `${result.text}\n`);
    if (result.number === undefined && result.score !== undefined)
      print(seat, "info", messages.fromServer(`You have ${result.score} of ${result.of ?? "?"} points.`));
  }),
  role: control("role", (seat, { role }) => {
    seat.role = role;
    print(seat, "info", messages.fromServer(`You are a ${role} now.`));
  }),
  people: control("people", (seat, people) => tellNote(seat, peopleText(people))),
  done: control("done", (seat, { text }) => {
    if (text !== "") tellNote(seat, text);
  }),
  hand: control("hand", (seat, { up }) => seat.presenter.note(`Your hand is ${up ? "up" : "down"}.`)),
  hands: control("hands", (seat, hands) => {
    const isNews = hands.count > 0 || seat.hands.count > 0;
    seat.hands = hands;
    if (isNews) tellNote(seat, handsText(hands));
  }),
  push: control("push", (seat, push) => seat.desk.pushes.hear(push)),
  findings: control("findings", (seat, { questions, errors, warnings, more = 0 }) => {
    const rest = more === 0 ? [] : [`${counted(more, "more finding")}.`];
    const lines = [
      ...errors,
      ...warnings,
      ...rest,
      ...(errors.length > 0 ? [] : [counted(questions, "question")]),
    ];
    tellNote(seat, lines.join("\n"));
  }),
  banks: control("banks", (seat, { files = [] }) =>
    tellNote(seat, files.length === 0 ? "No files of questions are there." : files.join("\n")),
  ),
  count: control("count", (seat, count) => tellNote(seat, countText(count))),
  ping: (seat, _files, bytes, start, end) =>
    seat.link?.connection.send(encodeFrame("pong", bytes.slice(start, end))),
};

/** By the header's code. */
const byCode: (Hear | undefined)[] = v2HeaderNames.map((name) => table[name]);

export function hearFrame(
  seat: PeerSeat,
  files: PeerFiles,
  header: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  byCode[header]?.(seat, files, bytes, start, end);
}

function hearMessage(seat: PeerSeat, message: RoomMessage): void {
  const room = seat.roomName(message.room);
  if (room === undefined || !seat.memory.hear(room, message.id, message.sender === seat.name)) return;
  show(seat, message);
  seat.noteShown(room, message.id);
}

/** The operator speaks as `Server`, a name that nobody can have. */
function show(seat: PeerSeat, { room, sender, text }: RoomMessage): void {
  if (sender === "Server") print(seat, "info", inRoom(seat, room) + messages.fromServer(text));
  else print(seat, "msg", `${inRoom(seat, room)}${messages.groupPrefix(sender)}${text}\n`);
}

/** Which room it is, where it is not the one that everybody is in. */
function inRoom(seat: PeerSeat, number: number): string {
  const room = seat.roomName(number);
  const [first] = seat.memory.rooms.keys();
  return room === undefined || room === first ? "" : `[${room}] `;
}

function print(seat: PeerSeat, header: string, text: string): void {
  seat.presenter.tell({ kind: "frame", header, text });
}

/** What the server says, without a frame of the first protocol that would hold it. */
function tellNote(seat: PeerSeat, text: string): void {
  seat.presenter.note(showable(text));
}

function onOff(isOn: boolean): string {
  return isOn ? "on" : "off";
}
