/** Talks to the server. */
import type { Answers, Requests } from "../../src/analyzer/dashboard/contract.ts";
import type { DataSource, Parameters } from "./data-source.ts";
import { refusalOf } from "./refusal.ts";
import { routeAddress } from "./route-address.ts";
import { SharedRequests } from "./shared-requests.ts";

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
