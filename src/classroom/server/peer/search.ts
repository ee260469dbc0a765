/** Search of what was said, for one person: in the rooms that this person is in, and in private messages of its own. */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import { nameKey } from "../../accounts/person-name.ts";
import type { KeptMessage } from "../../chat/message-store.ts";
import { parseSearch, type SearchTerm } from "../../chat/search-terms.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import { maxExcerptCharacters, maxFoundAtOnce } from "../limits.ts";
import type { Peer } from "./peer.ts";
import { closedHistory } from "./rooms.ts";

export function searchMessages(peer: Peer, asked: Control<"search">): void {
  const { ask, words, number } = asked;
  if (words === undefined) return peer.refuse("malformed", "A search has words.", { ask });
  const closed = closedHistory(peer);
  if (closed !== undefined) return peer.refuse(closed.code, closed.text, { ask });
  const parsed = parseSearch(words);
  if (!parsed.ok) return peer.refuse("search", parsed.reason, { ask });
  if (number !== undefined && !peer.places.has(number))
    return peer.refuse("room", "You are not in this room.", { ask });
  if (peer.classroom.searching.has(peer)) return peer.refuse("limit", "One search at a time.", { ask });
  peer.classroom.searching.add(peer);
  peer.classroom.background(search(peer, asked, parsed.terms));
}

async function search(
  peer: Peer,
  { ask, number, before = Number.MAX_SAFE_INTEGER, count = maxFoundAtOnce }: Control<"search">,
  terms: readonly SearchTerm[],
): Promise<void> {
  const { rooms, ports } = peer.classroom;
  try {
    const { found, isMore, isBehind } = await ports.search.search({
      terms,
      rooms: number === undefined ? [...peer.places.keys()] : [number],
      nameKey: number === undefined ? nameKey(peer.name) : undefined,
      before,
      most: Math.max(1, Math.min(count, maxFoundAtOnce)),
      excerptCharacters: maxExcerptCharacters,
    });
    peer.send(
      encodeControl("search", {
        ask,
        found: found.map((message) => shownFound(message, rooms.withNumber(message.room)?.name)),
        more: isMore,
        ...(isBehind ? { behind: true } : {}),
      }),
    );
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    ports.screen.line(asSentence(error.message));
    peer.refuse("fault", "The server cannot search now; please tell your teacher.", { ask });
  } finally {
    peer.classroom.searching.delete(peer);
  }
}

function shownFound(
  { id, timeMs, sender, recipient, room, text }: KeptMessage,
  roomName: string | undefined,
): NonNullable<Control<"search">["found"]>[number] {
  return {
    id,
    timeMs,
    from: sender,
    ...(room === 0 ? { to: recipient } : { room: roomName ?? "" }),
    text,
  };
}
