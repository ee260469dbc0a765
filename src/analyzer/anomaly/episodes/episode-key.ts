/**
 * The name of what an episode is about, the same whenever it happens again: its causes and whom it is about, and
 * neither times nor counts. What is marked as expected is known by it.
 */
import { createHash } from "node:crypto";

/** Of what only the forest found, the first cause: those that follow are its effects. */
const forest = "forest:";

/**
 * 16 characters that fit a URL.
 * @param causes of the episode's cells, as they came; where rules spoke, what the forest found besides is left out
 * @param focus the hosts it is about
 */
export function episodeKey(causes: Iterable<string>, focus: readonly string[]): string {
  const all = [...causes];
  const rules = all.filter((cause) => !cause.startsWith(forest)).sort();
  const told = rules.length > 0 ? rules : all.slice(0, 1);
  const text = JSON.stringify([told, focus.toSorted()]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
