/** Messages in memory, for tests. */
import { nameKey } from "../../classroom/accounts/person-name.ts";
import type { KeptMessage, KeptRoom, MessageStore } from "../../classroom/chat/message-store.ts";

export function memoryMessages(): MessageStore {
  const messages: KeptMessage[] = [];
  const tags = new Map<string, number>();
  const seen = new Map<string, number>();
  const reads = new Map<string, number>();
  const rooms: KeptRoom[] = [];
  let lastId = 0;
  return {
    lastId: () => lastId,
    append(more, newTags) {
      messages.push(...more);
      lastId = messages.at(-1)?.id ?? lastId;
      for (const [key, tag] of newTags) tags.set(key, tag);
      return Promise.resolve();
    },
    lastTag: (key) => tags.get(key) ?? 0,
    inRoom: (room, since, before, most, mostBytes) =>
      within(
        messages
          .filter((message) => message.room === room && message.id > since && message.id < before)
          .toReversed()
          .slice(0, most),
        mostBytes,
      ).toReversed(),
    toPerson: (key, since, most, mostBytes) =>
      within(
        messages
          .filter(({ room, recipient, id }) => room === 0 && id > since && nameKey(recipient) === key)
          .slice(0, most),
        mostBytes,
      ),
    seen: (key) => seen.get(key) ?? 0,
    setSeen: (key, id) => void seen.set(key, id),
    read: (key, room) => reads.get(`${room} ${key}`),
    setRead: (key, room, id) => void reads.set(`${room} ${key}`, id),
    countSince: (room, since, most) =>
      Math.min(most, messages.filter((message) => message.room === room && message.id > since).length),
    prune({ olderThanMs = 0, most }) {
      const removed = messages.slice(0, most).filter(({ timeMs }) => timeMs < olderThanMs).length;
      messages.splice(0, removed);
      return Promise.resolve({ removed, isMore: removed === most });
    },
    rooms: () => rooms,
    addRoom: (room) => void rooms.push(room),
    close: () => Promise.resolve(),
  };
}

function within(messages: KeptMessage[], mostBytes = Number.POSITIVE_INFINITY): KeptMessage[] {
  let bytes = 0;
  return messages.filter(({ text }, index) => (bytes += Buffer.byteLength(text)) <= mostBytes || index === 0);
}
