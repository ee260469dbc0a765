/**
 * Versions of the second protocol, `2.MINOR`. Two peers speak the lower of their minors; another major is another
 * protocol. This pcs speaks 2.0.
 */

export const ownVersion = "2.0";

/** What this pcs can do beyond messages and rooms. */
export const ownCapabilities: readonly string[] = ["files", "quiz", "typing", "teach"];

/** @returns what both speak, or undefined where they have no version in common */
export function agreeVersion(theirs: string, ours: string = ownVersion): string | undefined {
  const [theirMinor, ourMinor] = [minorOf(theirs), minorOf(ours)];
  if (theirMinor === undefined || ourMinor === undefined) return undefined;
  return `2.${Math.min(theirMinor, ourMinor)}`;
}

function minorOf(version: string): number | undefined {
  const match = /^2\.(0|[1-9]\d{0,3})$/.exec(version);
  return match === null ? undefined : Number(match[1]);
}
