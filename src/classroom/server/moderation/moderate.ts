/** What the operator and teachers may decide for others, each done or refused with one sentence. */
import { counted } from "../../../lib/counted.ts";
import { ExpectedError } from "../../../lib/errors.ts";
import { nameKey } from "../../accounts/person-name.ts";
import type { Control } from "../../protocol/v2/control.ts";
import { banSentence, because, currentBan, isPrivate } from "../admission.ts";
import type { Classroom } from "../classroom.ts";
import type { Member } from "../member.ts";
import { mutedSentence } from "./moderation.ts";

/** What is wished, as it comes over the wire. */
export type Wish = Omit<Control<"moderate">, "ask">;

/** Something is not done; the sentence is for whoever wished it. */
export class RefusedWish extends ExpectedError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Who wishes it: undefined is the operator, who may do everything but lose the last teacher. */
export type Wisher = string | undefined;

/**
 * Does what is wished, writes it down, and tells the operator and the other teachers.
 * @returns a sentence for whoever wished it
 * @throws RefusedWish, ExpectedError with one sentence; then nothing has changed
 */
export function moderate(classroom: Classroom, by: Wisher, wish: Wish): string {
  const { audit, screen } = classroom.ports;
  const { name, text, minutes, on } = wish;
  const done = wish.do === "exam" ? setExam(classroom, wish.on) : acts[wish.do](classroom, by, wish);
  const what = [
    minutes === undefined ? "" : `${minutes} min`,
    on === undefined ? "" : on ? "on" : "off",
    text ?? "",
  ];
  audit.write({
    by: by ?? "",
    did: wish.do,
    whom: name,
    what: what.filter((each) => each !== "").join(", ") || undefined,
  });
  if (by !== undefined) {
    screen.line(`${by}: ${done}`);
    classroom.moderation.tellTeachers(`${by}: ${done}`, by);
  } else classroom.moderation.tellTeachers(done, undefined);
  return done;
}

/** Makes somebody a teacher who has a code. @throws RefusedWish */
export function redeemCode(classroom: Classroom, member: Member, typed: string): void {
  const { ports, counters, moderation } = classroom;
  const { accounts, codes, throttle, audit, screen, now } = ports;
  const { name, connection } = member;
  if (member.role === "teacher") throw new RefusedWish("teacher", "you are a teacher already.");
  if (!isPrivate(connection))
    throw new RefusedWish(
      "secure",
      "a code is redeemed only with encryption: in pcs join without --legacy, or by https.",
    );
  const key = `${nameKey(name)} code`;
  const waitMs = throttle.ask(connection.address, key, now());
  if (waitMs > 0) {
    counters.throttledLogins++;
    const seconds = counted(Math.ceil(waitMs / 1_000), "second");
    throw new RefusedWish("busy", `too many codes were tried; please wait ${seconds}.`);
  }
  const use = codes.redeem(typed);
  if (use === "used-now") {
    throttle.succeeded(connection.address, key);
    accounts.setRole(name, "teacher");
    moderation.setRole(member, "teacher");
    audit.write({ by: name, did: "became-teacher" });
    screen.line(`${name} is a teacher now.`);
    moderation.tellTeachers(`${name} is a teacher now.`, name);
    return;
  }
  throttle.failed(connection.address, key, now());
  audit.write({ by: name, did: "wrong-code", what: use });
  throw new RefusedWish("code", codeSentences[use]);
}

const codeSentences = {
  unknown: "there is no such code; the server's console makes one: /teacher.",
  "used-before": "this code was used already, and works once; the server's console makes another: /teacher.",
  expired: "this code has run out; the server's console makes another: /teacher.",
};

type Act = (classroom: Classroom, by: Wisher, wish: Wish) => string;

