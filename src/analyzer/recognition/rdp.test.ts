import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { looksAtAnything, rdpRequest } from "./payload-builder.test-support.ts";
import { isRdp, readRdp } from "./rdp.ts";

test("a request with a cookie, an answer with a negotiation", () => {
  expect(isRdp(rdpRequest, 0, rdpRequest.length, false)).toBe(true);
  expect(readRdp(rdpRequest, 0, rdpRequest.length)).toEqual({ detail: "kim" });
  const confirm = bytes("03000013 0e d0 0000 1234 00 0200080002000000");
  expect(isRdp(confirm, 0, confirm.length, false)).toBe(true);
});

test("other users of TPKT on other ports are not", () => {
  const plain = bytes("0300000b 06 e0 0000 0001 00");
  expect([isRdp(plain, 0, 11, false), isRdp(plain, 0, 11, true)]).toEqual([false, true]);
});

test("any bytes", () => {
  looksAtAnything((b, s, e) => [isRdp(b, s, e, false), isRdp(b, s, e, true)]);
  looksAtAnything(readRdp);
});
