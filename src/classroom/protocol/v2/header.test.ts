import { expect, test } from "bun:test";
import { headerNames } from "../header.ts";
import { lookUpV2Header, v2HeaderBytes, v2HeaderCode, v2HeaderNames } from "./header.ts";

test("each header is found wherever it stands, and nothing else is", () => {
  for (const [code, name] of v2HeaderNames.entries()) {
    const bytes = new TextEncoder().encode(`??${name}??`);
    expect(lookUpV2Header(bytes, 2, name.length)).toBe(code);
    expect(v2HeaderCode[name]).toBe(code);
    expect(Buffer.from(v2HeaderBytes[code]!).toString()).toBe(name);
  }
  for (const other of ["", "M", "sa", "sayy", "x".repeat(64)])
    expect(lookUpV2Header(new TextEncoder().encode(other), 0, other.length)).toBe(-1);
});

test("no header but `hello` and `error` means something in the first protocol", () => {
  const first: readonly string[] = headerNames;
  expect(v2HeaderNames.filter((name) => first.includes(name))).toEqual(["hello", "error"]);
});
