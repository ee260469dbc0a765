/** The route that shows one packet with its layers and bytes. */
import type { Context } from "hono";
import { describePacket } from "../monitor/describe-packet.ts";
import type { ShownCapture } from "./open-captures.ts";
import { problem } from "./problems.ts";

type Inspected = Pick<ShownCapture, "packets" | "answers" | "monitor">;

/** A packet with its judgement, layers and bytes, as JSON; undefined where it is not stored. */
export function packetText({ packets, answers, monitor }: Inspected, number: number): string | undefined {
  const judgement = answers.judgementOf(number, (vector) => monitor.reasonsOf?.(vector) ?? []);
  return describePacket(packets, number, judgement);
}

export function showPacket(c: Context, capture: ShownCapture): Response {
  const given = c.req.param("number") ?? "";
  const number = /^\d{1,15}$/.test(given) ? Number(given) : 0;
  if (number < 1)
    return problem(c, "bad_request", `A packet's number counts from 1, and '${given}' is none.`);
  const details = packetText(capture, number);
  if (details === undefined) return problem(c, "not_found", capture.packets.whyNotThere(number));
  return c.body(details, 200, { "Content-Type": "application/json" });
}
