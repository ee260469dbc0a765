/** Words that stand for a content without telling it, or where it lies. */
import { createHash } from "node:crypto";

/** @returns the same word for the same parts, and for no others */
export function sameWord(...parts: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 24);
}
