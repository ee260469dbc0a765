import { expect, test } from "bun:test";
import { client, datagram, ping, segment, server, trafficOf } from "./traffic-builder.test-support.ts";

test("all that went between two addresses, whatever the ports", () => {
  const { conversations } = trafficOf([
    { data: segment(client, server), wire: 60, seconds: 3 },
    { data: datagram(server, client), wire: 70, seconds: 4 },
    { data: ping(server, client), wire: 80, seconds: 5 },
  ]).snapshot;
  expect(conversations).toEqual({
    total: 1,
    evicted: 0,
    top: [
      {
        a: "10.0.0.1",
        b: "10.0.0.2",
        packetsAtoB: 1,
        packetsBtoA: 2,
        bytesAtoB: 60,
        bytesBtoA: 150,
        start: 3,
        durationSeconds: 2,
        flows: 2,
      },
    ],
  });
});
