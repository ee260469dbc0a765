/**
 * A roster: CSV whose first row names the columns, then a person a row.
 *
 *      name,password,role,group
 *      Mary Ann,,,Group 1
 *      Mr. Smith,correct horse,teacher,
 *
 * Only `name` must be there. What is wrong anywhere makes nothing of it: half a class is worse than none.
 */
import type { Role } from "../classroom/accounts/account-store.ts";
import { maxPasswordBytes } from "../classroom/accounts/hash-gate.ts";
import { checkName, nameKey } from "../classroom/accounts/person-name.ts";
import { minPasswordBytes } from "../classroom/protocol/v2/limits.ts";
import { parseCsv, type CsvCell } from "../classroom/quiz/banks/csv-table.ts";
import { decodeSource, placeIn, type Place } from "../classroom/quiz/banks/source-text.ts";
import { maxGroupCharacters, maxRosterRows } from "./limits.ts";

export interface RosterRow {
  readonly name: string;
  /** undefined: a one-time code is made. */
  readonly password: string | undefined;
  readonly role: Role;
  readonly group: string;
}

/** Something that is wrong or doubtful, and where. */
export interface RosterFinding {
  readonly place: Place;
  readonly sentence: string;
}

export interface ParsedRoster {
  readonly rows: readonly RosterRow[];
  readonly errors: readonly RosterFinding[];
  readonly warnings: readonly RosterFinding[];
}

const columns = ["name", "password", "role", "group"] as const;
type Column = (typeof columns)[number];

const start: Place = { line: 1, column: 1 };

/** @param mayHaveTeachers whether a row may make a teacher */
export function parseRoster(bytes: Uint8Array, mayHaveTeachers: boolean): ParsedRoster {
  const decoded = decodeSource(bytes);
  if (!decoded.ok) return { rows: [], errors: [decoded], warnings: [] };
  const { text, warnings } = decoded.source;
  const table = parseCsv(text);
  const warned = warnings.map((sentence) => ({ place: start, sentence }));
  if (!table.ok) return { rows: [], errors: [table], warnings: warned };
  const [head = [], ...body] = table.rows;
  const reader = new RosterReader(text, mayHaveTeachers);
  reader.readHead(head);
  if (body.length === 0) reader.wrong(undefined, "there is nobody in it.");
  if (body.length > maxRosterRows)
    reader.wrong(body[maxRosterRows]?.[0], `a roster has at most ${maxRosterRows} people.`);
  if (reader.errors.length === 0) for (const row of body) reader.readRow(row);
  const { rows, errors } = reader;
  return { rows: errors.length === 0 ? rows : [], errors, warnings: [...warned, ...reader.warnings] };
}

class RosterReader {
  readonly rows: RosterRow[] = [];
  readonly errors: RosterFinding[] = [];
  readonly warnings: RosterFinding[] = [];
  readonly #text: string;
  readonly #mayHaveTeachers: boolean;
  #places = new Map<Column, number>();
  /** The line of each name, by its key. */
  #lines = new Map<string, number>();

  constructor(text: string, mayHaveTeachers: boolean) {
    this.#text = text;
    this.#mayHaveTeachers = mayHaveTeachers;
  }

  wrong(cell: CsvCell | undefined, sentence: string): void {
    this.errors.push({ place: this.#placeOf(cell), sentence });
  }

  readHead(head: readonly CsvCell[]): void {
    for (const [index, cell] of head.entries()) {
      const typed = cell.text.trim().toLowerCase();
      const column = columns.find((each) => each === typed);
      if (column === undefined)
        this.warnings.push({ place: this.#placeOf(cell), sentence: `the column '${typed}' is passed over.` });
      else if (this.#places.has(column)) this.wrong(cell, `there are two columns '${column}'.`);
      else this.#places.set(column, index);
    }
    if (!this.#places.has("name"))
      this.wrong(head[0], "the first row must name the columns: name, and as wanted password, role, group.");
  }

  readRow(row: readonly CsvCell[]): void {
    const cell = (column: Column): CsvCell | undefined => row[this.#places.get(column) ?? -1];
    const name = this.#nameIn(cell("name"), row[0]);
    const password = this.#passwordIn(cell("password"));
    const role = this.#roleIn(cell("role"));
    const group = this.#groupIn(cell("group"));
    if (name !== undefined) this.rows.push({ name, password, role, group });
  }

  #nameIn(cell: CsvCell | undefined, first: CsvCell | undefined): string | undefined {
    const check = checkName((cell?.text ?? "").trim());
    if (!check.ok) {
      this.wrong(cell ?? first, lowerFirst(check.reason));
      return undefined;
    }
    const key = nameKey(check.name);
    const before = this.#lines.get(key);
    if (before !== undefined) this.wrong(cell, `'${check.name}' stands in line ${before} already.`);
    else this.#lines.set(key, this.#placeOf(cell).line);
    return check.name;
  }

  #passwordIn(cell: CsvCell | undefined): string | undefined {
    const password = cell?.text ?? "";
    if (password.trim() === "") return undefined;
    const bytes = Buffer.byteLength(password);
    if (bytes < minPasswordBytes || bytes > maxPasswordBytes)
      this.wrong(cell, `a password has ${minPasswordBytes} to ${maxPasswordBytes} bytes.`);
    return password;
  }

  #roleIn(cell: CsvCell | undefined): Role {
    const role = (cell?.text ?? "").trim().toLowerCase();
    if (role === "" || role === "student") return "student";
    if (role !== "teacher") this.wrong(cell, `a role is student or teacher, and '${role}' is neither.`);
    else if (!this.#mayHaveTeachers) this.wrong(cell, "a roster makes teachers only with --allow-teachers.");
    return "teacher";
  }

  #groupIn(cell: CsvCell | undefined): string {
    const group = (cell?.text ?? "").trim().normalize("NFC");
    if ([...group].length > maxGroupCharacters)
      this.wrong(cell, `a group has at most ${maxGroupCharacters} characters.`);
    else if (/^[=+\-@]/.test(group))
      this.wrong(cell, "a group cannot begin with = + - @: a spreadsheet would take it for a formula.");
    else if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(group)) this.wrong(cell, "a group is one line of text.");
    return group;
  }

  #placeOf(cell: CsvCell | undefined): Place {
    return cell === undefined ? start : placeIn(this.#text, cell.offset);
  }
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
