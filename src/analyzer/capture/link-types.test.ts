import { expect, test } from "bun:test";
import { describeLinkType, linkTypeName, pseudoHeaderBytes } from "./link-types.ts";

test("known and unknown link types by name", () => {
  expect(linkTypeName(1)).toBe("ethernet");
  expect(linkTypeName(65_000)).toBe("linktype-65000");
  expect(describeLinkType(9)).toBe("ppp (9)");
  expect(describeLinkType(65_000)).toBe("65000");
});

test("only few link types have a header that never crossed the wire", () => {
  expect(pseudoHeaderBytes(1)).toBe(0);
  expect(pseudoHeaderBytes(204)).toBe(1);
});
