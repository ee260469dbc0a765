/** Files that the teacher asks for: what is open, and the receipts of what was handed in. */
import { formatBytes } from "../../lib/format-amount.ts";
import { showableLine } from "../../lib/showable.ts";
import type { Control } from "../protocol/v2/control.ts";
import type { Presenter } from "./presenter.ts";

type Receipt = Control<"receipt">["receipt"];

export class Collections {
  #presenter: Presenter;
  /** Numbers by name, as they were told. */
  #open = new Map<string, number>();
  /** What was told: it comes again with every connection. */
  #told = new Set<string>();

  constructor(presenter: Presenter) {
    this.#presenter = presenter;
  }

  hear({ number, name, open, receipt }: Control<"collect">): void {
    if (number === undefined) return;
    const shown = showableLine(name);
    if (open !== true) {
      if (this.#open.delete(name)) this.#presenter.note(`'${shown}' is not collected any more.`);
      return;
    }
    this.#open.set(name, number);
    const news = `${number} ${receipt?.sha256 ?? ""}`;
    if (this.#told.has(news)) return;
    this.#told.add(news);
    if (receipt === undefined)
      this.#presenter.note(`You are asked for '${shown}': /handin ${quotedWhereNeeded(shown)} FILE`);
    else this.#presenter.note(`For '${shown}' you handed in ${receiptText(receipt)}`);
  }

  hearReceipt(name: string, receipt: Receipt): void {
    this.#told.add(`${this.#open.get(name)} ${receipt.sha256}`);
    this.#presenter.note(`Receipt for '${showableLine(name)}': ${receiptText(receipt)}`);
  }

  /** @returns the number of what is asked for under this name; undefined, and told, where nothing is */
  find(typed: string): number | undefined {
    for (const [name, number] of this.#open) if (name.toLowerCase() === typed.toLowerCase()) return number;
    const names = Array.from(this.#open.keys(), showableLine);
    this.#presenter.note(
      names.length === 0
        ? "Nothing is asked for."
        : `Nothing of this name is asked for, but: ${names.join(", ")}.`,
    );
    return undefined;
  }
}

function quotedWhereNeeded(name: string): string {
  return name.includes(" ") ? `"${name}"` : name;
}

function receiptText({ file, bytes, sha256, timeMs }: Receipt): string {
  const time = new Date(timeMs).toISOString().replace("T", " ").slice(0, 19);
  return `'${showableLine(file)}' (${formatBytes(bytes)}) at ${time} UTC, SHA-256 ${sha256}.`;
}
