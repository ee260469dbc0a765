/** What a person of the second protocol does with rooms. */
import { nameKey } from "../../accounts/person-name.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { maxHistoryMessages } from "../../protocol/v2/limits.ts";
import { encodeRoomMessage } from "../../protocol/v2/message.ts";
import type { KeptMessage } from "../../chat/message-store.ts";
import { maxHistoryBytes, maxMembersListed, maxRoomsOfPerson, maxUnreadCounted } from "../limits.ts";
import type { Refusal } from "../admission.ts";
import { asManyAsFit } from "./as-many-as-fit.ts";
import type { Member } from "../member.ts";
import type { Peer } from "./peer.ts";
import { showRunningQuiz } from "./quiz.ts";
import type { Room } from "../chat/room.ts";

/**
 * Joins a room: its kept messages that were missed first, then what is new, with nothing between and nothing
 * twice. What still waits for the disk is new: it is told later, to who is in by then.
 */
export function joinRoom(peer: Peer, { ask, room: name, since, history, keep }: Control<"join">): void {
  const { classroom } = peer;
  const room = openRoom(peer, name, keep ?? true, ask);
  if (room === undefined) return;
  peer.enterRoom(room);
  const { queue } = peer.connection;
  room.fanout.leave(queue);
  const asked = closedHistory(peer) === undefined ? (history ?? 0) : 0;
  const wanted = since === undefined ? asked : maxHistoryMessages;
  const missed =
    room.keeps && wanted > 0 ? readHistory(peer, room, since ?? 0, Number.MAX_SAFE_INTEGER, wanted) : [];
  const { members, memberCount } = listMembers(peer, room);
  peer.send(
    encodeControl("joined", {
      ask,
      room: room.name,
      number: room.number,
      keeps: room.keeps,
      members,
      memberCount,
      missed: missed.length,
      skipped: since !== undefined && hasMore(peer, room, since, missed),
      ...unreadIn(peer, room),
    }),
  );
  for (const message of missed) peer.send(encodeRoomMessage(message));
  room.fanout.join(queue);
  if (room !== classroom.rooms.main) return;
  classroom.moderation.welcome(peer);
  showRunningQuiz(peer);
  if (peer.capabilities.includes("quiz")) classroom.quizzes.arrive(peer);
}

export function partRoom(peer: Peer, { ask, number }: Control<"part">): void {
  const place = peer.places.get(number);
  if (place === undefined) return peer.refuse("room", "You are not in this room.", { ask });
  if (place.room === peer.classroom.rooms.main)
    return peer.refuse("room", "This room has everybody in it.", { ask });
  peer.leaveRoom(place.room);
  peer.send(encodeControl("part", { ask, number }));
}

export function listRooms(peer: Peer, { ask }: Control<"rooms">): void {
  const rooms: { room: string; members: number; keeps: boolean }[] = [];
  for (const room of peer.classroom.rooms) {
    if (rooms.length === maxMembersListed) break;
    const { unread } = unreadIn(peer, room);
    const marks = unread === undefined ? {} : { unread };
    rooms.push({ room: room.name, members: countMembers(peer, room), keeps: room.keeps, ...marks });
  }
  peer.send(encodeControl("rooms", { ask, rooms: asManyAsFit(rooms) }));
}

/** A person has read a room up to a message. */
export function noteRead(peer: Peer, { number, id }: Control<"read">): void {
  const place = peer.places.get(number);
  if (place === undefined) return peer.refuse("room", "You are not in this room.");
  const { log, ports } = peer.classroom;
  if (place.room.keeps) ports.messages.setRead(nameKey(peer.name), number, Math.min(id, log.toldId));
}

export function sendHistory(peer: Peer, { ask, number, before, count }: Control<"history">): void {
  const place = peer.places.get(number);
  if (place === undefined) return peer.refuse("room", "You are not in this room.", { ask });
  const closed = closedHistory(peer);
  if (closed !== undefined) return peer.refuse(closed.code, closed.text, { ask });
  const older = place.room.keeps && count > 0 ? readHistory(peer, place.room, 0, before, count) : [];
  for (const message of older) peer.send(encodeRoomMessage(message, "old"));
  peer.send(encodeControl("history", { ask, number, before, count: older.length }));
}

/** Why this person may not look up what was said before; what was missed comes all the same. */
export function closedHistory({ gag }: Peer): Refusal | undefined {
  return gag?.code === "mode" ? gag : undefined;
}

export function tellTyping(peer: Peer, { number }: Control<"typing">): void {
  const place = peer.places.get(number);
  if (place === undefined) return peer.refuse("room", "You are not in this room.");
  if (peer.gag !== undefined) return;
  place.room.fanout.sendNews(encodeControl("typing", { number, name: peer.name }), peer.connection.queue);
}

function openRoom(peer: Peer, name: string, keeps: boolean, ask: number): Room | undefined {
  const { classroom, gag } = peer;
  // The name of a new room is a message to all who list them.
  if (gag !== undefined && classroom.rooms.find(name) === undefined) {
    classroom.counters.gagged++;
    peer.refuse(gag.code, gag.text, { ask });
    return undefined;
  }
  if (peer.places.size >= maxRoomsOfPerson && classroom.rooms.find(name)?.peers.has(peer) !== true) {
    peer.refuse("limit", `One person is in at most ${maxRoomsOfPerson} rooms.`, { ask });
    return undefined;
  }
  const opened = classroom.rooms.open(name, keeps, peer.role === "student" ? nameKey(peer.name) : undefined);
  if (opened.ok) return opened.room;
  peer.refuse(opened.code, opened.text, { ask });
  return undefined;
}

/** How far this person has read a room, and how much is newer; nothing where that is not known. */
function unreadIn({ classroom, name }: Peer, room: Room): { read?: number; unread?: number } {
  const { messages } = classroom.ports;
  const read = room.keeps ? messages.read(nameKey(name), room.number) : undefined;
  if (read === undefined) return {};
  return { read, unread: messages.countSince(room.number, read, maxUnreadCounted) };
}

/** The latest within the bounds, as many of them as fit into what may be sent at once. */
function readHistory(peer: Peer, room: Room, since: number, before: number, most: number): KeptMessage[] {
  const { log, ports } = peer.classroom;
  // What is on disk and not told yet is told like everything that is new.
  return ports.messages.inRoom(room.number, since, Math.min(before, log.toldId + 1), most, maxHistoryBytes);
}

function hasMore(peer: Peer, room: Room, since: number, missed: readonly KeptMessage[]): boolean {
  const oldest = missed[0];
  if (oldest === undefined) return false;
  return peer.classroom.ports.messages.inRoom(room.number, since, oldest.id, 1).length > 0;
}

function countMembers(peer: Peer, room: Room): number {
  const { rooms, roster } = peer.classroom;
  return room.peers.size + (room === rooms.main ? roster.size : 0);
}

function listMembers(peer: Peer, room: Room): { members: string[]; memberCount: number } {
  const { rooms, roster, moderation } = peer.classroom;
  const members: string[] = [];
  const add = (all: Iterable<Member>): void => {
    for (const member of all) {
      if (members.length === maxMembersListed) return;
      if (member === peer || peer.role === "teacher" || !moderation.hides(member)) members.push(member.name);
    }
  };
  add(room.peers);
  if (room === rooms.main) add(roster);
  return { members: asManyAsFit(members), memberCount: countMembers(peer, room) };
}
