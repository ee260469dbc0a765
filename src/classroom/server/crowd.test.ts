import { expect, test } from "bun:test";
import { crowdedNetwork, networkOf } from "./crowd.ts";

for (const [address, network] of [
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "::ffff:192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::6", "2001:db8:1:2"],
  ["2001:db8::6", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::", "0:0:0:0"],
] as const)
  test(`the network of ${address}`, () => expect(networkOf(address)).toBe(network));

test("where most are", () => {
  expect(crowdedNetwork(["192.0.2.7", "2001:db8::1", "2001:db8::2"])).toBe("2001:db8:0:0");
  expect(crowdedNetwork([])).toBeUndefined();
});
