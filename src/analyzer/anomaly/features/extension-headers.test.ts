import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { ipv6 } from "../../packet/packet-builder.test-support.ts";
import { countExtensionHeaders } from "./extension-headers.ts";
import { maxExtensionHeaders } from "./limits.ts";

const count = (packet: Uint8Array, end = packet.length): number => countExtensionHeaders(packet, 0, end);

describe("extension headers", () => {
  test.each<[string, number, string, number]>([
    ["none before UDP", 17, "0000 0000 0008 0000", 0],
    ["no next header", 59, "", 0],
    ["hop by hop", 0, "1100 0000 0000 0000", 1],
    [
      "destination options of 16 bytes, then routing",
      60,
      `2b01 ${"00".repeat(14)} 1100 ${"00".repeat(6)}`,
      2,
    ],
    ["authentication of 24 bytes, then options", 51, `3c04 ${"00".repeat(22)} 1100 ${"00".repeat(6)}`, 2],
    ["a first fragment, then options", 44, `3c00 0001 00000001 1100 ${"00".repeat(6)}`, 2],
    ["a later fragment, whose data is no header", 44, `3c00 0009 00000001 1100 ${"00".repeat(6)}`, 1],
    ["one that is cut counts", 0, "1100", 1],
    ["one that is promised and missing counts", 0, "", 1],
    ["one that leads beyond the end", 0, "3cff 0000 0000 0000", 2],
  ])("%s", (_, next, rest, expected) => {
    expect(count(ipv6(next, bytes(rest)))).toBe(expected);
  });

  test("a chain longer than the limit", () => {
    const chain = bytes("3c00 0000 0000 0000".repeat(100));
    expect(count(ipv6(60, chain))).toBe(maxExtensionHeaders);
  });

  test("any bytes, cut anywhere, give a number up to the limit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 43, 44, 51, 60),
        fc.uint8Array({ maxLength: 80 }),
        fc.nat(80),
        (next, rest, cut) => {
          const packet = ipv6(next, rest);
          const found = count(packet, Math.min(packet.length, 40 + cut));
          expect(found).toBeGreaterThanOrEqual(1);
          expect(found).toBeLessThanOrEqual(maxExtensionHeaders);
        },
      ),
    );
  });
});
