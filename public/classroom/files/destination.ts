/** Where a file goes that this person sends, and how an offer says so (PROTOCOL.md §10 and §15). */
import type { Control } from "../../../src/classroom/protocol/v2/control.ts";

type Offer = Control<"offer">;

export type Destination =
  | { readonly kind: "server" }
  | { readonly kind: "person"; readonly name: string }
  /** What a teacher asks every student for. */
  | { readonly kind: "collection"; readonly number: number; readonly name: string }
  /** The files of questions that quizzes are started of; `answers` is the second file of the first pcs. */
  | { readonly kind: "bank"; readonly replaces: boolean; readonly answers: Offer["answers"] };

export function offerTo(to: Destination): Partial<Offer> {
  switch (to.kind) {
    case "server":
      return {};
    case "person":
      return { to: to.name };
    case "collection":
      return { collect: to.number };
    default:
      return {
        bank: to.replaces ? "replace" : "new",
        ...(to.answers === undefined ? {} : { answers: to.answers }),
      };
  }
}
