import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { client, segment, server, trafficOf } from "./traffic-builder.test-support.ts";

test("in and out, seen and peers, the card and its maker", () => {
  const { traffic } = trafficOf([
    { data: segment(client, server), wire: 60, seconds: 10 },
    { data: segment(server, client), wire: 1000, seconds: 12 },
  ]);
  const { hosts } = traffic.snapshot((high, low) => (high === 0x0a000000 && low === 1 ? "Maker" : null));
  expect(hosts).toMatchObject({ total: 2, evicted: 0 });
  expect(hosts.top[0]).toEqual({
    address: "10.0.0.1",
    mac: "0a:00:00:00:00:01",
    vendor: "Maker",
    names: [],
    packetsIn: 1,
    packetsOut: 1,
    bytesIn: 1000,
    bytesOut: 60,
    firstSeen: 10,
    lastSeen: 12,
    peers: 1,
  });
});

test("a router's card is not that of the hosts behind it", () => {
  const far = Array.from({ length: 20 }, (_, i) => ({
    address: bytes([8, 8, 8, i]).toHex(),
    port: 443,
    mac: "0a00000000ff",
  }));
  const { hosts } = trafficOf(far.map((from) => ({ data: segment(from, client) }))).snapshot;
  expect(hosts.top.filter(({ address }) => address.startsWith("8.")).every(({ mac }) => mac === null)).toBe(
    true,
  );
});
