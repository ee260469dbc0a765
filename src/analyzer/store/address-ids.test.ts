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

test("an address is found by its words, and gets no id by that", () => {
  const ids = new AddressIds();
  const six = Uint8Array.from({ length: 16 }, (_, i) => 240 + i);
  const [v4, v6] = [ids.idOf(4, u32(0xfffefdfc), 0), ids.idOf(16, six, 0)];
  const words = Uint32Array.of(9, 0, 0, 0, 0xfffefdfc, 0xf0f1f2f3, 0xf4f5f6f7, 0xf8f9fafb, 0xfcfdfeff);
  expect([ids.find(4, words, 1), ids.find(6, words, 5), ids.find(4, words, 5)]).toEqual([v4, v6, 0]);
  expect(ids.end).toBe(3);
});

test("beyond the limit there are no ids, and that is counted", () => {
  const ids = new AddressIds(2);
  expect([1, 2, 3, 1].map((i) => ids.idOf(4, u32(i), 0))).toEqual([1, 2, 0, 1]);
  expect([ids.refused, ids.addressOf(0), ids.addressOf(3)]).toEqual([1, undefined, undefined]);
});

test("link addresses have ids, and are no IP addresses", () => {
  const ids = new AddressIds();
  const [link, four] = [ids.idOf(6, new Uint8Array(6), 0), ids.idOf(4, u32(7), 0)];
  expect([link, four, 0].map((id) => ids.isIp(id))).toEqual([false, true, false]);
});
