/** Tells a message that is kept to those who hear it: in a room of both protocols, or one person. */
import type { KeptMessage } from "../../chat/message-store.ts";
import * as messages from "../../protocol/messages.ts";
import { v2HeaderBytes, v2HeaderCode } from "../../protocol/v2/header.ts";
import { writeRoomPlace } from "../../protocol/v2/message.ts";
import type { Classroom } from "../classroom.ts";
import type { Waiting } from "./message-log.ts";
import type { Peer } from "../peer/peer.ts";
import type { Place } from "./room.ts";

const mHeader = v2HeaderBytes[v2HeaderCode.m]!;
const msgHeader = new TextEncoder().encode("msg");
const encoder = new TextEncoder();

export function deliver(classroom: Classroom, { place, bytes, peer }: Waiting, message: KeptMessage): void {
  if (place === undefined) return deliverPrivately(classroom, message);
  if (place.room.peers.size === 0 && peer === undefined) return;
  const text = bytes ?? encoder.encode(message.text);
  sayInRoom(classroom, place, message.id, message.timeMs, text, 0, text.length, peer);
  if (peer !== undefined && place.room === classroom.rooms.main)
    classroom.ports.screen.line(screenLine(message.sender, message.text));
}

/** Writes one `m` to all of the second protocol in the room, and where a peer said it in the main room also to all of the first. */
export function sayInRoom(
  classroom: Classroom,
  { room, head }: Place,
  id: number,
  timeMs: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  peer: Peer | undefined,
): void {
  writeRoomPlace(head, id, timeMs);
  room.fanout.sendParts(mHeader, head, bytes, start, end, peer?.connection.queue);
  if (peer !== undefined && room === classroom.rooms.main && classroom.room.size > 0)
    classroom.room.sendLine(msgHeader, peer.groupPrefix, bytes, start, end);
}

/** What the operator sees of a message. Further lines are indented, so that nobody can write a line of the server's. */
export function screenLine(sender: string, text: string): string {
  return `Client ${sender}: ${text.trimEnd().replaceAll("\n", "\n  ")}`;
}

/** Who is not here gets it at the next login. */
function deliverPrivately(classroom: Classroom, message: KeptMessage): void {
  classroom.find(message.recipient)?.hear(message);
}

/** A private message as the first protocol knows it. */
export function privateInfo({ sender, text }: KeptMessage): string {
  return messages.privateText(sender, text);
}
