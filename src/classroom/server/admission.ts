/** Who may not come in although name and password belong together, and why. */
import { counted } from "../../lib/counted.ts";
import type { Ban } from "../accounts/moderation-store.ts";
import { nameKey } from "../accounts/person-name.ts";
import type { Connection } from "../net/connection.ts";
import type { Classroom } from "./classroom.ts";

/** A code for programs and a sentence for people. */
export interface Refusal {
  readonly code: string;
  readonly text: string;
}

/** @param name of an account, as it was registered */
export function refusalOf({ ports }: Classroom, name: string, connection: Connection): Refusal | undefined {
  const account = ports.accounts.find(name);
  if (account === undefined || account.isDisabled)
    return { code: "disabled", text: "This account is disabled; please ask your teacher." };
  const ban = currentBan(ports.moderation.ban(nameKey(name)), ports.wallClock());
  if (ban !== undefined) return { code: "banned", text: banSentence(ban, ports.wallClock()) };
  if (account.role === "teacher" && !isPrivate(connection))
    return {
      code: "secure",
      text: "A teacher can log in from another machine only with encryption: by pcs join without --legacy, or by https.",
    };
  return undefined;
}

/** Whether nobody on the network can read along. */
export function isPrivate({ isSecure, address }: Pick<Connection, "isSecure" | "address">): boolean {
  return isSecure || /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/i.test(address);
}

/** @returns undefined where it is over */
export function currentBan(ban: Ban | undefined, nowMs: number): Ban | undefined {
  return ban?.untilMs !== undefined && ban.untilMs <= nowMs ? undefined : ban;
}

export function banSentence({ untilMs, reason }: Ban, nowMs: number): string {
  const time =
    untilMs === undefined ? "" : ` for ${counted(Math.ceil((untilMs - nowMs) / 60_000), "more minute")}`;
  return `You are banned from this class${time}${because(reason)}`;
}

/** The end of a sentence, with the reason where there is one. */
export function because(reason: string | undefined): string {
  return reason === undefined || reason === "" ? "." : `: ${reason.replace(/\.$/, "")}.`;
}