const acts: Record<Exclude<Wish["do"], "exam">, Act> = {
  kick(classroom, by, wish) {
    const member = classroom.find(nameOf(wish));
    if (member === undefined)
      throw new RefusedWish("nobody", `there is no client named '${shown(nameOf(wish))}' here.`);
    spare(classroom, by, member.name, "kick");
    leave(classroom, member.name, "kicked", `You were removed from the class${because(reasonOf(wish))}`);
    return `${member.name} was removed from the class${because(reasonOf(wish))}`;
  },

  ban(classroom, by, wish) {
    const name = accountOf(classroom, wish);
    spare(classroom, by, name, "ban");
    const { moderation, wallClock } = classroom.ports;
    const { minutes } = wish;
    const untilMs = minutes === undefined ? undefined : wallClock() + minutes * 60_000;
    const ban = { name, untilMs, by: by ?? "", reason: reasonOf(wish) };
    moderation.putBan(nameKey(name), ban);
    leave(classroom, name, "banned", banSentence(ban, wallClock()));
    const time = minutes === undefined ? "" : ` for ${counted(minutes, "minute")}`;
    return `${name} is banned${time}${because(ban.reason)}`;
  },

  unban({ ports }, _by, wish) {
    const name = nameOf(wish);
    const ban = ports.moderation.ban(nameKey(name));
    if (ban === undefined || !ports.moderation.removeBan(nameKey(name)))
      throw new RefusedWish("nobody", `'${shown(name)}' is not banned.`);
    const isOver = currentBan(ban, ports.wallClock()) === undefined;
    return isOver ? `The ban of ${ban.name} was over already.` : `${ban.name} is not banned any more.`;
  },

  mute(classroom, _by, wish) {
    const name = accountOf(classroom, wish);
    if (classroom.ports.accounts.find(name)?.role === "teacher")
      throw new RefusedWish("teacher", `teachers may always speak, and ${name} is one.`);
    if (!classroom.moderation.setMuted(name, true))
      throw new RefusedWish("refused", `nothing has changed: ${name} is muted already.`);
    classroom.find(name)?.inform(mutedSentence);
    return `${name} is muted.`;
  },

  unmute(classroom, _by, wish) {
    const name = accountOf(classroom, wish);
    if (!classroom.moderation.setMuted(name, false))
      throw new RefusedWish("refused", `nothing has changed: ${name} is not muted.`);
    classroom.find(name)?.inform("You may speak again.");
    return `${name} may speak again.`;
  },
};

function setExam({ moderation }: Classroom, on: boolean | undefined): string {
  if (on === undefined) throw new RefusedWish("malformed", "exam mode is on or off.");
  if (!moderation.setExam(on)) throw new RefusedWish("refused", `exam mode is ${on ? "on" : "off"} already.`);
  return on ? "Exam mode is on: chat and files are off for students." : "Exam mode is off.";
}

/** Nobody removes himself, a teacher another one, or anybody the last one. */
function spare({ ports }: Classroom, by: Wisher, name: string, what: string): void {
  if (by !== undefined && nameKey(by) === nameKey(name))
    throw new RefusedWish("refused", `you cannot ${what} yourself.`);
  const account = ports.accounts.find(name);
  if (account?.role !== "teacher") return;
  if (by !== undefined)
    throw new RefusedWish("teacher", `only the server's console can ${what} a teacher, and ${name} is one.`);
  if (ports.accounts.teacherCount <= 1 && !account.isDisabled)
    throw new RefusedWish("refused", `make another teacher first (/teacher): ${name} is the last one.`);
}

/** Ends the connection; a token would bring the program back by itself. */
function leave(classroom: Classroom, name: string, code: string, text: string): void {
  classroom.find(name)?.eject(code, text);
  classroom.ports.tokens.revoke(name);
}

function nameOf({ do: word, name }: Wish): string {
  if (name === undefined || name.trim() === "") throw new RefusedWish("malformed", `say whom to ${word}.`);
  return name.trim();
}

/** @returns the name as it was registered */
function accountOf(classroom: Classroom, wish: Wish): string {
  const typed = nameOf(wish);
  const name = classroom.ports.accounts.nameOf(typed);
  if (name === undefined) throw new RefusedWish("nobody", `there is no one named '${shown(typed)}'.`);
  return name;
}

/** A reason stands in a line of its own. */
function reasonOf({ text }: Wish): string {
  return (text ?? "").replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}

function shown(name: string): string {
  return name.length > 40 ? `${name.slice(0, 37)}...` : name;
}
