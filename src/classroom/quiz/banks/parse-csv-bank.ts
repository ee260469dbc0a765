/** Questions out of CSV; `bank-csv.ts` tells the columns. */
import { BankBuilder, type ParsedBank } from "./bank.ts";
import { commonColumns, numberedColumns, type CommonColumn, type NumberedColumn } from "./bank-csv.ts";
import { parseCsv, type CsvCell } from "./csv-table.ts";
import { maxColumns, maxParts } from "./limits.ts";
import { numberOf, parseNumberRange } from "./number-range.ts";
import { trimText } from "./plain-text.ts";
import { questionKinds, roundWeight, type BankQuestion, type NumericAnswer } from "./question.ts";
import { shownText } from "./shown-text.ts";
import { PlaceIndex, type Place } from "./source-text.ts";

/** @param source with `\n` at the end of lines */
export function parseCsvBank(source: string): ParsedBank {
  const builder = new BankBuilder();
  const table = parseCsv(source);
  if (!table.ok) {
    builder.fail(table.place, table.sentence);
    return builder.finish();
  }
  const places = new PlaceIndex(source);
  const [header, ...rows] = table.rows;
  const columns = header === undefined ? undefined : readHeader(header, places, builder);
  if (columns === undefined) return builder.finish();
  for (const row of rows) {
    if (builder.isFull) break;
    const reader = new RowReader(row, columns, places, builder);
    const question = readRow(reader);
    if (question !== undefined) builder.add(question, reader.place);
  }
  return builder.finish();
}

/** Names to numbers of columns. */
type Columns = ReadonlyMap<string, number>;

function readHeader(
  header: readonly CsvCell[],
  places: PlaceIndex,
  builder: BankBuilder,
): Columns | undefined {
  if (header.length > maxColumns)
    return builder.fail(
      places.at(header[0]!.offset),
      `${header.length} columns are too many; ${maxColumns} are allowed.`,
    );
  const columns = new Map<string, number>();
  for (const [index, cell] of header.entries()) {
    const name = cell.text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]/g, "");
    if (name === "") continue;
    const numbered = new RegExp(`^(?:${numberedColumns.join("|")})([1-9]\\d{0,2})$`).exec(name);
    const isKnown = (commonColumns as readonly string[]).includes(name);
    if (!isKnown && (numbered === null || Number(numbered[1]) > maxParts)) {
      builder.warn(
        places.at(cell.offset),
        `the column '${shownText(cell.text)}' is not known, and is left out.`,
      );
    } else if (columns.has(name)) {
      return builder.fail(places.at(cell.offset), `there is a second column '${name}'.`);
    } else columns.set(name, index);
  }
  if (!columns.has("question"))
    return builder.fail(
      places.at(header[0]!.offset),
      "the first row must hold names, and one of them 'question'.",
    );
  return columns;
}

/** The cells of one row by the names of their columns. */
class RowReader {
  readonly builder: BankBuilder;
  readonly #row: readonly CsvCell[];
  readonly #columns: Columns;
  readonly #places: PlaceIndex;

  constructor(row: readonly CsvCell[], columns: Columns, places: PlaceIndex, builder: BankBuilder) {
    this.#row = row;
    this.#columns = columns;
    this.#places = places;
    this.builder = builder;
  }

  get place(): Place {
    return this.#places.at(this.#row[0]!.offset);
  }

