/**
 * A display filter cut into words and signs, with where each stands. Whatever is neither is a fault at its place.
 *
 *     src 10.0.0.0/8 and tcp.port>=1024
 *     word  word     word  word  sign word
 */
import { FilterError } from "./filter-problem.ts";

export interface FilterToken {
  kind: "word" | "sign" | "end";
  /** As it was written; empty for the end. */
  text: string;
  start: number;
  end: number;
}

/** A word holds whatever names, numbers, addresses and ranges are made of. */
const pattern = /\s+|([\p{L}\p{N}_.:/%-]+)|(==|!=|<=|>=|&&|\|\||[=<>!(){},])/uy;

/** @throws FilterError at what cannot be part of a filter */
export function filterTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) throw unknownSign(text, at);
    const kind = match[1] !== undefined ? "word" : "sign";
    if (match[1] ?? match[2]) tokens.push({ kind, text: match[0], start: at, end: pattern.lastIndex });
  }
  tokens.push({ kind: "end", text: "", start: text.length, end: text.length });
  return tokens;
}

function unknownSign(text: string, at: number): FilterError {
  const sign = String.fromCodePoint(text.codePointAt(at)!);
  const end = at + sign.length;
  if (sign === "&" || sign === "|")
    return new FilterError(`A single '${sign}' says nothing here: did you mean '${sign}${sign}'?`, at, end);
  if (sign === '"' || sign === "'")
    return new FilterError("Values stand without quotes here: did you mean the same without them?", at, end);
  return new FilterError(`A filter cannot have '${sign}' in it.`, at, end);
}
