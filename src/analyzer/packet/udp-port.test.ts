import { expect, test } from "bun:test";
import { next } from "./next-header.ts";
import { nextOfUdpPorts } from "./udp-port.ts";

test.each([
  [50_000, 4789, next.vxlan],
  [4789, 50_000, next.vxlan],
  [2152, 2152, next.gtp],
  [0, 6081, next.geneve],
  [53, 4789, next.none], // an answer of DNS to a port that happens to be VXLAN's
  [50_000, 50_001, next.none],
])("%d to %d", (source, destination, header) => {
  expect(nextOfUdpPorts(source, destination)).toBe(header);
});