  #cell(name: string): CsvCell | undefined {
    const index = this.#columns.get(name);
    return index === undefined ? undefined : this.#row[index];
  }

  text(name: CommonColumn): string {
    return trimText(this.#cell(name)?.text ?? "");
  }

  numbered(name: NumberedColumn, number: number): string {
    return trimText(this.#cell(`${name}${number}`)?.text ?? "");
  }

  /** The numbers whose option or match says something. */
  numbers(): number[] {
    return Array.from({ length: maxParts }, (_, index) => index + 1).filter(
      (number) => this.numbered("option", number) !== "" || this.numbered("match", number) !== "",
    );
  }

  placeOf(name: string): Place {
    const cell = this.#cell(name);
    return cell === undefined ? this.place : this.#places.at(cell.offset);
  }

  fail(name: string, sentence: string): undefined {
    return this.builder.fail(this.placeOf(name), sentence);
  }

  /** A fraction; undefined where the cell is empty. */
  weight(number: number): number | undefined {
    const text = this.numbered("weight", number).replace(/\s*%$/, "");
    if (text === "") return undefined;
    const value = numberOf(text);
    if (value !== undefined && value >= -100 && value <= 100) return roundWeight(value / 100);
    return this.fail(
      `weight${number}`,
      `a weight goes from -100 to 100 per cent, and '${shownText(text)}' does not.`,
    );
  }
}

function readRow(row: RowReader): BankQuestion | undefined {
  const kind = row.text("type").toLowerCase() || (row.numbers().length > 0 ? "choice" : "essay");
  const common = {
    title: row.text("title"),
    category: row.text("category"),
    text: row.text("question"),
    feedback: row.text("feedback"),
    id: row.text("id"),
    tags: row
      .text("tags")
      .split("\n")
      .map(trimText)
      .filter((tag) => tag !== ""),
  };
  if (!(questionKinds as readonly string[]).includes(kind))
    return row.fail(
      "type",
      `there is no type '${shownText(kind)}'; it is one of ${questionKinds.join(", ")}.`,
    );
  switch (kind as BankQuestion["kind"]) {
    case "choice":
      return readChoice(row, common);
    case "true-false":
      return readTrueFalse(row, common);
    case "short": {
      const answers = row.numbers().map((number) => ({
        text: row.numbered("option", number),
        weight: row.weight(number) ?? 1,
        feedback: row.numbered("feedback", number),
      }));
      if (answers.length === 0) return row.fail("option1", "a short answer needs an answer.");
      return { kind: "short", ...common, answers };
    }
    case "numeric":
      return readNumeric(row, common);
    case "match":
      return readMatch(row, common);
    case "order": {
      const items = row.numbers().map((number) => row.numbered("option", number));
      const grading = row.text("grading").toLowerCase() || "next";
      if (grading !== "exact" && grading !== "position" && grading !== "next")
        return row.fail("grading", "the grading of an ordering is exact, position or next.");
      if (items.length < 2) return row.fail("option1", "ordering needs two items or more.");
      return { kind: "order", ...common, items, grading };
    }
    case "essay":
      return { kind: "essay", ...common };
    default:
      return { kind: "description", ...common };
  }
}

type Common = Pick<BankQuestion, "title" | "category" | "text" | "feedback" | "id" | "tags">;

function readChoice(row: RowReader, common: Common): BankQuestion | undefined {
  const numbers = row.numbers();
  if (numbers.length < 2) return row.fail("option1", "a choice needs two options or more.");
  const right = readCorrect(row, numbers);
  if (right === undefined) return undefined;
  const choose = row.text("choose").toLowerCase();
  if (choose !== "" && choose !== "one" && choose !== "many")
    return row.fail("choose", `'choose' is one or many, and not '${shownText(choose)}'.`);
  const weights = numbers.map((number) => row.weight(number));
  const single =
    choose === "one" ||
    (choose === "" && right.size < 2 && weights.every((weight) => weight === undefined || weight >= 0));
  const share = single ? 1 : roundWeight(1 / Math.max(1, right.size));
  const options = numbers.map((number, index) => ({
    text: row.numbered("option", number),
    weight: weights[index] ?? (right.has(number) ? share : 0),
    feedback: row.numbered("feedback", number),
  }));
  return { kind: "choice", ...common, single, options };
}

/** Letters or numbers, parted by anything else. */
function readCorrect(row: RowReader, numbers: readonly number[]): Set<number> | undefined {
  const words =
    row
      .text("correct")
      .toLowerCase()
      .match(/[a-z]+|\d+/g) ?? [];
  const right = new Set<number>();
  for (const word of words) {
    const number = /^\d/.test(word) ? Number(word) : word.length === 1 ? word.charCodeAt(0) - 96 : 0;
    if (!numbers.includes(number)) return row.fail("correct", `'${shownText(word)}' is none of the options.`);
    right.add(number);
  }
  return right;
}

function readTrueFalse(row: RowReader, common: Common): BankQuestion | undefined {
  const correct = row.text("correct").toLowerCase();
  if (!/^(?:t|f|true|false)$/.test(correct))
    return row.fail("correct", `'correct' is true or false, and not '${shownText(correct)}'.`);
  return {
    kind: "true-false",
    ...common,
    answer: correct.startsWith("t"),
    feedbackTrue: row.numbered("feedback", 1),
    feedbackFalse: row.numbered("feedback", 2),
  };
}

function readNumeric(row: RowReader, common: Common): BankQuestion | undefined {
  const answers: NumericAnswer[] = [];
  for (const number of row.numbers()) {
    const range = parseNumberRange(row.numbered("option", number));
    if (typeof range === "string") return row.fail(`option${number}`, range);
    answers.push({ range, weight: row.weight(number) ?? 1, feedback: row.numbered("feedback", number) });
  }
  if (answers.length === 0) return row.fail("option1", "a numeric question needs a number.");
  return { kind: "numeric", ...common, answers };
}

function readMatch(row: RowReader, common: Common): BankQuestion | undefined {
  const pairs: { prompt: string; answer: string }[] = [];
  const distractors: string[] = [];
  for (const number of row.numbers()) {
    const [prompt, answer] = [row.numbered("option", number), row.numbered("match", number)];
    if (answer === "") return row.fail(`option${number}`, `there is no match${number} for it.`);
    if (prompt === "") distractors.push(answer);
    else pairs.push({ prompt, answer });
  }
  if (pairs.length + distractors.length < 2 || pairs.length === 0)
    return row.fail("option1", "matching needs a pair and a second answer.");
  return { kind: "match", ...common, pairs, distractors };
}
