/**
 * Labels of a capture's packets, out of CSV with a header line: the columns `packet` (from 1), `label` (1 for
 * an attack, else 0) and, if there, `attack` (its name). Other columns are ignored, the order of the lines is
 * free, and a field may stand in double quotes (RFC 4180). Every packet up to the largest needs one line.
 */
import { ExpectedError } from "../../lib/errors.ts";
import { maxAttackNames } from "./limits.ts";

export interface Labels {
  /** Place `i` is packet `i + 1`: 0, or 1 + the place of its attack in `attackNames`. */
  readonly attack: Uint16Array;
  readonly attackNames: readonly string[];
}

/** An attack that the labels give no name. */
const unnamed = "attack";

/** @throws ExpectedError with one sentence where the labels are wrong in themselves */
export function parseLabels(text: string): Labels {
  const lines = lineReader(text);
  const header = lines.next();
  if (header === undefined) throw new ExpectedError("The labels are empty.");
  const names = splitFields(header).map((name) => name.trim().toLowerCase());
  const packetField = fieldNamed(names, "packet");
  const labelField = fieldNamed(names, "label");
  const attackField = names.indexOf("attack");

  const attackIds = new Map<string, number>();
  const numbers: number[] = [];
  const attacks: number[] = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line.trim() === "") continue;
    const fields = splitFields(line);
    const number = fields[packetField]?.trim() ?? "";
    const label = fields[labelField]?.trim() ?? "";
    if (!/^[1-9]\d{0,14}$/.test(number))
      throw new ExpectedError(`Line ${lines.line} of the labels has no packet number from 1 on.`);
    if (label !== "0" && label !== "1")
      throw new ExpectedError(`Line ${lines.line} of the labels has a label other than 0 and 1.`);
    numbers.push(Number(number));
    attacks.push(label === "0" ? 0 : attackId(attackIds, fields[attackField]?.trim() || unnamed));
  }
  return { attack: inOrder(numbers, attacks), attackNames: Array.from(attackIds.keys()) };
}

function fieldNamed(names: readonly string[], name: string): number {
  const place = names.indexOf(name);
  if (place < 0) throw new ExpectedError(`The labels have no column named "${name}" in their first line.`);
  return place;
}

function attackId(ids: Map<string, number>, name: string): number {
  let id = ids.get(name);
  if (id !== undefined) return id;
  if (ids.size === maxAttackNames)
    throw new ExpectedError(`The labels name more than ${maxAttackNames} different attacks.`);
  id = ids.size + 1;
  ids.set(name, id);
  return id;
}

function inOrder(numbers: readonly number[], attacks: readonly number[]): Uint16Array {
  const count = numbers.length;
  const inOrder = new Uint16Array(count);
  const isThere = new Uint8Array(count);
  numbers.forEach((number, i) => {
    if (number > count)
      throw new ExpectedError(`The labels have packet ${number}, but only ${count} packets.`);
    if (isThere[number - 1]) throw new ExpectedError(`The labels have packet ${number} twice.`);
    isThere[number - 1] = 1;
    inOrder[number - 1] = attacks[i]!;
  });
  return inOrder;
}

/** Lines without their ends, one at a time, as a text of millions of lines would double as an array. */
function lineReader(text: string): { next(): string | undefined; readonly line: number } {
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 0;
  return {
    next() {
      if (start >= text.length) return undefined;
      const found = text.indexOf("\n", start);
      const end = found < 0 ? text.length : found;
      const whole = text.slice(start, end);
      start = end + 1;
      line++;
      return whole.endsWith("\r") ? whole.slice(0, -1) : whole;
    },
    get line() {
      return line;
    },
  };
}

function splitFields(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const fields = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(fields, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}
