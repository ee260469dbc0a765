/** Where a file goes that this person sends, and how an offer says so (PROTOCOL.md §10 and §15). */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";

type Offer = Control<"offer">;

export type Destination =
  | { readonly kind: "server" }
  | { readonly kind: "person"; readonly name: string }
  /** A teacher's to all who are in this room. */
  | { readonly kind: "room"; readonly name: string }
  /** What a teacher asks every student for. */
  | { readonly kind: "collection"; readonly number: number; readonly name: string }
  /** The files of questions that quizzes are started of; `answers` is the second file of the first pcs. */
  | { readonly kind: "bank"; readonly replaces: boolean; readonly answers: Offer["answers"] };

/**
 * @param numberOf the number of a room on the present connection
 * @returns undefined where it cannot be offered now
 */
export function offerTo(
  to: Destination,
  numberOf: (room: string) => number | undefined,
): Partial<Offer> | undefined {
  switch (to.kind) {
    case "server":
      return {};
    case "person":
      return { to: to.name };
    case "room": {
      const number = numberOf(to.name);
      return number === undefined ? undefined : { number };
    }
    case "collection":
      return { collect: to.number };
    default:
      return {
        bank: to.replaces ? "replace" : "new",
        ...(to.answers === undefined ? {} : { answers: to.answers }),
      };
  }
}
