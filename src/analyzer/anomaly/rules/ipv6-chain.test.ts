import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { overIpv6, reasonsOf, rulesOf, times } from "./rules.test-support.ts";

const udp = "0fa0 0fa1 0008 0000";
const alert = "0502 0000 0100";
const padding = "0104 00000000";

test.each<[string, number, Uint8Array, string]>([
  ["none", 17, bytes(udp), ""],
  ["router alert, as MLD has it", 0, bytes("3a00", alert, "8f00 0000 0000 0000"), ""],
  [
    "options before and after routing",
    60,
    bytes("2b00", padding, "3c02 0400", new Uint8Array(20), "1100", padding, udp),
    "",
  ],
  ["hop-by-hop that is not the first", 60, bytes("0000", padding, "1100", padding, udp), "ipv6-chain"],
  ["hop-by-hop twice", 0, bytes("0000", padding, "1100", padding, udp), "ipv6-chain"],
  ["options three times", 60, bytes("3c00", padding, "3c00", padding, "1100", padding, udp), "ipv6-chain"],
  ["source routing", 43, bytes("1102 0001", new Uint8Array(20), udp), "ipv6-chain"],
  ["options without end", 0, bytes("1140 01ff", new Uint8Array(516), udp), "ipv6-chain"],
  [
    "a hundred headers",
    60,
    bytes(...times(100, () => bytes("3c00", padding)), "1100", padding, udp),
    "ipv6-chain",
  ],
])("%s", (_, next, payload, name) => {
  expect(rulesOf([{ data: overIpv6(next, payload) }])).toEqual([name]);
});

test("a reason tells what is wrong", () => {
  const [reason] = reasonsOf([{ data: overIpv6(60, bytes("0000", padding, "1100", padding, udp)) }]);
  expect(reason!.text).toBe(
    "has a hop-by-hop header that is not the first in a chain of 1 IPv6 extension headers",
  );
});
