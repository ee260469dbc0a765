import { expect, test } from "bun:test";
import { packetFlag } from "./decoded-columns.ts";
import { next } from "./next-header.ts";
import { PacketCursor } from "./packet-cursor.ts";

function cursor(captured: number, wire: number): PacketCursor {
  const p = new PacketCursor();
  p.bytes = new Uint8Array(100);
  p.begin(10, captured, wire);
  return p;
}

test("bytes that were not captured are no contradiction, bytes beyond the wire are", () => {
  const p = cursor(20, 30);
  expect([p.has(20), p.has(21), p.has(30)]).toEqual([true, false, false]);
  expect(p.flags).toBe(packetFlag.truncated);
  expect(p.has(31)).toBe(false);
  expect(p.flags).toBe(packetFlag.truncated | packetFlag.malformed);
});

test("a captured length above the wire length widens the packet", () => {
  const p = cursor(20, 10);
  expect(p.has(20)).toBe(true);
  expect(p.flags).toBe(0);
});

test("narrowing never widens, and never reaches beyond the wire", () => {
  const p = cursor(20, 20);
  p.narrow(12);
  expect([p.end, p.wireEnd]).toEqual([22, 22]);
  p.narrow(13);
  expect([p.end, p.flags]).toEqual([22, packetFlag.malformed]);
});

test("inside a quoted packet only layers are noted", () => {
  const p = cursor(20, 20);
  p.enter(1, 4);
  p.quoted = true;
  p.enter(2, 1);
  expect(p.malformed()).toBe(next.none);
  expect([p.layers, p.protocol, p.flags]).toEqual([3, 4, 0]);
});
