/** What was measured about something flagged, and what is typical. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";

export type Reason = Answers["/api/anomalies"]["top"][number]["reasons"][number];

/** `packet.size: 2.26, typical 0 to 1.85` */
export function measuredText({ feature, value, typical }: Reason): string {
  const told = `${feature}: ${valueText(value)}`;
  if (typical === null) return told;
  if (typeof typical !== "object") return `${told}, usually ${valueText(typical)}`;
  return `${told}, typical ${valueText(typical.low)} to ${valueText(typical.high)}, mostly ${valueText(typical.median)}`;
}

/** Counts are whole; of what is measured three digits are more than anyone compares. */
function valueText(value: number | string): string {
  if (typeof value === "string") return value;
  return (Number.isInteger(value) ? value : Number(value.toPrecision(3))).toLocaleString("en");
}
