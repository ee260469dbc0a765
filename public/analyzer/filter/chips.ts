/** What is filtered, a chip for each part, with what takes it away. Pure but for the text of moments. */
import type { SelectionQuery } from "../../../src/analyzer/dashboard/contract.ts";
import { formatMoment } from "../format.ts";

export interface Chip {
  label: string;
  value: string;
  /** The parts of the selection that go with it. */
  parts: readonly (keyof SelectionQuery)[];
}

const labels = {
  src: "source",
  dst: "destination",
  protocol: "protocol",
  port: "port",
  q: "filter",
} as const;

export function chipsOf(selection: Readonly<SelectionQuery>): Chip[] {
  const chips: Chip[] = [];
  for (const part of ["src", "dst", "protocol", "port", "q"] as const) {
    const value = selection[part];
    if (value !== undefined) chips.push({ label: labels[part], value, parts: [part] });
  }
  const { from, to } = selection;
  if (from !== undefined || to !== undefined)
    chips.push({ label: "time", value: spanText(from, to), parts: ["from", "to"] });
  return chips;
}

function spanText(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `before ${momentText(to!)}`;
  if (to === undefined) return `since ${momentText(from)}`;
  const [first, last] = [momentText(from), momentText(to)];
  // Of the same day, the day is told once.
  return last.startsWith(first.slice(0, 11)) ? `${first} to ${last.slice(11)}` : `${first} to ${last}`;
}

/** What is no number stands as it is, for the server's sentence to speak of. */
function momentText(seconds: string): string {
  const value = Number(seconds);
  if (Number.isNaN(value)) return seconds;
  const part = Number.isInteger(value) ? "" : (value % 1).toFixed(3).slice(1);
  return formatMoment(Math.floor(value)) + part;
}
