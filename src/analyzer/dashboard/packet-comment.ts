/** What a pcapng file says about a flagged packet: its score and why, so that Wireshark shows both. */
import type { Reason } from "../anomaly/reasons/reason.ts";

/** @param score 0 to 1 */
export function packetComment(score: number, reasons: readonly Reason[]): string {
  return [`pcs: score ${score.toFixed(4)}`, ...reasons.map(({ text }) => text)].join("\n");
}
