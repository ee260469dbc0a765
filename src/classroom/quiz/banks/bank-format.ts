/** The formats of questions by name, and which of them a file is. */
import type { ParsedBank } from "./bank.ts";
import { formatAiken } from "./format-aiken.ts";
import { formatCsvBank } from "./format-csv-bank.ts";
import { formatGift } from "./format-gift.ts";
import { formatJsonBank, parseJsonBank } from "./json-bank.ts";
import { parseAiken } from "./parse-aiken.ts";
import { parseCsvBank } from "./parse-csv-bank.ts";
import { parseGift } from "./parse-gift.ts";
import type { BankQuestion } from "./question.ts";
import type { WrittenBank } from "./written-bank.ts";

export const bankFormats = ["gift", "aiken", "csv", "json"] as const;
export type BankFormat = (typeof bankFormats)[number];

const parsers: Record<BankFormat, (source: string) => ParsedBank> = {
  gift: parseGift,
  aiken: parseAiken,
  csv: parseCsvBank,
  json: parseJsonBank,
};

const writers: Record<BankFormat, (questions: readonly BankQuestion[]) => WrittenBank> = {
  gift: formatGift,
  aiken: formatAiken,
  csv: formatCsvBank,
  json: formatJsonBank,
};

/** @param source with `\n` at the end of lines */
export function parseBank(format: BankFormat, source: string): ParsedBank {
  return parsers[format](source);
}

export function formatBank(format: BankFormat, questions: readonly BankQuestion[]): WrittenBank {
  return writers[format](questions);
}

/** By the end of the file's name; `.txt` and others say nothing. */
export function formatOfName(name: string): BankFormat | undefined {
  const end = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  return bankFormats.find((format) => format === end);
}

/** Of a file whose name says nothing: Aiken has lines `ANSWER: X` of its own, and GIFT can be anything else. */
export function guessFormat(source: string): BankFormat {
  if (/^\s*\{\s*"/.test(source)) return "json";
  return /^[ \t]*ANSWER:[ \t]*[A-Z]/m.test(source) ? "aiken" : "gift";
}
