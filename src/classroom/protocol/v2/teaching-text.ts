/** What teachers are told, as text for a terminal: the same on the server's console and in a client. */
import type { Control } from "./control.ts";

/** `bob (Group 1, muted, v1 in clear)` */
export function personText(person: NonNullable<Control<"people">["people"]>[number]): string {
  const { name, role, muted, hand, via, secure, group } = person;
  const marks = [
    role === "teacher" ? role : "",
    group ?? "",
    muted ? "muted" : "",
    hand ? "raises a hand" : "",
    secure ? "" : `${via} in clear`,
  ].filter((mark) => mark !== "");
  return marks.length === 0 ? name : `${name} (${marks.join(", ")})`;
}

export function peopleText({ people = [], bans = [] }: Control<"people">): string {
  return [...people.map(personText), ...bans.map(({ name }) => `${name} (banned)`)].join("\n");
}

export function handsText({ hands, count }: Control<"hands">): string {
  if (count === 0) return "No hand is raised.";
  const more = count > hands.length ? ` and ${count - hands.length} more` : "";
  return `Hands: ${hands.map(({ name }) => name).join(", ")}${more}.`;
}

export function countText({ number, answered, of, chosen = [] }: Control<"count">): string {
  const options = chosen.map((count, place) => `${place + 1}: ${count}`);
  const choices = options.length === 0 ? "" : ` By option: ${options.join(", ")}.`;
  return `Question ${number}: ${answered} of ${of} answered.${choices}`;
}
