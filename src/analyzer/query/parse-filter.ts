/**
 * The display filter: text to a tree. `not` binds closest, then `and`, then `or`.
 *
 *     or    = and { ("or" | "||") and }
 *     and   = not { ("and" | "&&") not }
 *     not   = ("not" | "!") not | "(" or ")" | term
 *     term  = field [ comparison ] value | field "in" "{" value { "," value } "}" | name
 *
 * A field without a comparison is compared with `=`. Recursion is as deep as `maxFilterDepth`.
 */
import { maxFilterDepth, maxFilterLength, maxFilterTerms } from "../limits.ts";
import { fieldMeaning, filterFields, type FieldMeaning } from "./filter-fields.ts";
import { filterKey } from "./filter-key.ts";
import type { Comparison, Filter, FilterNode } from "./filter-node.ts";
import { FilterError, filterProblem, type FilterProblem } from "./filter-problem.ts";
import { filterTokens, type FilterToken } from "./filter-tokens.ts";
import { parseFieldValue } from "./field-value.ts";
import { nearestName } from "./nearest-name.ts";

const comparisons: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "==": "=",
  "!=": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/** Words that join terms, and so are no values. */
const joining = new Set(["and", "or", "not", "in"]);

/** Reads a display filter. Text without a term selects everything. Never throws. */
export function parseFilter(text: string): Filter | FilterProblem {
  if (text.length > maxFilterLength)
    return filterProblem(`A filter has at most ${maxFilterLength} characters, and this one ${text.length}.`, {
      start: maxFilterLength,
      end: text.length,
    });
  try {
    const node = new FilterParser(filterTokens(text)).parse();
    return { kind: "filter", node, key: filterKey(node) };
  } catch (error) {
    if (error instanceof FilterError) return error.problem;
    throw error;
  }
}

class FilterParser {
  private readonly tokens: FilterToken[];
  private place = 0;
  private depth = 0;
  private terms = 0;

  constructor(tokens: FilterToken[]) {
    this.tokens = tokens;
  }

  parse(): FilterNode {
    if (this.tokens.length === 1) return { kind: "all" };
    const node = this.parseOr();
    if (this.token.kind === "end") return node;
    if (this.token.text === ")") throw this.wrong("This parenthesis closes none that was opened.");
    throw this.wrong(`Between two terms stands 'and' or 'or': did you mean 'and ${this.token.text}'?`);
  }

  private parseOr(): FilterNode {
    const parts = [this.parseAnd()];
    while (this.takeWord("or", "||")) parts.push(this.parseAnd());
    return parts.length === 1 ? parts[0]! : { kind: "or", parts };
  }

  private parseAnd(): FilterNode {
    const parts = [this.parseNot()];
    while (this.takeWord("and", "&&")) parts.push(this.parseNot());
    return parts.length === 1 ? parts[0]! : { kind: "and", parts };
  }

  private parseNot(): FilterNode {
    const opening = this.token;
    const isNot = this.takeWord("not", "!");
    if (!isNot && opening.text !== "(") return this.parseTerm();
    if (++this.depth > maxFilterDepth)
      throw this.wrong(`Terms lie at most ${maxFilterDepth} deep in each other.`, opening);
    const node = isNot ? ({ kind: "not", part: this.parseNot() } as const) : this.parseGroup();
    this.depth--;
    return node;
  }

  private parseGroup(): FilterNode {
    const opening = this.next();
    const node = this.parseOr();
    if (this.token.text === ")") this.next();
    else if (this.token.kind === "end") throw this.wrong("This parenthesis is never closed.", opening);
    else throw this.wrong(`Between two terms stands 'and' or 'or': did you mean 'and ${this.token.text}'?`);
    return node;
  }

