import { createHash } from "node:crypto";
import { expect, test } from "bun:test";
import { parseServerCode, serverCode } from "./server-code.ts";

/** The same by way of one long string of bits. */
function slowCode(key: Uint8Array): string {
  const bits = [...createHash("sha256").update(key).digest().subarray(0, 10)]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  const letters = bits
    .match(/.{5}/g)!
    .map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five, 2)]);
  return letters.join("").match(/.{4}/g)!.join("-");
}

test("the code is the first 80 bits of the digest in base32", () => {
  expect(serverCode(new Uint8Array(0))).toBe("4OYM-IQUY-7QOB-JGX3");
  for (let i = 0; i < 200; i++)
    expect(serverCode(Uint8Array.of(i, i * 7))).toBe(slowCode(Uint8Array.of(i, i * 7)));
});

test("a code is read however it is typed", () => {
  const code = "4OYM-IQUY-7QOB-JGX3";
  for (const typed of [code, code.toLowerCase(), "4OYM IQUY 7QOB JGX3", " 4oymiquy7qobjgx3 "])
    expect(parseServerCode(typed)).toBe(code);
  for (const typed of ["", "4OYM-IQUY-7QOB", `${code}A`, "4OYM-IQUY-7QOB-JGX1", "4OYM_IQUY_7QOB_JGX3"])
    expect(parseServerCode(typed)).toBeUndefined();
});
