/** Messages in memory, for tests. */
import { nameKey } from "../../classroom/accounts/person-name.ts";
import type { KeptMessage, KeptRoom, MessageStore } from "../../classroom/chat/message-store.ts";

export function memoryMessages(): MessageStore {
  const messages: KeptMessage[] = [];
  const tags = new Map<string, number>();
  const seen = new Map<string, number>();
  const rooms: KeptRoom[] = [];
  return {
    lastId: () => messages.at(-1)?.id ?? 0,
    append(more, newTags) {
      messages.push(...more);
      for (const [key, tag] of newTags) tags.set(key, tag);
      return Promise.resolve();
    },
    lastTag: (key) => tags.get(key) ?? 0,
    inRoom: (room, since, before, most) =>
      messages
        .filter((message) => message.room === room && message.id > since && message.id < before)
        .slice(most === 0 ? messages.length : -most),
    toPerson: (key, since, most) =>
      messages
        .filter(({ room, recipient, id }) => room === 0 && id > since && nameKey(recipient) === key)
        .slice(0, most),
    seen: (key) => seen.get(key) ?? 0,
    setSeen: (key, id) => void seen.set(key, id),
    rooms: () => rooms,
    addRoom: (room) => void rooms.push(room),
    close: () => Promise.resolve(),
  };
}
