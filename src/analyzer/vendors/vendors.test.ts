import { expect, test } from "bun:test";
import { vendorOf } from "./vendors.ts";

test("a block of 24 bits, and of 28 and 36 inside it", () => {
  expect(vendorOf(0x00000c01, 0x0203)).toContain("Cisco");
  expect(vendorOf(0xb827eb00, 0x0001)).toContain("Raspberry Pi");
});

test("an address that its user made up has no maker, and neither has a block nobody owns", () => {
  expect(vendorOf(0x02000c01, 0x0203)).toBeNull();
  expect(vendorOf(0xfdffff00, 0)).toBeNull();
});
