import { expect, test } from "bun:test";
import { decode, ethernet, ipv4, sctp } from "./packet-builder.test-support.ts";

const over = (packet: Uint8Array) => decode(ethernet(0x0800, ipv4(132, packet)));

test("plain", () => {
  expect(over(sctp())).toMatchObject({ protocol: "sctp", ports: [40_002, 5060], malformed: false });
});

test("half a header is malformed", () => {
  expect(over(sctp().subarray(0, 8)).malformed).toBe(true);
});
