/**
 * The person's stay: connect, log in, and after a lost connection come back by itself to the same seat, with nothing
 * lost and nothing twice (PROTOCOL.md §8).
 *
 *      connecting --> joining --> in --lost--> away --token--> in
 *                        ^                       | the token is not known any more
 *                        '-----------------------'
 */
import { encodeFrame } from "../../src/classroom/protocol/frame.ts";
import { decodeControl, type Control } from "../../src/classroom/protocol/v2/control.ts";
import type { Classroom } from "./classroom.ts";
import { hearFrame, hearJoined } from "./frames.ts";
import { answerMs, askEveryMs, firstReconnectMs, longestReconnectMs } from "./limits.ts";
import { Link } from "./link.ts";
import { keepSeat, readSeat } from "./own-seat.ts";

export class Stay {
  #classroom: Classroom;
  #url: string;
  #link: Link | undefined;
  #waitMs = firstReconnectMs;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Rooms that are not joined yet over the present connection. */
  #toJoin = new Set<string>();
  #heardMs = 0;
  #isAsked = false;
  #role: Control<"seat">["role"] = "student";
  #kept: Control<"seat">["kept"];
  /** Whether this person was in before, on whichever connection. */
  #wasIn = false;

  constructor(classroom: Classroom, url: string) {
    this.#classroom = classroom;
    this.#url = url;
    classroom.memory.token = readSeat()?.token;
    setInterval(() => this.#check(), 1_000);
    // A phone that wakes up, or finds its network again, does not wait for the next try.
    // One that loses it does not wait until the next question is due.
    for (const [target, event] of [
      [window, "online"],
      [window, "offline"],
      [document, "visibilitychange"],
    ] as const)
      target.addEventListener(event, () => this.#hurry());
  }

  connect(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const link = new Link(this.#url, {
      ready: () => this.#ready(link),
      frame: (header, bytes, start, end) => this.#frame(header, bytes, start, end),
      closed: (refusal) => this.#closed(link, refusal),
    });
    this.#link = link;
    this.#heardMs = performance.now();
  }

  /** @param newPassword in place of a code that works once */
  logIn(name: string, password: string, create: boolean, newPassword: string | undefined): void {
    const wantsPassword = newPassword !== undefined;
    this.#classroom.setStage({ kind: "joining", problem: undefined, isBusy: true, wantsPassword });
    this.#link?.send("login", {
      name,
      password,
      ...(create ? { create } : {}),
      ...(newPassword === undefined ? {} : { newPassword }),
    });
  }

  /** The person leaves: the next one at this machine has to log in. */
  leave(): void {
    keepSeat(undefined);
    this.#classroom.reading.tell();
    this.#link?.send("bye", { code: "leaving" });
    this.#over("You left the classroom.");
  }

  /** After the end: with the seat as far as it is kept; without one from the beginning, and nothing is left of before. */
  comeBack(): void {
    if (readSeat() === undefined) return location.reload();
    this.#classroom.setStage({ kind: "connecting", problem: undefined });
    this.connect();
  }

  #ready(link: Link): void {
    const { memory } = this.#classroom;
    if (memory.token !== undefined) link.send("login", { token: memory.token });
    else
      this.#classroom.setStage({ kind: "joining", problem: undefined, isBusy: false, wantsPassword: false });
  }

  #frame(header: string, bytes: Uint8Array, start: number, end: number): void {
    this.#heardMs = performance.now();
    this.#isAsked = false;
    const { stage } = this.#classroom;
    switch (header) {
      case "seat":
        return this.#with(decodeControl("seat", bytes, start, end), (seat) => this.#seated(seat));
      case "joined":
        return this.#with(decodeControl("joined", bytes, start, end), (joined) => this.#joined(joined));
      case "bye":
        return this.#with(decodeControl("bye", bytes, start, end), (bye) => this.#bye(bye));
      case "error":
        if (this.#classroom.link !== undefined || stage.kind === "in") break;
        return this.#with(decodeControl("error", bytes, start, end), (error) => this.#refused(error));
    }
    hearFrame(this.#classroom, header, bytes, start, end);
  }

  #with<T>(content: T | undefined, hear: (content: T) => void): void {
    if (content !== undefined) hear(content);
  }

  #seated(seat: Control<"seat">): void {
    const classroom = this.#classroom;
    const { memory } = classroom;
    if (seat.token !== undefined) {
      memory.token = seat.token;
      keepSeat({ name: seat.name, token: seat.token });
    }
    // Somebody else at this machine must not see, or say, what was before.
    if (classroom.name !== "" && classroom.name !== seat.name) return location.reload();
    classroom.link = this.#link;
    classroom.collections.clear();
    classroom.handins.pause();
    classroom.name = seat.name;
    classroom.mainRoom = seat.room;
    if (memory.rooms.size === 0) memory.rooms.set(seat.room, undefined);
    memory.seen = Math.max(memory.seen, seat.seen);
    for (const each of classroom.conversations.values()) each.number = undefined;
    classroom.reading.begin(seat.seen);
    classroom.requests.resumed(seat.lastTag);
    this.#role = seat.role;
    this.#kept = seat.kept;
    this.#waitMs = firstReconnectMs;
    this.#toJoin = new Set(memory.rooms.keys());
    for (const room of memory.rooms.keys()) classroom.joinRoom(room);
  }

  #joined(joined: Control<"joined">): void {
    const classroom = this.#classroom;
    hearJoined(classroom, joined);
    if (!this.#toJoin.delete(joined.room) || this.#toJoin.size > 0) return;
    classroom.setStage({ kind: "in" });
    classroom.requests.sendAgain();
    classroom.setRole(this.#role);
    if (!this.#wasIn) this.#tellKept();
    this.#wasIn = true;
    classroom.uploads.goOn();
  }

  /** Whoever comes in is told how long it is kept what is said. */
  #tellKept(): void {
    const classroom = this.#classroom;
    const days = this.#kept?.days;
    const text =
      days === undefined
        ? "What is said here is kept on the server."
        : `What is said here is kept on the server for ${days} days.`;
    const main = classroom.conversation("room", classroom.mainRoom);
    classroom.hear(main, { id: 0, timeMs: Date.now(), sender: "", text });
  }

  /** Something is wrong with the login. */
  #refused({ code, text }: Control<"error">): void {
    if (code === "token") {
      this.#classroom.memory.token = undefined;
      keepSeat(undefined);
    }
    const { stage } = this.#classroom;
    // A new password that is refused is asked for again.
    const wantsPassword =
      code === "new-password" ||
      (code === "password-refused" && stage.kind === "joining" && stage.wantsPassword);
    this.#classroom.setStage({ kind: "joining", problem: text, isBusy: false, wantsPassword });
  }

  #bye({ code, text }: Control<"bye">): void {
    if (code === "kicked" || code === "banned" || code === "disabled") {
      // The token opens nothing any more.
      this.#classroom.memory.token = undefined;
      keepSeat(undefined);
    }
    if (code !== "closing" && code !== "idle" && code !== "slow")
      this.#over(text ?? "The server ended this connection.");
  }

  #over(text: string): void {
    this.#classroom.link = undefined;
    this.#classroom.setStage({ kind: "over", text });
    this.#link?.close();
  }

  #closed(link: Link, refusal: string | undefined): void {
    const classroom = this.#classroom;
    if (link !== this.#link) return;
    const wasIn = classroom.link !== undefined;
    classroom.link = undefined;
    classroom.uploads.pause();
    classroom.pushes.pause();
    classroom.downloads.pause();
    classroom.past.forget();
    if (classroom.stage.kind === "over") return;
    if (refusal !== undefined) return classroom.setStage({ kind: "over", text: refusal });
    if (wasIn || classroom.stage.kind === "away") classroom.setStage({ kind: "away" });
    else classroom.setStage({ kind: "connecting", problem: "The server does not answer." });
    this.#retry = setTimeout(() => this.connect(), this.#waitMs * (0.5 + Math.random()));
    this.#waitMs = Math.min(this.#waitMs * 2, longestReconnectMs);
  }

  /** Whether the server is still there: a network that is gone says nothing. */
  #check(): void {
    if (this.#classroom.link === undefined) return;
    const silentMs = performance.now() - this.#heardMs;
    if (silentMs > askEveryMs + answerMs) this.#link?.close();
    else if (silentMs > askEveryMs && !this.#isAsked) {
      this.#isAsked = true;
      this.#link?.sendFrame(encodeFrame("ping", "page"));
    }
  }

  #hurry(): void {
    if (document.visibilityState === "hidden") return;
    if (this.#retry !== undefined) {
      this.#waitMs = firstReconnectMs;
      this.connect();
    } else if (this.#classroom.link !== undefined) {
      // Whatever was heard last, the answer is due now.
      this.#heardMs = Math.min(this.#heardMs, performance.now() - askEveryMs - 1);
      this.#isAsked = false;
      this.#check();
    }
  }
}
