/** The route that shows one packet with its layers and bytes. */
import type { Context } from "hono";
import { describePacket } from "../monitor/describe-packet.ts";
import type { ShownCapture } from "./open-captures.ts";
import { problem } from "./problems.ts";

export function showPacket(c: Context, { packets, answers, monitor }: ShownCapture): Response {
  const given = c.req.param("number") ?? "";
  const number = /^\d{1,15}$/.test(given) ? Number(given) : 0;
  if (number < 1)
    return problem(c, "bad_request", `A packet's number counts from 1, and '${given}' is none.`);
  const judgement = answers.judgementOf(number, (vector) => monitor.reasonsOf?.(vector) ?? []);
  const details = describePacket(packets, number, judgement);
  if (details === undefined) return problem(c, "not_found", packets.whyNotThere(number));
  return c.body(details, 200, { "Content-Type": "application/json" });
}
