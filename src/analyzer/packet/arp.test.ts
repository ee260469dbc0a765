import { expect, test } from "bun:test";
import { arp, decode, ethernet } from "./packet-builder.test-support.ts";

test("ARP, and addresses longer than the packet", () => {
  expect(decode(ethernet(0x0806, arp()))).toMatchObject({ protocol: "arp", malformed: false });
  expect(decode(ethernet(0x0806, arp().with(4, 200)))).toMatchObject({ protocol: "arp", malformed: true });
});
