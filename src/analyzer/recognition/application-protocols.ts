/**
 * All protocols a packet can be counted under, by number, so that they fit a column: what decoding finds, and
 * then the applications that payloads are recognised to be.
 */
import { protocolNames as decodedNames } from "../packet/protocols.ts";

const applicationNames = [
  "dns",
  "mdns",
  "tls",
  "http",
  "quic",
  "ssh",
  "dhcp",
  "ntp",
  "smb",
  "rdp",
  "mqtt",
  "sip",
  "syslog",
  "snmp",
  "pcs",
] as const;

export type ProtocolName = (typeof decodedNames)[number] | (typeof applicationNames)[number];

/** The name of each number; the numbers of decoding stay as they are. */
export const protocolNames: readonly ProtocolName[] = [
  ...decodedNames,
  ...applicationNames.filter((name) => !(decodedNames as readonly string[]).includes(name)),
];

function idOf(name: ProtocolName): number {
  return protocolNames.indexOf(name);
}

/** The number of each application. 0, which is `other`, stands for a payload that was not recognised. */
export const application = {
  none: 0,
  dns: idOf("dns"),
  mdns: idOf("mdns"),
  tls: idOf("tls"),
  http: idOf("http"),
  quic: idOf("quic"),
  ssh: idOf("ssh"),
  dhcp: idOf("dhcp"),
  ntp: idOf("ntp"),
  smb: idOf("smb"),
  rdp: idOf("rdp"),
  mqtt: idOf("mqtt"),
  sip: idOf("sip"),
  syslog: idOf("syslog"),
  snmp: idOf("snmp"),
  pcs: idOf("pcs"),
};
