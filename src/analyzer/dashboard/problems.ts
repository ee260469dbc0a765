/** Answers that are no success: always `{error: {code, message}}`, with a sentence a person can act on. */
import type { Context } from "hono";
import type { Problem } from "./contract.ts";

const statusOf = {
  bad_request: 400,
  unknown_parameter: 400,
  token_needed: 401,
  wrong_host: 403,
  wrong_origin: 403,
  wrong_token: 403,
  not_found: 404,
  several_link_types: 409,
  too_large: 413,
  too_many: 429,
  fault: 500,
  no_room: 507,
} as const;

/**
 * The answer for one kind of problem.
 * @param at where a display filter is wrong
 */
export function problem(
  c: Context,
  code: keyof typeof statusOf,
  message: string,
  at?: { start: number; end: number },
): Response {
  const body: Problem = { error: at === undefined ? { code, message } : { code, message, at } };
  return c.json(body, statusOf[code]);
}
