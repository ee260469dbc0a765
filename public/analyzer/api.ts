/** Talks to the server: answers by route, and its refusals as errors with the server's own sentence. */
import type { Answers, Problem, Requests } from "../../src/analyzer/dashboard/contract.ts";

/** The server said no. `code` tells which no it was. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: string;

  constructor({ error }: Problem) {
    super(error.message);
    this.code = error.code;
  }
}

/** @throws Refusal when the server refuses, TypeError when it cannot be reached */
export async function get<R extends keyof Answers>(route: R): Promise<Answers[R]> {
  const response = await fetch(route, { credentials: "same-origin" });
  if (!response.ok) throw await refusalOf(response);
  const answer: Answers[R] = await response.json();
  return answer;
}

/** Gives the token for a cookie. @throws as `get` */
export async function openSession(token: string): Promise<void> {
  const body: Requests["/api/session"] = { token };
  const response = await fetch("/api/session", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await refusalOf(response);
}

/** Takes the token out of the address, so that it is neither bookmarked nor shown. */
export function takeTokenFromAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? undefined;
  if (token !== undefined) history.replaceState(null, "", location.pathname + location.search);
  return token;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new Refusal(body);
  return new Refusal({ error: { code: "fault", message: `The server answered ${response.status}.` } });
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return typeof error === "object" && error !== null && "message" in error && "code" in error;
}
