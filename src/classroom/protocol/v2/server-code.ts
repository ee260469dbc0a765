/**
 * The CODE that people know a server by: the first 80 bits of SHA-256 of its public key, in base32 (RFC 4648 §6),
 * four groups of four, such as `K5QX-3MZA-7TRW-LD2F`. Enough bits that nobody finds another key with the same, and
 * few enough to be compared by eye.
 */
import { createHash } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** @param publicKey SubjectPublicKeyInfo in DER */
export function serverCode(publicKey: Uint8Array): string {
  const digest = createHash("sha256").update(publicKey).digest();
  let code = "";
  for (let group = 0; group < 16; group += 4) {
    // Four letters are 20 bits: two and a half bytes.
    const bits = digest.readUIntBE((group * 5) >> 3, 3) >> (group % 8 === 0 ? 4 : 0);
    for (let letter = 3; letter >= 0; letter--) code += alphabet[(bits >> (letter * 5)) & 31];
    if (group < 12) code += "-";
  }
  return code;
}

/** What somebody typed as a CODE, in the form of `serverCode`; undefined where it is none. */
export function parseServerCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  if (!/^[A-Z2-7]{16}$/.test(letters)) return undefined;
  return letters.replaceAll(/(.{4})(?=.)/g, "$1-");
}
