import { expect, test } from "bun:test";
import { client, datagram, flowsOf, segment, server } from "./traffic-builder.test-support.ts";

test("the largest first; of equal ones the one that began first; at most a hundred", () => {
  const packets = Array.from({ length: 150 }, (_, i) => ({
    data: segment({ ...client, port: 1000 + i }, server),
    wire: i === 77 ? 5000 : 60,
  }));
  const { total, top } = flowsOf(...packets);
  expect([total, top.length]).toEqual([150, 100]);
  expect(top.slice(0, 3).map(({ sourcePort }) => sourcePort)).toEqual([1077, 1000, 1001]);
});

test("a flow of UDP has neither state nor round trip", () => {
  expect(flowsOf({ data: datagram(client, server) }).top[0]).toMatchObject({
    transport: "udp",
    protocol: "udp",
    state: null,
    rttMs: null,
  });
});
