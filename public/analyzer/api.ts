/** Talks to the server: answers by route, and its refusals as errors with the server's own sentence. */
import type { Answers, Problem, Requests } from "../../src/analyzer/dashboard/contract.ts";
import type { DataSource, Parameters } from "./data-source.ts";
import { routeAddress } from "./route-address.ts";
import { SharedRequests } from "./shared-requests.ts";

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

/** The server that gave the page. */
export class ServerData implements DataSource {
  readonly isFile = false;
  private readonly shared = new SharedRequests();

  get<R extends keyof Answers>(route: R, parameters: Parameters, signal?: AbortSignal): Promise<Answers[R]> {
    const address = routeAddress(route, parameters);
    return this.shared.get(address, signal, (signal) => ask<R>(address, signal));
  }
}

async function ask<R extends keyof Answers>(address: string, signal: AbortSignal): Promise<Answers[R]> {
  const response = await fetch(address, { credentials: "same-origin", signal });
  if (!response.ok) throw refusalOf(response.status, await response.text());
  const answer: Answers[R] = await response.json();
  return answer;
}

/** Asks the server to do something. @returns the answer's body, undefined where there is none. @throws as `get` */
export async function post<R extends keyof Requests>(route: R, body: Requests[R]): Promise<unknown> {
  const response = await fetch(route, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw refusalOf(response.status, await response.text());
  return response.status === 204 ? undefined : await response.json();
}

/** Takes the token out of the address, so that it is neither bookmarked nor shown. */
export function takeTokenFromAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? undefined;
  if (token !== undefined) history.replaceState(null, "", location.pathname + location.search);
  return token;
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
