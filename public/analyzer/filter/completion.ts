/**
 * What may stand at the caret of a display filter. It follows the filter's words only as far as that takes:
 * whether a term, a value of a field or a joining word comes next. Pure.
 */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";

type FilterField = Answers["/api/fields"][number];

/** Proposals at once. */
export const maxProposals = 10;

export interface Proposal {
  text: string;
  help: string;
}

/** `proposals` take the place of the text from `start` to `end`. */
export interface Completion {
  start: number;
  end: number;
  proposals: Proposal[];
}

/** What comes next: a term, a value of `field`, or `and` and `or`. */
type Expected = { kind: "term" } | { kind: "value"; field: FilterField; inSet: boolean } | { kind: "join" };

const term: Expected = { kind: "term" };
const join: Expected = { kind: "join" };
const wordEnd = /[\p{L}\p{N}_.:/%-]+$/u;
const wordStart = /^[\p{L}\p{N}_.:/%-]+/u;
const tokens = /[\p{L}\p{N}_.:/%-]+|==|!=|<=|>=|&&|\|\||\S/gu;

/** @param addresses that are worth proposing, the most important first */
export function completionAt(
  text: string,
  caret: number,
  fields: readonly FilterField[],
  addresses: readonly string[],
): Completion {
  const typed = wordEnd.exec(text.slice(0, caret))?.[0] ?? "";
  const start = caret - typed.length;
  const end = caret + (wordStart.exec(text.slice(caret))?.[0].length ?? 0);
  const expected = expectedAfter(text.slice(0, start), fields);
  return { start, end, proposals: matching(proposalsOf(expected, fields, addresses), typed) };
}

/** The text with a proposal in place, a blank behind it, and the caret behind that. */
export function applyProposal(
  text: string,
  { start, end }: Completion,
  proposal: Proposal,
): { text: string; caret: number } {
  const before = `${text.slice(0, start)}${proposal.text} `;
  return { text: before + text.slice(end).trimStart(), caret: before.length };
}

function expectedAfter(before: string, fields: readonly FilterField[]): Expected {
  let expected = term;
  for (const [token] of before.matchAll(tokens))
    expected = nextExpected(expected, token.toLowerCase(), fields);
  return expected;
}

function nextExpected(expected: Expected, token: string, fields: readonly FilterField[]): Expected {
  if (["and", "or", "&&", "||", "not", "!", "("].includes(token)) return term;
  if (token === ")" || token === "}") return join;
  if (expected.kind === "value") {
    if (token === "in" || token === "{") return { ...expected, inSet: true };
    return expected.inSet || !/[\p{L}\p{N}]/u.test(token) ? expected : join;
  }
  const field = fields.find(({ name }) => name === token);
  return field === undefined || field.takes === "nothing" ? join : { kind: "value", field, inSet: false };
}

function proposalsOf(
  expected: Expected,
  fields: readonly FilterField[],
  addresses: readonly string[],
): Proposal[] {
  if (expected.kind === "term")
    return [
      ...shorterFirst(fields).map(({ name, help }) => ({ text: name, help })),
      { text: "not", help: "where the next term does not hold" },
    ];
  if (expected.kind === "join")
    return [
      { text: "and", help: "where both hold" },
      { text: "or", help: "where one of them holds" },
    ];
  const { values, takes } = expected.field;
  if (takes === "address") return addresses.map((text) => ({ text, help: "seen in this capture" }));
  return (values ?? []).map((text) => ({ text, help: "" }));
}

/** Those that begin with what was typed, then those that hold it; not what stands there in full already. */
function matching(proposals: readonly Proposal[], typed: string): Proposal[] {
  const wanted = typed.toLowerCase();
  const isLonger = proposals.filter(({ text }) => text.length > wanted.length);
  const begin = isLonger.filter(({ text }) => text.toLowerCase().startsWith(wanted));
  const hold = isLonger.filter(({ text }) => text.toLowerCase().indexOf(wanted) > 0);
  return [...begin, ...hold].slice(0, maxProposals);
}

/** Names of which a longer one is made, such as that of its port, come before it. */
function shorterFirst(fields: readonly FilterField[]): FilterField[] {
  const bare = fields.filter(({ name }) => fields.some((other) => other.name.startsWith(`${name}.`)));
  return fields.flatMap((field) => {
    if (bare.includes(field)) return [];
    const stem = bare.find(({ name }) => field.name.startsWith(`${name}.`));
    const isFirst =
      stem !== undefined && fields.find(({ name }) => name.startsWith(`${stem.name}.`)) === field;
    return isFirst ? [stem, field] : [field];
  });
}
