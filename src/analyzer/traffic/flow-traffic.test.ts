import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { ethernet } from "../packet/packet-builder.test-support.ts";
import { payloads } from "../recognition/payload-builder.test-support.ts";
import { client, datagram, segment, server, trafficOf } from "./traffic-builder.test-support.ts";

test("each packet's flow by its number, in the order they began; 0 for none", () => {
  const { traffic } = trafficOf([
    { data: segment(client, server) },
    { data: ethernet(0x88cc, new Uint8Array(40)) },
    { data: datagram(client, server) },
    { data: segment(server, client) },
  ]);
  expect([...traffic.flowNumbers.subarray(0, 4)]).toEqual([1, 0, 2, 1]);
  expect(traffic.hasCards).toBe(true);
});

test("a snapshot changes nothing, and counting goes on behind it", () => {
  const { traffic, snapshot } = trafficOf([{ data: segment(client, server) }]);
  expect(traffic.snapshot(() => null)).toEqual(snapshot);
  const after = trafficOf([{ data: segment(client, server) }], traffic).snapshot;
  expect(after.hosts.top[0]).toMatchObject({ packetsOut: 2 });
  expect(after.flows.total).toBe(1);
});

test("payloads of every kind, cut and changed, between any ports", () => {
  const ports = fc.constantFrom(
    22,
    53,
    67,
    80,
    123,
    139,
    443,
    445,
    514,
    1883,
    3389,
    5060,
    5353,
    10_000,
    40_000,
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          payload: fc.constantFrom(...payloads),
          from: ports,
          to: ports,
          cut: fc.nat(60),
          udp: fc.boolean(),
        }),
        { maxLength: 40 },
      ),
      (packets) => {
        const made = packets.map(({ payload, from, to, cut, udp }) => {
          const left = payload.subarray(0, Math.max(1, payload.length - cut));
          const ends = [
            { ...client, port: from },
            { ...server, port: to },
          ] as const;
          return { data: udp ? datagram(...ends, left) : segment(...ends, { payload: left }) };
        });
        const { hosts, flows } = trafficOf(made).snapshot;
        expect(hosts.top.reduce((sum, { packetsOut }) => sum + packetsOut, 0)).toBe(made.length);
        expect(flows.top.reduce((sum, row) => sum + row.packetsOut + row.packetsIn, 0)).toBe(made.length);
      },
    ),
    { numRuns: 100 },
  );
});
