/**
 * Records of a run as lines of JSON, appended one after the other. A server that is killed in the middle of a write
 * leaves a part of a line; that record was never told to anybody, and is left out.
 */
import type { BankQuestion } from "../banks/question.ts";
import { isFitting, type GivenAnswer } from "./given-answer.ts";
import type { RunRecord } from "./run-records.ts";

/** Ends in a line end. */
export function formatRecord(record: RunRecord): string {
  return `${JSON.stringify(record)}\n`;
}

export interface ReadRecords {
  readonly records: readonly RunRecord[];
  /** Bytes of whole lines, UTF-8: whoever goes on must cut the file to this length first. */
  readonly wholeBytes: number;
  /** Whole lines that are no record of this quiz, which should not be, from 1. */
  readonly damagedLines: readonly number[];
}

/** @param questions of the bank, which answers must fit */
export function parseRecords(text: string, questions: readonly BankQuestion[]): ReadRecords {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const records: RunRecord[] = [];
  const damagedLines: number[] = [];
  for (const [index, line] of whole.split("\n").slice(0, -1).entries()) {
    const record = readRecord(line, questions);
    if (record === undefined) damagedLines.push(index + 1);
    else records.push(record);
  }
  return { records, wholeBytes: Buffer.byteLength(whole), damagedLines };
}

function readRecord(line: string, questions: readonly BankQuestion[]): RunRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value, questions) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is read decides what a run does, so each member is looked at. */
function isRecord(value: unknown, questions: readonly BankQuestion[]): value is RunRecord {
  if (!isObject(value)) return false;
  switch (value["kind"]) {
    case "joined":
      return (
        isText(value["student"]) && isText(value["name"]) && isText(value["team"]) && isCount(value["seed"])
      );
    case "answered": {
      const question = isCount(value["question"]) ? questions[value["question"]] : undefined;
      return (
        question !== undefined &&
        isText(value["student"]) &&
        isText(value["id"]) &&
        isCount(value["round"]) &&
        isTime(value["elapsedMs"]) &&
        isGiven(value["given"]) &&
        isFitting(question, value["given"])
      );
    }
    case "phase":
      return isPhase(value["phase"], questions.length);
    default:
      return false;
  }
}

function isPhase(phase: unknown, questionCount: number): boolean {
  if (!isObject(phase)) return false;
  const { kind, question, round, elapsedMs, limitMs, isPaused } = phase;
  if (kind === "lobby" || kind === "finished") return true;
  const isKnown = isCount(question) && question < questionCount;
  const hasClock =
    isTime(elapsedMs) && (limitMs === undefined || isTime(limitMs)) && typeof isPaused === "boolean";
  if (kind === "next") return isKnown && hasClock;
  const isAsked = kind === "question" || kind === "closed" || kind === "explanation";
  return isAsked && (isKnown || question === "all") && isCount(round) && hasClock;
}

/** Its kind and the types of its members; the rest is for `isFitting`. */
function isGiven(given: unknown): given is GivenAnswer {
  if (!isObject(given)) return false;
  switch (given["kind"]) {
    case "choice":
      return isNumbers(given["options"]);
    case "match":
      return isNumbers(given["matches"]);
    case "order":
      return isNumbers(given["items"]);
    case "true-false":
      return typeof given["value"] === "boolean";
    case "text":
      return isText(given["text"]);
    case "number":
      return typeof given["value"] === "number";
    default:
      return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "number");
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
