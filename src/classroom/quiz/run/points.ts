/** Points of an answer, and the time it took in a way that a slow network costs nobody. */
import { maxRoundTripMs } from "./limits.ts";
import type { PointRules } from "./run-settings.ts";

/**
 * @param fraction how right the answer is, from -1 to 1; undefined: not marked yet
 * @param elapsedMs from when the question was shown
 * @param limitMs the question's time; without one speed does not count
 * @returns a whole number where `right` and `penalty` are 100 or more, else with two decimals
 */
export function pointsOf(
  fraction: number | undefined,
  elapsedMs: number,
  limitMs: number | undefined,
  { right, speedShare, penalty, hasParts }: PointRules,
): number {
  if (fraction === undefined) return 0;
  const counted = hasParts ? fraction : fraction >= 1 ? 1 : 0;
  if (counted <= 0) return rounded(right * counted - penalty, right);
  const melted = limitMs === undefined ? 0 : speedShare * Math.min(1, Math.max(0, elapsedMs / limitMs));
  return rounded(right * counted * (1 - melted), right);
}

function rounded(points: number, right: number): number {
  const scale = right >= 100 ? 1 : 100;
  return Math.round(points * scale) / scale + 0;
}

/**
 * How long a student took. Its own clock is believed as far as the network can explain the difference: what it
 * says must lie between the time on the server and that time less the round trip, for a question goes down and an
 * answer comes up.
 * @param serverMs from when the question was opened to when the answer came in, on the server
 * @param clientMs the same on the student's clock, from shown to tapped; undefined where it has none
 * @param roundTripMs as the server has measured it; 0 where it has not
 */
export function fairElapsedMs(serverMs: number, clientMs: number | undefined, roundTripMs: number): number {
  const believed = Math.min(maxRoundTripMs, Math.max(0, roundTripMs) || 0);
  const least = Math.max(0, serverMs - believed);
  if (clientMs === undefined || Number.isNaN(clientMs)) return least;
  return Math.min(serverMs, Math.max(least, clientMs));
}
