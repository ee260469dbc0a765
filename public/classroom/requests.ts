/** What is asked for and must happen once: kept until the server has dealt with it, over however many connections. */
import type { Classroom } from "./classroom.ts";

/** What becomes of a request: the server has it on disk, or does not do it. */
interface Awaited {
  /**
   * The server has dealt with it on a connection before; what it said to it was lost. Where this is missing, `kept`
   * is told.
   */
  dealtWith?(): void;
  /** @param id of the message, as far as it was told */
  kept(id?: number): void;
  refused(text: string): void;
}

export class Requests {
  #classroom: Classroom;
  #awaited = new Map<number, Awaited>();

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  /** Asks now, or as soon as there is a connection again. @returns its tag */
  add(make: (tag: number) => Uint8Array | undefined, awaited: Awaited, isSay = false): number {
    const entry = this.#classroom.memory.add(make, isSay);
    this.#awaited.set(entry.tag, awaited);
    if (this.#classroom.stage.kind === "in") this.#send(entry);
    return entry.tag;
  }

  /** All that is not acknowledged, once more. */
  sendAgain(): void {
    for (const entry of this.#classroom.memory.resume(0)) this.#send(entry);
  }

  acknowledged(tag: number, id: number): void {
    this.#classroom.memory.acknowledge(tag, id);
    // Of several that one acknowledgement stands for it tells the id of the last.
    const last = this.#awaited.get(tag);
    for (const awaited of this.#take(tag)) awaited.kept(awaited === last && id > 0 ? id : undefined);
  }

  /** A new connection has the seat, and the server has dealt with all up to this tag. */
  resumed(lastTag: number): void {
    this.#classroom.memory.resume(lastTag);
    for (const awaited of this.#take(lastTag)) {
      if (awaited.dealtWith === undefined) awaited.kept();
      else awaited.dealtWith();
    }
  }

  /** @returns whether something of ours was meant */
  refused(tag: number, text: string): boolean {
    this.#classroom.memory.refuse(tag);
    const awaited = this.#awaited.get(tag);
    this.#awaited.delete(tag);
    awaited?.refused(text);
    return awaited !== undefined;
  }

  #take(upTo: number): Awaited[] {
    const taken: Awaited[] = [];
    for (const [tag, awaited] of this.#awaited) {
      if (tag > upTo) continue;
      this.#awaited.delete(tag);
      taken.push(awaited);
    }
    return taken;
  }

  #send(entry: { tag: number; frame: () => Uint8Array | undefined }): void {
    const frame = entry.frame();
    if (frame === undefined) this.refused(entry.tag, "That room is left, so this was not said.");
    else this.#classroom.link?.sendFrame(frame);
  }
}
