/**
 * Who may speak at present. Teachers always may; of students, those who are not muted, and nobody in exam mode.
 * Each member carries its own answer (`gag`), so that a message costs one look at it.
 *
 * What somebody may decide for others is in `moderate.ts`.
 */
import type { Role } from "../../accounts/account-store.ts";
import { nameKey } from "../../accounts/person-name.ts";
import { encodeFrame } from "../../protocol/frame.ts";
import * as messages from "../../protocol/messages.ts";
import { encodeControl } from "../../protocol/v2/control.ts";
import { refusalOf, type Refusal } from "../admission.ts";
import type { Classroom } from "../classroom.ts";
import { Hands } from "./hands.ts";
import type { Member } from "../member.ts";

const examGag: Refusal = {
  code: "mode",
  text: "Exam mode: chat and files are off until the teacher ends it.",
};
const resetRefusal: Refusal = {
  code: "disabled",
  text: "Your password was reset: please log in with the code that you were given.",
};
const mutedGag: Refusal = { code: "muted", text: "You are muted, so nobody heard this." };
export const mutedSentence = "You are muted: nobody hears what you write until the teacher takes it back.";

export class Moderation {
  readonly hands: Hands;
  #classroom: Classroom;
  #isExam: boolean;
  /** Keys of those who were here when exam mode began. */
  #known = new Set<string>();
  /** Names by their keys. */
  #muted: Map<string, string>;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
    const { moderation } = classroom.ports;
    // A restart in the middle of an exam changes nothing.
    this.#isExam = moderation.isExam();
    this.#muted = moderation.mutes();
    this.hands = new Hands(classroom);
  }

  get isExam(): boolean {
    return this.#isExam;
  }

  /**
   * Whether students hear nothing of this person before the exam is over: whoever comes in under a new name then would
   * say something by it.
   */
  hides({ role, name }: Member): boolean {
    return this.#isExam && role === "student" && !this.#known.has(nameKey(name));
  }

  isMuted(name: string): boolean {
    return this.#muted.has(nameKey(name));
  }

  /** Tells the operator what is still as it was before a restart. */
  goOn(): void {
    const { screen } = this.#classroom.ports;
    if (this.#isExam) screen.line("Exam mode is still on; /exam off ends it.");
    if (this.#muted.size > 0)
      screen.line(`Still muted: ${[...this.#muted.values()].slice(0, 20).join(", ")}.`);
  }

  /** Somebody takes a seat: what this person is and may do. */
  arrive(member: Member): void {
    const account = this.#classroom.ports.accounts.find(member.name);
    member.role = account?.role ?? "student";
    member.group = account?.group ?? "";
    member.gag = this.#gagOf(member);
    if (member.role === "teacher")
      this.#classroom.ports.audit.write({ by: member.name, did: "log-in", what: member.connection.address });
  }

  /** Tells somebody who has come in what is not as ever. */
  welcome(member: Member): void {
    if (this.#isExam) member.hearMode(false);
    if (this.isMuted(member.name)) member.inform(mutedSentence);
    if (member.role === "teacher" && "capabilities" in member && this.hands.size > 0)
      this.hands.tell(member as Parameters<Hands["tell"]>[0]);
  }

  /**
   * Why this person may not send a file.
   * @param to undefined for the server, which takes those of the muted too
   * @param isCollected whether a teacher has asked for it: an exam's work is handed in so
   */
  fileGag({ gag }: Member, to: string | undefined, isCollected: boolean): Refusal | undefined {
    return isCollected || (gag === mutedGag && to === undefined) ? undefined : gag;
  }

  /** @returns false where it is so already */
  setMuted(name: string, isMuted: boolean): boolean {
    const key = nameKey(name);
    if (this.#muted.has(key) === isMuted) return false;
    this.#classroom.ports.moderation.setMuted(key, name, isMuted);
    if (isMuted) this.#muted.set(key, name);
    else this.#muted.delete(key);
    const member = this.#classroom.find(name);
    if (member !== undefined) member.gag = this.#gagOf(member);
    return true;
  }

  /** @returns false where it is so already */
  setExam(isExam: boolean): boolean {
    if (isExam === this.#isExam) return false;
    this.#classroom.ports.moderation.setExam(isExam);
    const { room, rooms } = this.#classroom;
    const late = [...this.#classroom.members()].filter((member) => this.hides(member));
    this.#isExam = isExam;
    this.#known = new Set(Array.from(this.#classroom.members(), ({ name }) => nameKey(name)));
    for (const member of this.#classroom.members()) {
      member.gag = this.#gagOf(member);
      if (member.gag === examGag) member.stopSending(examGag);
    }
    room.send(encodeFrame("info", messages.fromServer(modeSentence(!isExam))));
    rooms.main.fanout.send(encodeControl("mode", { chat: !isExam, files: !isExam }));
    for (const member of late) this.#classroom.announceLate(member);
    return true;
  }

  setRole(member: Member, role: Role): void {
    if (member.role === role) return;
    member.role = role;
    if (role === "teacher") this.setMuted(member.name, false);
    member.gag = this.#gagOf(member);
    this.hands.lower(member.name);
  }

  /** Tells those who teach, but one of them. */
  tellTeachers(sentence: string, but: string | undefined): void {
    for (const member of this.#classroom.members())
      if (member.role === "teacher" && member.name !== but) member.inform(sentence);
  }

  /** Another process may have disabled somebody, or changed a role. */
  recheck(): void {
    const { ports } = this.#classroom;
    if (!ports.accounts.wereChangedElsewhere()) return;
    for (const member of this.#classroom.members()) {
      const account = ports.accounts.find(member.name);
      const refusal =
        account?.isOneTime === true
          ? resetRefusal
          : refusalOf(this.#classroom, member.name, member.connection);
      if (refusal !== undefined) member.eject(refusal.code, refusal.text);
      else {
        const role = account?.role ?? "student";
        if (role !== member.role) {
          this.setRole(member, role);
          member.hearRole();
        }
      }
    }
  }

  #gagOf({ role, name }: Member): Refusal | undefined {
    if (role === "teacher") return undefined;
    if (this.#isExam) return examGag;
    return this.isMuted(name) ? mutedGag : undefined;
  }
}

export function modeSentence(isOn: boolean): string {
  return isOn
    ? "Exam mode is over: chat and files are on again."
    : "Exam mode: chat and files are off, quizzes go on.";
}
