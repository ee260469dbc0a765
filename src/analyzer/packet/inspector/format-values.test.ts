import { expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { bitNames, formatHex, formatIpv4, formatIpv6, formatMac, named } from "./format-values.ts";

test.each([
  ["20010db8000000000000000000000001", "2001:db8::1"],
  ["00000000000000000000000000000000", "::"],
  ["00000000000000000000000000000001", "::1"],
  ["20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"],
  ["20010db8000000000001000000000000", "2001:db8:0:0:1::"],
  ["fe80000000000000020000fffe000001", "fe80::200:ff:fe00:1"],
])("%s is %s", (hex, text) => {
  expect(formatIpv6(bytes(hex))).toBe(text);
});

test("the other values", () => {
  expect(formatMac(bytes("001b210a0b0c"))).toBe("00:1b:21:0a:0b:0c");
  expect(formatIpv4(bytes("0a0000ff"))).toBe("10.0.0.255");
  expect(formatHex(0x800, 2)).toBe("0x0800");
  expect([named({ 6: "TCP" })(6), named({ 6: "TCP" })(7)]).toEqual(["6 (TCP)", "7"]);
  expect([bitNames(["FIN", "SYN"])(2), bitNames(["FIN"])(0)]).toEqual(["SYN", "none"]);
});
