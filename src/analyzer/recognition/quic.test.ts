import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { looksAtAnything, quicInitial } from "./payload-builder.test-support.ts";
import { isQuic, readQuic } from "./quic.ts";

function is(hex: string): boolean {
  const packet = bytes(hex, new Uint8Array(20));
  return isQuic(packet, 0, packet.length);
}

function list(versions: string): Uint8Array {
  return bytes("80 00000000 04 01020304 04 05060708", versions);
}

test("long headers of the versions in use", () => {
  expect(
    ["c0 00000001 08", "d0 6b3343cf 08", "c0 ff00001d 08", "c0 51303530 08", "c0 1a2a3a4a 08"].map(is),
  ).toEqual(Array.from({ length: 5 }, () => true));
});

test("no other versions, ids too long, no fixed bit, short headers", () => {
  expect(["c0 00000003 08", "c0 00000001 15", "80 00000001 08", "40 00000001 08"].map(is)).toEqual(
    Array.from({ length: 4 }, () => false),
  );
});

test("version negotiation lists a version that is known", () => {
  expect(isQuic(list("00000001"), 0, list("00000001").length)).toBe(true);
  expect(isQuic(list("12345678"), 0, list("12345678").length)).toBe(false);
});

test("the server name out of the first packet", () => {
  for (const version of [1, 2] as const) {
    const packet = quicInitial(version, "quic.example.org");
    expect(isQuic(packet, 0, packet.length)).toBe(true);
    expect(readQuic(packet, 0, packet.length)).toEqual({ name: "quic.example.org", detail: "h3" });
  }
});

test("any bytes", () => {
  looksAtAnything(isQuic);
  looksAtAnything((b, start, end) => (end - start < 5 ? 0 : readQuic(b, start, end)));
});
