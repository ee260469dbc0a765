import { expect, test } from "bun:test";
import { helloOf, looksAtAnything, quicInitial } from "./payload-builder.test-support.ts";
import { decryptInitial, isInitial } from "./quic-initial.ts";

test("the handshake in its order, whatever that of its frames", () => {
  for (const version of [1, 2] as const) {
    const packet = quicInitial(version);
    const handshake = decryptInitial(packet, 0, packet.length)!;
    expect(Buffer.from(handshake).toString("hex")).toBe(helloOf("example.org", "h3").toHex());
  }
});

test("a packet cut short or changed does not decrypt", () => {
  const packet = quicInitial(1);
  expect(decryptInitial(packet, 0, packet.length - 1)).toBeUndefined();
  packet[600]! ^= 1;
  expect(decryptInitial(packet, 0, packet.length)).toBeUndefined();
});

test("initial packets by version and type", () => {
  const packet = quicInitial(1);
  expect(isInitial(packet, 0)).toBe(true);
  packet[0]! |= 0x20;
  expect(isInitial(packet, 0)).toBe(false);
});

test("any bytes", () => looksAtAnything(decryptInitial));
