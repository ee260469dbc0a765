/** How a teacher's file to everybody went: who did not get it, and how many have it, each said once. */
import { showableLine } from "../../lib/showable.ts";
import type { Control } from "../protocol/v2/control.ts";
import type { Presenter } from "./presenter.ts";

/** Files whose end is remembered; the server tells of fewer. */
const maxRemembered = 100;

export class PushNews {
  #presenter: Presenter;
  /** Names of who was told of, by the number of the file; it comes again with every connection. */
  #told = new Map<number, Set<string>>();

  constructor(presenter: Presenter) {
    this.#presenter = presenter;
  }

  hear({ push, file = "", room = "", of = 0, done = 0, rows = [], over }: Control<"push">): void {
    const told = this.#toldOf(push);
    const shown = showableLine(file);
    for (const { name, state, text = "it was refused" } of rows) {
      if (state !== "failed" || told.has(name)) continue;
      told.add(name);
      this.#presenter.note(`File '${shown}' was not sent to ${showableLine(name)}: ${showableLine(text)}.`);
    }
    // No person has this name.
    if (over !== true || told.has("")) return;
    told.add("");
    this.#presenter.note(`File '${shown}' to everybody in ${showableLine(room)}: ${done} of ${of} have it.`);
  }

  #toldOf(push: number): Set<string> {
    let told = this.#told.get(push);
    if (told === undefined) this.#told.set(push, (told = new Set()));
    const [oldest] = this.#told.keys();
    if (this.#told.size > maxRemembered && oldest !== undefined) this.#told.delete(oldest);
    return told;
  }
}
