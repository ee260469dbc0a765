import { expect, test } from "bun:test";
import { bytes, u16 } from "../capture/bytes-builder.test-support.ts";
import { application } from "./application-protocols.ts";
import {
  clientHello,
  dhcpRequest,
  dnsAnswer,
  dnsQuery,
  httpAnswer,
  httpGet,
  looksAtAnything,
  mqttConnect,
  ntpRequest,
  pcsMessage,
  quicInitial,
  rdpRequest,
  sipInvite,
  smb2,
  snmpGet,
  sshBanner,
  syslogLine,
  text,
} from "./payload-builder.test-support.ts";
import { applicationOfPort, recogniseDatagram, recogniseSegment } from "./recognise.ts";

const query = dnsQuery("example.org");

test.each([
  ["tls", clientHello(), 4433],
  ["http", httpGet, 31_600],
  ["http", httpAnswer, 31_600],
  ["ssh", sshBanner, 2222],
  ["smb", smb2, 445],
  ["pcs", pcsMessage, 10_000],
  ["rdp", rdpRequest, 3390],
  ["mqtt", mqttConnect, 17_501],
  ["sip", sipInvite, 5070],
  ["dns", bytes(u16(query.length), query), 53],
  ["syslog", syslogLine, 601],
  ["none", text("hello"), 443],
] as const)("%s over TCP by its content, in both directions", (name, payload, port) => {
  for (const [a, b] of [
    [50_000, port],
    [port, 50_000],
  ] as const)
    expect(recogniseSegment(payload, 0, payload.length, a, b)).toBe(application[name]);
});

test.each([
  ["dns", query, 53],
  ["dns", dnsAnswer("example.org", "0a000001"), 5300],
  ["mdns", query, 5353],
  ["quic", quicInitial(1), 4433],
  ["dhcp", dhcpRequest("a"), 67],
  ["dhcp", dhcpRequest("a"), 6767],
  ["ntp", ntpRequest, 123],
  ["none", ntpRequest, 1234],
  ["snmp", snmpGet, 1161],
  ["sip", sipInvite, 5060],
  ["syslog", syslogLine, 514],
  ["none", query, 5355],
  ["none", query, 137],
] as const)("%s over UDP", (name, payload, port) => {
  expect(recogniseDatagram(payload, 0, payload.length, 50_000, port)).toBe(application[name]);
  expect(recogniseDatagram(payload, 0, payload.length, port, 50_000)).toBe(application[name]);
});

test("ports speak for what content does not tell", () => {
  expect([443, 80, 22, 53, 445, 4711].map(applicationOfPort)).toEqual([
    application.tls,
    application.http,
    application.ssh,
    application.dns,
    application.smb,
    application.none,
  ]);
});

test("any bytes", () => {
  for (const port of [53, 67, 123, 139, 514, 601, 1883, 3389, 5353])
    looksAtAnything((b, s, e) => [recogniseSegment(b, s, e, port, 9), recogniseDatagram(b, s, e, 9, port)]);
});
