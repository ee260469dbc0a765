/** What the frames of a server mean to a stay, and how they are shown: in the words of the first protocol. */
import * as messages from "../protocol/messages.ts";
import { decodeControl, type Control, type ControlHeader } from "../protocol/v2/control.ts";
import { v2HeaderNames, type V2HeaderName } from "../protocol/v2/header.ts";
import { decodeAcks, decodePrivate, decodeRoomMessage, type RoomMessage } from "../protocol/v2/message.ts";
import type { PeerFiles } from "./peer-files.ts";
import type { PeerStay } from "./peer-stay.ts";

type Hear = (stay: PeerStay, files: PeerFiles, bytes: Uint8Array, start: number, end: number) => void;

/** A frame that has not its shape is passed over: a later server may mean something by it. */
function control<H extends ControlHeader>(
  header: H,
  hear: (stay: PeerStay, content: Control<H>, files: PeerFiles) => void,
): Hear {
  return (stay, files, bytes, start, end) => {
    const content = decodeControl(header, bytes, start, end);
    if (content !== undefined) hear(stay, content, files);
  };
}

const table: Partial<Record<V2HeaderName, Hear>> = {
  m(stay, _files, bytes, start, end) {
    const message = decodeRoomMessage(bytes, start, end);
    if (message !== undefined) hearMessage(stay, message);
  },
  old(stay, _files, bytes, start, end) {
    const message = decodeRoomMessage(bytes, start, end);
    if (message !== undefined) show(stay, message);
  },
  p(stay, _files, bytes, start, end) {
    const message = decodePrivate(bytes, start, end);
    if (message === undefined || !stay.memory.hearPrivately(message.id)) return;
    print(stay, "info", messages.privateText(message.from, message.text));
    stay.link?.send("seen", { id: message.id });
  },
  ack(stay, _files, bytes, start, end) {
    for (const { tag, id } of decodeAcks(bytes, start, end) ?? []) stay.acknowledged(tag, id);
  },
  chunk: (_stay, files, bytes, start, end) => files.chunk(bytes, start, end),
  credit: (_stay, files, bytes, start, end) => files.credit(bytes, start, end),
  name: control("name", (stay) => stay.login?.named()),
  seat: control("seat", (stay, seat) => stay.seated(seat)),
  joined: control("joined", (stay, joined) => stay.joined(joined)),
  part: control("part", (stay, { number }) => stay.parted(number)),
  rooms: control("rooms", (stay, { rooms }) => {
    for (const { room, members, keeps } of rooms ?? [])
      stay.presenter.note(`${room}: ${members} here${keeps ? "" : ", keeps no history"}`);
  }),
  presence: control("presence", (stay, { number, name, here }) => {
    const text = here ? messages.joined(name) : messages.left(name);
    print(stay, "info", inRoom(stay, number) + text);
  }),
  notice: control("notice", (stay, { text }) => print(stay, "info", messages.fromServer(text))),
  error: control("error", (stay, error) => stay.refused(error)),
  bye: control("bye", (stay, bye) => {
    stay.goodbye = bye;
    if (bye.code === "closing") print(stay, "info", messages.shuttingDown);
    else print(stay, "error", messages.fromServer(bye.text ?? "The server ends this connection."));
  }),
  mode: control("mode", (stay, { chat, files }) =>
    print(stay, "info", messages.fromServer(`Chat is ${onOff(chat)}, files are ${onOff(files)}.`)),
  ),
  offer: control("offer", (_stay, offer, files) => files.offered(offer)),
  accept: control("accept", (_stay, accept, files) => files.accepted(accept)),
  end: control("end", (_stay, end, files) => files.end(end)),
  received: control("received", (_stay, received, files) => files.received(received)),
  cancel: control("cancel", (_stay, cancel, files) => files.cancelled(cancel)),
  quiz: control("quiz", (stay, { quiz }) => {
    stay.isQuizNews = stay.quiz !== quiz;
    stay.quiz = quiz;
  }),
  question: control("question", (stay, { number, text, options }) => {
    if (stay.isQuizNews) print(stay, "quiz_question", messages.quizQuestion(number, text, options));
  }),
  result: control("result", (stay, { text }) => {
    if (text !== undefined) print(stay, "info", `${text}\n`);
  }),
};

/** By the header's code. */
const byCode: (Hear | undefined)[] = v2HeaderNames.map((name) => table[name]);

export function hearFrame(
  stay: PeerStay,
  files: PeerFiles,
  header: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  byCode[header]?.(stay, files, bytes, start, end);
}

function hearMessage(stay: PeerStay, message: RoomMessage): void {
  const room = stay.roomName(message.room);
  if (room !== undefined && stay.memory.hear(room, message.id, message.sender === stay.name))
    show(stay, message);
}

/** The operator speaks as `Server`, a name that nobody can have. */
function show(stay: PeerStay, { room, sender, text }: RoomMessage): void {
  if (sender === "Server") print(stay, "info", inRoom(stay, room) + messages.fromServer(text));
  else print(stay, "msg", `${inRoom(stay, room)}${messages.groupPrefix(sender)}${text}\n`);
}

/** Which room it is, where it is not the one that everybody is in. */
function inRoom(stay: PeerStay, number: number): string {
  const room = stay.roomName(number);
  const [first] = stay.memory.rooms.keys();
  return room === undefined || room === first ? "" : `[${room}] `;
}

function print(stay: PeerStay, header: string, text: string): void {
  stay.presenter.tell({ kind: "frame", header, text });
}

function onOff(isOn: boolean): string {
  return isOn ? "on" : "off";
}