  private parseTerm(): FilterNode {
    const token = this.token;
    if (token.kind === "end") throw this.wrong("A term is missing at the end, such as 'dns' or 'port 443'.");
    const name = token.text.toLowerCase();
    if (token.kind === "sign" || joining.has(name))
      throw this.wrong(`A term is missing before '${token.text}', such as 'dns' or 'port 443'.`);
    const meaning = fieldMeaning(name);
    if (meaning === undefined) throw this.unknownField(token);
    this.next();
    if (meaning.kind !== "bare") return this.parseCompared(token, meaning);
    this.countTerm(token);
    const { token: following } = this;
    const isCompared = Object.hasOwn(comparisons, following.text) || /^\d/.test(following.text);
    if (!isCompared) return meaning.node;
    const hint = fieldMeaning(`${name}.port`) === undefined ? "" : `: did you mean '${name}.port'?`;
    throw this.wrong(`'${token.text}' is compared with nothing${hint === "" ? "." : hint}`, following);
  }

  private parseCompared(field: FilterToken, meaning: Exclude<FieldMeaning, { kind: "bare" }>): FilterNode {
    if (this.takeWord("in", "in")) return this.parseSet(field, meaning);
    const sign = this.token;
    const comparison = comparisons[sign.text];
    if (comparison !== undefined) this.next();
    return this.parseValue(field, meaning, comparison ?? "=", sign);
  }

  private parseSet(field: FilterToken, meaning: Exclude<FieldMeaning, { kind: "bare" }>): FilterNode {
    const opening = this.token;
    if (opening.text !== "{") throw this.wrong("Behind 'in' stands a list in braces, such as {80, 443}.");
    this.next();
    const parts = [this.parseValue(field, meaning, "=", field)];
    while (this.token.text !== "}") {
      if (this.token.kind === "end") throw this.wrong("This brace is never closed.", opening);
      if (this.token.text === ",") this.next();
      parts.push(this.parseValue(field, meaning, "=", field));
    }
    this.next();
    return parts.length === 1 ? parts[0]! : { kind: "or", parts };
  }

  /** @param sign where the comparison stands */
  private parseValue(
    field: FilterToken,
    meaning: Exclude<FieldMeaning, { kind: "bare" }>,
    comparison: Comparison,
    sign: FilterToken,
  ): FilterNode {
    const value = this.token;
    if (value.kind !== "word" || joining.has(value.text.toLowerCase())) {
      const { takes } = filterFields.find(({ name }) => fieldMeaning(name) === meaning)!;
      const at = value.kind === "end" ? field : value;
      throw this.wrong(`'${field.text}' needs ${examples[takes]} behind it.`, at);
    }
    this.countTerm(value);
    this.next();
    const node = parseFieldValue(meaning, comparison, value.text);
    if (node === "comparison") throw this.wrong(`'${field.text}' is compared with = or != only.`, sign);
    if (typeof node === "string") throw this.wrong(node, value);
    return node;
  }

  private countTerm(token: FilterToken): void {
    if (++this.terms > maxFilterTerms)
      throw this.wrong(`A filter has at most ${maxFilterTerms} terms.`, token);
  }

  private unknownField(token: FilterToken): FilterError {
    const isAddress = /^[\da-f:]*[.:][\da-f.:/]+$/i.test(token.text);
    const near = isAddress
      ? `host ${token.text}`
      : nearestName(
          token.text,
          filterFields.map(({ name }) => name),
        );
    const hint = near === undefined ? "" : `: did you mean '${near}'?`;
    return this.wrong(`There is no field '${token.text}'${hint === "" ? "." : hint}`, token);
  }

  private get token(): FilterToken {
    return this.tokens[this.place]!;
  }

  private next(): FilterToken {
    return this.tokens[this.place++]!;
  }

  private takeWord(word: string, sign: string): boolean {
    const { text } = this.token;
    if (text !== sign && text.toLowerCase() !== word) return false;
    this.next();
    return true;
  }

  private wrong(message: string, { start, end }: FilterToken = this.token): FilterError {
    return new FilterError(message, start, end);
  }
}

const examples = {
  nothing: "nothing",
  address: "an address or a range, such as 10.0.0.0/8,",
  port: "a port, such as 443,",
  number: "a number",
  text: "a text",
  name: "the name of a layer or a protocol, such as dns,",
} as const;
