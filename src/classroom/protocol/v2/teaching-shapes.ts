/** The frames that teachers send and hear, and the two that everybody may: `redeem` and `hand` (PROTOCOL.md §15). */
import { maxControlBytes } from "./limits.ts";
import { flag, listOf, object, oneOf, optional, text, whole } from "./shape.ts";

const person = text(64);
const number = whole(0, 0xffffffff);
/** Milliseconds since 1970. */
const time = whole(0, Number.MAX_SAFE_INTEGER);

export const role = oneOf(["student", "teacher"]);

export const moderationWords = ["kick", "ban", "unban", "mute", "unmute", "exam"] as const;

export const steerWords = [
  "begin",
  "start",
  "close",
  "explain",
  "next",
  "again",
  "skip",
  "pause",
  "resume",
  "extend",
  "results",
  "leaderboard",
  "stop",
] as const;

export const quizPhases = ["lobby", "next", "question", "closed", "explanation", "finished"] as const;

export const teachingShapes = {
  redeem: object({ ask: number, code: text(64) }),
  role: object({ ask: optional(number), role }),
  people: object({
    ask: number,
    people: optional(
      listOf(
        object({
          name: person,
          role,
          muted: flag,
          hand: flag,
          via: text(16),
          secure: flag,
          group: optional(text(64)),
        }),
        1000,
      ),
    ),
    bans: optional(
      listOf(object({ name: person, untilMs: optional(time), text: optional(text(200)) }), 1000),
    ),
    more: optional(flag),
  }),
  moderate: object({
    ask: number,
    do: oneOf(moderationWords),
    name: optional(person),
    minutes: optional(whole(1, 5_256_000)),
    on: optional(flag),
    text: optional(text(200)),
  }),
  done: object({ ask: number, text: text(maxControlBytes) }),
  hand: object({ up: flag, name: optional(person) }),
  hands: object({ hands: listOf(object({ name: person, timeMs: time }), 1000), count: number }),
  steer: object({
    ask: number,
    do: oneOf(steerWords),
    file: optional(text(255)),
    words: optional(text(255)),
    seconds: optional(whole(1, 86_400)),
    seen: optional(object({ phase: oneOf(quizPhases), number: optional(number), round: optional(number) })),
  }),
  findings: object({
    transfer: number,
    questions: number,
    errors: listOf(text(1000), 100),
    warnings: listOf(text(1000), 100),
    more: optional(number),
  }),
  push: object({
    ask: optional(number),
    do: optional(oneOf(["stop"])),
    push: number,
    file: optional(text(255)),
    size: optional(time),
    room: optional(text(32)),
    of: optional(number),
    done: optional(number),
    failed: optional(number),
    rows: optional(
      listOf(
        object({
          name: person,
          state: oneOf(["waiting", "coming", "away", "done", "failed"]),
          bytes: time,
          text: optional(text(200)),
        }),
        1000,
      ),
    ),
    over: optional(flag),
  }),
  banks: object({ ask: number, files: optional(listOf(text(255), 1000)) }),
  count: object({
    quiz: number,
    number,
    round: number,
    answered: number,
    of: number,
    chosen: optional(listOf(number, 200)),
  }),
} as const;
