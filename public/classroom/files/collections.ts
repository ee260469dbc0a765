/** What the teacher asks of this person: what is open, and the receipts of what was handed in. */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";

export type Receipt = Control<"receipt">["receipt"];

export interface Collection {
  readonly number: number;
  readonly name: string;
  /** Of the latest file that was handed in. */
  receipt: Receipt | undefined;
}

export class Collections {
  readonly open = new Map<number, Collection>();
  /** Those that this person was told of, over whichever connection. */
  readonly #known = new Set<number>();

  /** Those that nothing was handed in for yet. */
  get dueCount(): number {
    return [...this.open.values()].filter(({ receipt }) => receipt === undefined).length;
  }

  /** @returns a sentence where something is asked that was not before */
  hear({ number, name, open, receipt }: Control<"collect">): string | undefined {
    if (number === undefined) return undefined;
    if (open !== true) {
      this.open.delete(number);
      return undefined;
    }
    const isNews = !this.#known.has(number) && receipt === undefined;
    this.#known.add(number);
    this.open.set(number, { number, name, receipt });
    return isNews ? `'${name}' is asked of you: hand it in under Files.` : undefined;
  }

  hearReceipt({ number, name, receipt }: Control<"receipt">): void {
    const collection = this.open.get(number);
    if (collection === undefined) this.open.set(number, { number, name, receipt });
    else collection.receipt = receipt;
  }

  /** Over another connection all that is open is told again. */
  clear(): void {
    this.open.clear();
  }
}
