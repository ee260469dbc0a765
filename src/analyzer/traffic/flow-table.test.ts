import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { batchOf } from "../capture/capture-builder.test-support.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { ConversationTable } from "./conversation-table.ts";
import { FlowTable } from "./flow-table.ts";
import { HostTable } from "./host-table.ts";
import {
  client,
  datagram,
  flowsOf,
  ping,
  segment,
  server,
  trafficOf,
} from "./traffic-builder.test-support.ts";

const client6 = { address: "20010db8000000000000000000000001", port: 5000 };
const server6 = { address: "20010db8000000000000000000000002", port: 443 };

test("both directions are one flow, from whoever was first", () => {
  const flows = flowsOf(
    { data: segment(server, client), wire: 1000, seconds: 4 },
    { data: segment(client, server), seconds: 6 },
    { data: segment(server, client), seconds: 5 },
  );
  expect(flows).toMatchObject({ total: 1, transports: { tcp: { flows: 1, packets: 3, bytes: 1108 } } });
  expect(flows.top[0]).toMatchObject({
    source: "10.0.0.2",
    sourcePort: 443,
    destination: "10.0.0.1",
    packetsOut: 2,
    packetsIn: 1,
    bytesOut: 1054,
    bytesIn: 54,
    start: 4,
    durationSeconds: 2,
  });
});

test("transports, ports and versions keep flows apart", () => {
  const flows = flowsOf(
    { data: segment(client, server) },
    { data: datagram(client, server) },
    { data: datagram({ ...client, port: 50_001 }, server) },
    { data: segment(client6, server6) },
    { data: segment(server6, client6) },
  );
  expect(flows.transports).toMatchObject({ tcp: { flows: 2 }, udp: { flows: 2 }, sctp: { flows: 0 } });
});

test("ends that are one address, with the same port or another", () => {
  const self = { ...client, port: 443 };
  expect(flowsOf({ data: segment(client, self) }, { data: segment(self, client) }).total).toBe(1);
  expect(flowsOf({ data: datagram(self, self) }, { data: datagram(self, self) }).total).toBe(1);
});

test("packets without ports are in no flow, but count for their hosts", () => {
  const { hosts, flows, conversations } = trafficOf([{ data: ping(client, server) }]).snapshot;
  expect([hosts.total, flows.total, conversations.total]).toEqual([2, 0, 1]);
  expect(conversations.top[0]).toMatchObject({ a: "10.0.0.1", packetsAtoB: 1, flows: 0 });
});

test("evicted flows are in their hosts' sums, and counted", () => {
  const hosts = new HostTable();
  const gone: number[] = [];
  const flows = new FlowTable(hosts, new ConversationTable(), (row) => gone.push(row), 100);
  for (let i = 0; i < 1000; i++) {
    const from = { ...client, address: bytes("0a01", [i >> 8, i & 255]).toHex() };
    const batch = batchOf([{ data: segment(from, server) }]);
    const columns = createDecodedColumns(1);
    decodeBatch(batch, columns);
    flows.add(batch, columns, 0, i);
  }
  flows.tell();
  expect(flows.table.count).toBeLessThanOrEqual(100);
  expect(flows.evicted).toBe(1000 - flows.table.count);
  expect(gone).toHaveLength(flows.evicted);
  expect(hosts.table.count).toBe(1001);
  const server4 = hosts.rowOf(4, new Uint32Array([0, 0, 0, 0x0a000002]), 0, 0xffffffff);
  expect(hosts.read(server4)).toMatchObject({ packetsIn: 1000, peers: 1000 });
});

test("a packet without a time counts, and the flow's times are those of others", () => {
  const flows = flowsOf(
    { data: segment(client, server), seconds: Number.NaN },
    { data: segment(client, server), seconds: 7 },
  );
  expect(flows.top[0]).toMatchObject({ packetsOut: 2, start: 7, durationSeconds: 0 });
});
