import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { HeaderReader } from "./header-reader.ts";

test("fields carry where their bytes lie in the packet", () => {
  const r = new HeaderReader(bytes("ffff 0102 0304"), 2, 6);
  expect([r.uint("number", 0, 2), r.uintLittle("little", 2, 2)]).toEqual([0x0102, 0x0403]);
  expect(r.bits("bits", 0, 2, 1, 1)).toBe(1);
  expect(r.fields).toEqual([
    { name: "number", value: "258", start: 2, length: 2 },
    { name: "little", value: "1027", start: 4, length: 2 },
    { name: "bits", value: "1", start: 2, length: 2 },
  ]);
});

test("what was not captured is left out and reads as 0", () => {
  const r = new HeaderReader(bytes("010203"), 0, 2);
  expect([r.uint("beyond", 1, 2), r.peek(-1, 1), r.left(5)]).toEqual([0, 0, 0]);
  r.raw("rest", 1, 100);
  r.raw("nothing", 2, 100);
  expect(r.fields).toEqual([{ name: "rest", value: "02", start: 1, length: 1 }]);
});

test("groups hold fields, long bytes are shortened", () => {
  const r = new HeaderReader(new Uint8Array(64), 0, 64);
  r.group("options", 0, 64, () => r.raw("padding", 0, 64));
  expect(r.fields[0]).toMatchObject({ name: "options", value: "padding", length: 64 });
  expect(r.fields[0]?.fields?.[0]?.value).toBe(`${"00".repeat(32)}… (64 bytes)`);
});
