/** What a pcapng file says about a judged packet: its score and why it is flagged, so that Wireshark shows both. */
import type { Reason } from "../anomaly/reasons/reason.ts";

/**
 * @param score 0 to 1
 * @param reasons none where it is not flagged
 * @param isExpected whether it is flagged, and that was marked as expected
 */
export function packetComment(score: number, reasons: readonly Reason[], isExpected = false): string {
  const head = `pcs: score ${score.toFixed(4)}${isExpected ? ", marked as expected" : ""}`;
  return [head, ...reasons.map(({ text }) => text)].join("\n");
}
