import { expect, test } from "bun:test";
import { protocolNames } from "../packet/protocols.ts";
import { application } from "../recognition/application-protocols.ts";
import {
  clientHello,
  dnsAnswer,
  dnsQuery,
  httpGet,
  quicInitial,
  serverHello,
  text,
} from "../recognition/payload-builder.test-support.ts";
import { client, datagram, segment, server, trafficOf } from "./traffic-builder.test-support.ts";

const resolver = { address: "0a000035", port: 53 };
const odd = { ...server, port: 9999 };

function protocolsOf(...packets: Uint8Array[]): string[] {
  const { columns } = trafficOf(packets.map((data) => ({ data })));
  return Array.from(columns.protocol, (id) => protocolNames[id]!);
}

test("a flow once recognised keeps its protocol; a segment without payload counts as TCP", () => {
  expect(
    protocolsOf(
      segment(client, odd),
      segment(client, odd, { payload: clientHello() }),
      segment(odd, client, { payload: text("in the middle of a record") }),
      segment(client, odd),
    ),
  ).toEqual(["tcp", "tls", "tls", "tcp"]);
});

test("content first, the port second, and content again when it comes", () => {
  const payload = text("no hello");
  expect(protocolsOf(segment(client, server, { payload }), segment(client, odd, { payload }))).toEqual([
    "tls",
    "tcp",
  ]);
  expect(
    protocolsOf(segment(client, server, { payload }), segment(client, server, { payload: httpGet })),
  ).toEqual(["tls", "http"]);
});

test("a handshake inside another protocol turns the rest into TLS", () => {
  expect(
    protocolsOf(
      segment(client, odd, { payload: httpGet }),
      segment(client, odd, { payload: clientHello() }),
      segment(client, odd, { payload: text("sealed") }),
    ),
  ).toEqual(["http", "tls", "tls"]);
});

test("after some packets a flow is looked at no more", () => {
  const payload = text("something else");
  const packets = Array.from({ length: 20 }, () => segment(client, odd, { payload }));
  expect(protocolsOf(...packets, segment(client, odd, { payload: httpGet })).at(-1)).toBe("tcp");
});

test("names and details of flows", () => {
  const { flows } = trafficOf([
    { data: segment(client, server, { payload: clientHello() }) },
    { data: segment(server, client, { payload: serverHello() }) },
    { data: datagram(client, server, quicInitial(1, "quic.example.org")) },
  ]).snapshot;
  expect(flows.top.map(({ protocol, name, detail }) => [protocol, name, detail])).toEqual([
    ["quic", "quic.example.org", "h3"],
    ["tls", "example.org", "h2, TLS 1.3"],
  ]);
});

test("names of hosts, from answers and from whom a client asks for", () => {
  const { hosts } = trafficOf([
    { data: datagram(client, resolver, dnsQuery("www.example.org")) },
    { data: datagram(resolver, client, dnsAnswer("www.example.org", "0a000002")) },
    { data: segment(client, server, { payload: clientHello("example.org") }) },
    { data: segment(client, odd, { payload: clientHello("10.0.0.2") }) },
  ]).snapshot;
  const named = hosts.top.filter(({ names }) => names.length > 0);
  expect(named).toMatchObject([{ address: "10.0.0.2", names: ["www.example.org", "example.org"] }]);
});

test("the names of application ids are those of the columns", () => {
  expect(protocolNames[application.pcs]).toBe("pcs");
});
