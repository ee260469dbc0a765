import { expect, test } from "bun:test";
import { u32 } from "../capture/bytes-builder.test-support.ts";
import { AddressIds } from "./address-ids.ts";

test("an address keeps its id while many others come", () => {
  const ids = new AddressIds();
  const first = ids.idOf(4, u32(0), 0);
  for (let i = 0; i < 5000; i++) ids.idOf(4, u32(i), 0);
  expect(ids.idOf(4, u32(0), 0)).toBe(first);
  expect(ids.addressOf(ids.idOf(4, u32(4711), 0))).toEqual(u32(4711));
});

test("versions keep addresses apart", () => {
  const ids = new AddressIds();
  const six = new Uint8Array(16);
  expect(ids.idOf(16, six, 0)).not.toBe(ids.idOf(4, six, 0));
  expect(ids.addressOf(ids.idOf(16, six, 0))).toEqual(six);
});

test("beyond the limit there are no ids, and that is counted", () => {
  const ids = new AddressIds(2);
  expect([1, 2, 3, 1].map((i) => ids.idOf(4, u32(i), 0))).toEqual([1, 2, 0, 1]);
  expect([ids.refused, ids.addressOf(0), ids.addressOf(3)]).toEqual([1, undefined, undefined]);
});
