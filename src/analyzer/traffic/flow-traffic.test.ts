import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { ethernet, ipv4, tcp, udpTo } from "../packet/packet-builder.test-support.ts";
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

test("a packet inside a tunnel counts in the tunnel's flow and in its own", () => {
  const inner = segment(client, server, { payload: new Uint8Array(10) });
  const packet = datagram({ ...client, address: "c0000001" }, { ...server, address: "c0000002", port: 4789 });
  const outer = bytes(packet.subarray(0, 42), "08000000 00000100", inner);
  outer.set([0, outer.length - 14], 16);
  outer.set([0, outer.length - 34], 38);
  const { snapshot, traffic } = trafficOf([
    { data: outer },
    { data: segment(server, client) },
    { data: outer },
    { data: outer.subarray(0, 70), wire: outer.length },
  ]);
  const { tcp, udp } = snapshot.flows.transports;
  expect([tcp, udp]).toEqual([
    { flows: 1, packets: 3, bytes: outer.length * 2 + 54 },
    { flows: 1, packets: 3, bytes: outer.length * 3 },
  ]);
  expect([...traffic.flowNumbers.subarray(0, 4)]).toEqual([2, 2, 2, 0]);
  const macOf = (address: string) => snapshot.hosts.top.find((host) => host.address === address)?.mac;
  expect([macOf("192.0.0.1"), macOf("10.0.0.1")]).toEqual(["0a:00:00:00:00:01", null]);
  expect(snapshot.conversations.top.map(({ a, b }) => `${a} ${b}`).sort()).toEqual([
    "10.0.0.1 10.0.0.2",
    "192.0.0.1 192.0.0.2",
  ]);
});

test("IP inside IP inside a tunnel: each pair of ends, and one flow", () => {
  const twice = ethernet(
    0x0800,
    ipv4(4, ipv4(17, udpTo(4789, bytes("08000000 00000100", ethernet(0x0800, ipv4(6, tcp())))))),
  );
  const { flows } = trafficOf([{ data: twice }]).snapshot;
  expect([flows.total, flows.transports.udp.packets, flows.transports.tcp.packets]).toEqual([2, 1, 1]);
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
