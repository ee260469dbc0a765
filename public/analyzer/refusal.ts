/** What the server says no with, as errors with its own sentence, and what is told of any other error. */
import type { Problem } from "../../src/analyzer/dashboard/contract.ts";

/** The server said no. */
export class Refusal extends Error {
  override name = "Refusal";
  /** Which no it was. */
  readonly code: string;
  /** Of a display filter: where it is wrong. */
  readonly at: { start: number; end: number } | undefined;
  /** Of HTTP; 0 where it was not asked. */
  readonly status: number;

  constructor({ error }: Problem, status = 0) {
    super(error.message);
    this.code = error.code;
    this.at = error.at;
    this.status = status;
  }
}

/** An answer that is no success, as an error. @param text its body */
export function refusalOf(status: number, text: string): Refusal {
  try {
    const body: unknown = JSON.parse(text);
    if (isProblem(body)) return new Refusal(body, status);
  } catch {
    // No JSON: something between here and pcs answered.
  }
  return new Refusal({ error: { code: "fault", message: `The server answered ${status}.` } }, status);
}

/** What is told where something failed. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (error instanceof TypeError) return "pcs cannot be reached. Is it still running?";
  return error instanceof Error ? `The page made a mistake: ${error.message}` : "The page made a mistake.";
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return typeof error === "object" && error !== null && "message" in error && "code" in error;
}
